import { createServer } from "node:net";
import type { FastifyInstance } from "fastify";
import { errorCode } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";

type Where = { host: string; port: number; name: string };

/** Asked before anything is touched: a taken port stops the start and leaves everything as it was. */
export async function expectFree(where: Where): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => reject(portProblem(error, where)));
    probe.listen({ host: where.host, port: where.port }, () => probe.close(() => resolve()));
  });
}

/** Opens the port and answers its number: 0 asks for any free one. */
export async function listen(app: FastifyInstance, where: Where): Promise<number> {
  try {
    await app.listen({ host: where.host, port: where.port });
  } catch (error) {
    throw portProblem(error, where);
  }
  const [address] = app.addresses();
  return typeof address === "object" ? address.port : where.port;
}

function portProblem(error: unknown, { port, name }: Where): Problem {
  const reason = errorCode(error) ?? "unknown";
  return reason === "EADDRINUSE"
    ? new Problem("portTaken", 500, { port, name })
    : new Problem("portDenied", 500, { port, name, reason });
}

// One line a request: who, which route, how it went. Never a query string, a body, a value or a parameter.
import { type FastifyInstance, type FastifyServerOptions, LogController } from "fastify";

export type AccessLog = { write(line: string): void };

export function logRequests(log: AccessLog | undefined): Pick<FastifyServerOptions, "logger" | "logController"> {
  if (!log) return { logger: false };
  // Fastify's own lines name the whole URL; ours name the route's pattern.
  return {
    logController: new LogController({ disableRequestLogging: true }),
    logger: { level: "info", stream: log, base: null } as FastifyServerOptions["logger"] & object,
  };
}

export function writeAccess(app: FastifyInstance): void {
  app.addHook("onResponse", async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      actor: request.caller?.actor.id,
    });
  });
}

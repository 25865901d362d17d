import type { FastifyInstance } from "fastify";

/** `starting` and `stopping` are answered with 503. */
export type Health = {
  status: "ok" | "starting" | "stopping";
  version: string;
  description?: { version: string; hash: string };
  /** `readOnly`: the disk is nearly full and nothing new is saved; reading works. */
  disk?: { state: "ok" | "warn" | "readOnly" | "unknown"; freeBytes: number };
  /** Share of the customers whose search tokens are rebuilt, 0–1; absent when search is ready. */
  searchRebuilding?: number;
};

export function serveHealth(app: FastifyInstance, health: () => Health): void {
  app.get("/health", { schema: { hide: true } }, async (_, reply) => {
    const now = health();
    return reply
      .code(now.status === "ok" ? 200 : 503)
      .header("cache-control", "no-store")
      .send(now);
  });
}

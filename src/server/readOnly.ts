// Read-only while the disk is nearly full: reading goes on, with its log; what would put something new down is refused before anything is begun.
import type { FastifyInstance } from "fastify";
import type { ContractAct } from "../api/contract.ts";
import { signIn, signOut } from "../registers/staff/contract.ts";
import type { DiskWatch } from "./diskWatch.ts";

/** Whoever looks has to come in, and may leave: a session is a line. */
const ALWAYS: ReadonlySet<string> = new Set([signIn, signOut].map(({ method, path }) => `${method} /api${path}`));

export function refuseWrites(app: FastifyInstance, disk: DiskWatch): void {
  app.addHook("onRequest", async ({ method, routeOptions: { url, config } }) => {
    if (method === "GET" || method === "HEAD" || ALWAYS.has(`${method} ${url}`)) return;
    if (config.act && !writes(config.act)) return;
    disk.expectRoom();
  });
}

/** A route that is not a GET may still only look: a search whose words may not stand in an address, the preview of an erasure. */
function writes(act: ContractAct): boolean {
  if ("right" in act) return act.right !== "access" && !act.preview;
  if ("keeps" in act) return act.verb !== "read";
  return !("verb" in act) || act.verb !== "read";
}

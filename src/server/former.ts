// What an upgrade of PostgreSQL has left goes when its days are over: looked at when the server starts, and every night.
import { readFormer, removeFormer } from "../db/formerCluster.ts";
import type { OpenRegister } from "./openRegister.ts";

/** By when the old cluster is gone; undefined where there is none any more. */
export async function formerUntil(
  dataDir: string,
  { postgres }: Pick<OpenRegister, "postgres">,
  now: Date,
): Promise<Date | undefined> {
  if (postgres) await removeFormer(dataDir, { now, inUse: postgres.home });
  const former = await readFormer(dataDir);
  return former ? new Date(former.until) : undefined;
}

// What the log costs the read of one customer: our server as it is (event durable before the answer, then sequenced and hashed), against the
// same server changed while loading so that a read's event is written nowhere. Everything else, sequencing included, runs in both.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare } from "./compare.ts";
import { startLoader } from "./loader.ts";
import { inTemporaryFolder } from "./register.ts";
import { ours } from "./sides.ts";
import { query } from "./superuser.ts";

export type Overhead = {
  /** Time of a read with the log over the time without it, at 16 connections. */
  audit_overhead: number;
  p95_ratio: number;
  with_rps: number;
  without_rps: number;
  spread: number;
  errors: number;
};

/** Throws where the one side's reads are in its log no less than the other's: then nothing was measured. */
export async function auditOverhead(options: { customers: number; seconds: number; pairs: number }): Promise<Overhead> {
  return inTemporaryFolder(async (folder) => {
    await using opened = new AsyncDisposableStack();
    const loader = startLoader();
    opened.defer(() => loader.stop());
    const side = async (name: string, nodeFlags: readonly string[]) => {
      await mkdir(join(folder, name), { mode: 0o711 });
      const one = await ours(join(folder, name), options.customers, loader, nodeFlags);
      opened.defer(() => one.stop());
      return one;
    };
    const logged = await side("logged", []);
    const bare = await side("bare", ["--import", fileURLToPath(new URL("withoutAudit.ts", import.meta.url))]);
    const told = await compare(
      loader,
      { ours: logged, floor: bare },
      {
        work: ({ customers: ids }) => ({ kind: "read", ids }),
        token: "sales",
        seconds: options.seconds,
        pairs: options.pairs,
      },
    );
    const reads = async (dataDir: string): Promise<number> =>
      Number((await query(dataDir, "select count(*)::int as n from audit_event where verb = 'read'"))[0]?.n);
    const [written, left] = [await reads(logged.register.dataDir), await reads(bare.register.dataDir)];
    if (written < 100 || left > 0) throw new Error(`the log was not left out on one side only (${written}, ${left})`);
    const { figures } = told;
    return {
      audit_overhead: 1 / (figures.throughput_ratio ?? Number.NaN),
      p95_ratio: figures.p95_ratio ?? Number.NaN,
      with_rps: figures.ours_rps ?? Number.NaN,
      without_rps: figures.floor_rps ?? Number.NaN,
      spread: figures.spread ?? Number.NaN,
      errors: told.errors,
    };
  });
}

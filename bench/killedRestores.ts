// kill -9 of a restore: what it left is not taken for a register, and the next restore is whole.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serversIn, signal } from "../src/db/supervisorProcesses.ts";
import { randomFrom } from "../src/test/people.ts";
import { type Aftermath, isClean } from "./aftermath.ts";
import { allShipped, beginRestore, makeBackup } from "./backups.ts";
import { clusterOf, type Register, startRegister } from "./register.ts";
import { lookAtRestored, withCopies } from "./withCopies.ts";
import { createOne } from "./writers.ts";

const CUSTOMERS = 20;

export type KilledRestores = Aftermath & {
  cycles: number;
  acknowledged: number;
  cut_short: number;
  /** Half restored, and opened as if it were whole: with somebody missing. */
  opened_half: number;
};

export const isSafe = (told: KilledRestores): boolean => isClean(told) && told.opened_half === 0 && told.cut_short > 0;

export function killedRestores(cycles: number): Promise<KilledRestores> {
  return withCopies(async (copying) => {
    const { acknowledged, token, dataDir, env, folder, copies, sheet } = copying;
    const random = randomFrom(cycles);
    let next = 0;
    const desk = { url: copying.register().url, token, acknowledged };
    await makeBackup({ dataDir, env });
    while (acknowledged.count < CUSTOMERS) await createOne(desk, () => next++);
    await allShipped(dataDir);
    await copying.register().stop();
    const start = Date.now();
    const whole = join(folder, "whole");
    const first = await beginRestore({ from: copies, to: whole, sheet }).finished;
    if (first.code !== 0) throw new Error(`the restore failed: ${first.said}`);
    const usual = Date.now() - start;
    await rm(whole, { recursive: true, force: true });
    let [cut_short, opened_half] = [0, 0];
    for (let cycle = 0; cycle < cycles; cycle++) {
      const to = join(folder, `cut-${cycle}`);
      const restore = beginRestore({ from: copies, to, sheet });
      await pause(usual * (0.1 + 0.8 * random()));
      await restore.kill();
      if ((await restore.finished).code !== 0) {
        cut_short += 1;
        if (await opensHalf(to, acknowledged.count, token)) opened_half += 1;
      }
      await endOrphans(to);
      await rm(to, { recursive: true, force: true });
    }
    const found = await lookAtRestored(copying);
    return { cycles, acknowledged: acknowledged.count, cut_short, ...found, opened_half };
  });
}

/** A start that succeeds is right only where everything is there: the restore had done its last act. */
async function opensHalf(dataDir: string, customers: number, token: string): Promise<boolean> {
  let register: Register;
  try {
    register = await startRegister({ dataDir });
  } catch {
    return false;
  }
  try {
    const answer = await fetch(`${register.url}/api/customers?limit=200`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (answer.status === 401) return isEmptyAnew(register);
    const { items = [] } = (await answer.json()) as { items?: unknown[] };
    return items.length < customers;
  } finally {
    await register.stop();
  }
}

/** A folder in which the restore had not begun is a new register, which says so by inviting its first user. */
const isEmptyAnew = (register: Register): boolean => !register.said().includes("first account");

/** The database that the killed restore had started itself. */
async function endOrphans(dataDir: string): Promise<void> {
  const cluster = await clusterOf(dataDir).catch(() => null);
  if (cluster === null) return;
  try {
    signal(serversIn(cluster, undefined), "SIGKILL");
  } catch {
    // No cluster was made yet.
  }
}

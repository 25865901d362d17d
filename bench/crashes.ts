// kill -9 of one process among the server, the postmaster and PostgreSQL's other processes, in the middle of writes.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { serversIn } from "../src/db/supervisorProcesses.ts";
import { randomFrom } from "../src/test/people.ts";
import { Acknowledged } from "./acknowledged.ts";
import {
  add,
  brokenLeaves,
  brokenNumbers,
  isClean,
  keysLeft,
  look,
  lookAtAll,
  nothing,
  searchAgain,
  until,
} from "./aftermath.ts";
import { percentile } from "./figures.ts";
import { clusterOf, inTemporaryFolder, makeToken, postmasterOf, startRegister } from "./register.ts";
import { createOne, startWriters } from "./writers.ts";

export type Crashes = {
  cycles: number;
  /** How often each was killed. */
  server: number;
  postmaster: number;
  backend: number;
  acknowledged: number;
  erased: number;
  invoices: number;
  lost: number;
  unopened: number;
  returned: number;
  /** Keys of acknowledged erasures still on the disk at a crash. */
  keys_left: number;
  /** Invoice numbers doubled or skipped. */
  numbers: number;
  /** Events of the evidence log missing, doubled or out of line; -1 where there is no log. */
  leaves: number;
  restart_p95_ms: number;
};

const VICTIMS = ["server", "postmaster", "backend"] as const;

/** Throws where the register or its search does not come back. */
export async function crashes(cycles: number, print: (line: string) => void, seed = Date.now()): Promise<Crashes> {
  print(`# crashes: seed ${seed}`);
  return inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, "data");
    await mkdir(dataDir, { mode: 0o711 });
    const random = randomFrom(seed);
    const acknowledged = new Acknowledged();
    const killed = { server: 0, postmaster: 0, backend: 0 };
    const found = nothing();
    const restarts: number[] = [];
    let [keys_left, next] = [0, 0];
    const number = () => next++;
    let register = await startRegister({ dataDir });
    try {
      const token = await makeToken(dataDir, "administration");
      const desk = () => ({ url: register.url, token, acknowledged });
      // Each kind in the first three cycles, then as it falls.
      for (let cycle = 0; cycle < cycles; cycle++) {
        const victim = VICTIMS[cycle < 3 ? cycle : Math.floor(random() * 3)] ?? "server";
        const writers = startWriters(desk(), number);
        await pause(200 + random() * 400);
        const moment = performance.now();
        killed[victim] += 1;
        await (victim === "server" ? register.kill() : killDatabase(dataDir, victim, random));
        if (victim === "server") {
          await writers.stop();
          keys_left += await keysLeft(dataDir, acknowledged);
          register = await startRegister({ dataDir });
        } else {
          await until("writes", async () => (await createOne(desk(), number)) !== null);
          await writers.stop();
        }
        restarts.push(performance.now() - moment);
        const touched = acknowledged.takeTouched();
        const somebody = touched.find((id) => acknowledged.names.has(id));
        if (somebody !== undefined) await searchAgain(desk(), somebody);
        const now = await look(desk(), touched);
        if (!isClean(now)) print(`# cycle ${cycle + 1} (${victim}): ${JSON.stringify(now)}`);
        add(found, now);
        if ((cycle + 1) % 25 === 0) print(`# ${cycle + 1} cycles, ${acknowledged.count} acknowledged`);
      }
      // A last start from nothing: all of them, and every row there is.
      const leaves = await brokenLeaves(dataDir);
      await register.stop();
      keys_left += await keysLeft(dataDir, acknowledged);
      register = await startRegister({ dataDir });
      add(found, await look(desk(), acknowledged.all()));
      add(found, await lookAtAll(desk()));
      return {
        cycles,
        ...killed,
        acknowledged: acknowledged.count,
        erased: acknowledged.erased.size,
        invoices: acknowledged.invoices.size,
        ...found,
        keys_left,
        numbers: await brokenNumbers(dataDir, acknowledged),
        leaves: leaves ?? -1,
        restart_p95_ms: Math.round(percentile(restarts, 0.95)),
      };
    } finally {
      await register.stop();
    }
  });
}

export const isLossless = (told: Crashes): boolean =>
  isClean(told) && told.keys_left === 0 && told.numbers === 0 && told.leaves <= 0;

async function killDatabase(dataDir: string, victim: "postmaster" | "backend", random: () => number): Promise<void> {
  const postmaster = await postmasterOf(dataDir);
  const others = serversIn(await clusterOf(dataDir), postmaster).filter((pid) => pid !== postmaster);
  const one = victim === "postmaster" ? undefined : others[Math.floor(random() * others.length)];
  try {
    process.kill(one ?? postmaster, "SIGKILL");
  } catch {
    // A session that ended by itself meanwhile: nothing was killed, and nothing may be lost either.
  }
}

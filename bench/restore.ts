// How long the way back takes: customers loaded by the API, copied, and brought back on a machine that has nothing but the copies and the paper.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { customerAt } from "../src/test/people.ts";
import { until } from "./aftermath.ts";
import { ask } from "./ask.ts";
import { allShipped, backupsTo, beginRestore, hasCommand, makeBackup, SYSTEMS, sheetOf } from "./backups.ts";
import { startLoader } from "./loader.ts";
import { inTemporaryFolder, makeToken, startRegister } from "./register.ts";
import { watchPhases } from "./restorePhases.ts";

const CONNECTIONS = 64;
/** Made after the base copy, so that the log has something to bring. */
const LATER = 0.1;

/** Seconds of each phase; `total` is from the command to the first search answered. */
export async function restoreAll(
  customers: number,
  print: (line: string) => void,
): Promise<Record<string, number | string>> {
  if (!hasCommand("backup") || !hasCommand("restore")) return { skipped: "no commands for copies in this version" };
  return inTemporaryFolder(async (folder) => {
    const [dataDir, copies, to] = [join(folder, "data"), join(folder, "copies"), join(folder, "restored")];
    await mkdir(dataDir, { mode: 0o711 });
    await mkdir(copies);
    const env = backupsTo(copies, SYSTEMS["descriptions/walttia.yaml"]);
    const register = await startRegister({ dataDir, env });
    const loader = startLoader();
    const token = await makeToken(dataDir, "sales");
    const load = async (from: number, count: number) => {
      const work = { kind: "create", from, keep: false } as const;
      const told = await loader.run({ url: register.url, token, connections: CONNECTIONS, count, work });
      if (told.errors > 0) throw new Error(told.firstErrors[0]);
      return told.seconds;
    };
    const early = Math.round(customers * (1 - LATER));
    let backup: number;
    let sheet: Awaited<ReturnType<typeof sheetOf>>;
    try {
      const seconds = await load(0, early);
      backup = await timed(() => makeBackup({ dataDir, env }));
      const later = await load(early, customers - early);
      print(`# ${customers} loaded in ${Math.round(seconds + later)} s, copied in ${backup.toFixed(1)} s`);
      await allShipped(dataDir);
      sheet = await sheetOf({ dataDir });
    } finally {
      await register.stop();
      await loader.stop();
    }
    const start = performance.now();
    const restore = beginRestore({ from: copies, to, sheet });
    const phases = await watchPhases(to, restore.finished);
    const { code, said } = await restore.finished;
    if (code !== 0) throw new Error(`the restore failed: ${said}`);
    const command = (performance.now() - start) / 1000;
    const restored = await startRegister({ dataDir: to });
    try {
      const opened = (performance.now() - start) / 1000;
      const { name } = customerAt(customers - 1);
      await until(
        "search",
        async () => {
          const path = `/customers?limit=1&search=${encodeURIComponent(name)}`;
          const found = await ask(restored.url, token, "GET", path);
          return found?.status === 200 && (found.body.items as unknown[]).length > 0;
        },
        600_000,
      );
      const total = (performance.now() - start) / 1000;
      return {
        customers,
        backup_s: backup,
        ...phases,
        command_s: command,
        start_s: opened - command,
        search_s: total - opened,
        total_s: total,
        target: total < 120 ? "met" : "MISSED",
      };
    } finally {
      await restored.stop();
    }
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

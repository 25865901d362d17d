// A power cut under the whole register: everything is stopped in the middle of writes, the disk copied as it is at that moment, everything
// killed, and the register started on the copy. With `fsync` off in PostgreSQL the same run must lose, else it would show nothing.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serversIn, signal } from "../src/db/supervisorProcesses.ts";
import { randomFrom } from "../src/test/people.ts";
import { Acknowledged } from "./acknowledged.ts";
import { add, brokenLeaves, brokenNumbers, keysLeft, look, lookAtAll, nothing, until } from "./aftermath.ts";
import { DiskImage } from "./diskImage.ts";
import { clusterOf, inTemporaryFolder, makeToken, type Register, startRegister } from "./register.ts";
import { allStopped } from "./stopped.ts";
import { asSuperuser } from "./superuser.ts";
import { startWriters } from "./writers.ts";

/** Acknowledged before each cut at least. */
const FEWEST = 8;

export type ImageCuts = {
  cuts: number;
  acknowledged: number;
  lost: number;
  unopened: number;
  returned: number;
  keys_left: number;
  numbers: number;
  /** -1 where there is no evidence log. */
  leaves: number;
  /** Starts that did not succeed: only the control may have any, and it ends there. */
  dead: number;
};

/** Without `fsync` one cut is made, whatever was asked. */
export async function powerCutsOnImage(
  cuts: number,
  { fsync }: { fsync: boolean },
  print: (line: string) => void = () => undefined,
): Promise<ImageCuts> {
  return inTemporaryFolder(async (folder) => {
    const image = await DiskImage.make(folder);
    const dataDir = join(image.folder, "data");
    let register: Register | undefined;
    try {
      await mkdir(dataDir, { mode: 0o711 });
      register = await startRegister({ dataDir });
      const token = await makeToken(dataDir, "administration");
      // Only the superuser may: no setting of ours turns it off.
      if (!fsync) await asSuperuser(dataDir, ["alter system set fsync = off", "select pg_reload_conf()"]);
      // What is measured begins after the making of the register.
      await image.sync();
      const random = randomFrom(cuts);
      const acknowledged = new Acknowledged();
      const found = nothing();
      let [keys_left, next, cut] = [0, 0, 0];
      const told = (numbers: number, leaves: number, dead: number) => ({
        ...{ cuts: cut, acknowledged: acknowledged.count, ...found, keys_left, numbers, leaves },
        dead,
      });
      for (; cut < cuts; cut++) {
        const desk = { url: register.url, token, acknowledged };
        const before = acknowledged.count;
        const writers = startWriters(desk, () => next++);
        // A cut before anything was acknowledged would show nothing, however slow the machine is.
        await until("writes", async () => {
          writers.check();
          return acknowledged.count >= before + FEWEST;
        });
        await pause(random() * 900);
        await cutPower(register, image);
        await writers.stop();
        keys_left += await keysLeft(dataDir, acknowledged).catch(() => acknowledged.erased.size);
        try {
          // At once: no lock that the cut left half written may hold the start up.
          register = await startRegister({ dataDir });
        } catch (error) {
          if (fsync) throw error;
          found.lost += acknowledged.count;
          cut += 1;
          return told(0, -1, 1);
        }
        add(found, await look({ ...desk, url: register.url }, acknowledged.takeTouched()));
        if ((cut + 1) % 5 === 0) print(`# ${cut + 1} cuts, ${acknowledged.count} acknowledged, ${found.lost} lost`);
        // What is left of the control's database is not worth going on with.
        if (!fsync) {
          cut += 1;
          return told(0, -1, 0);
        }
      }
      const desk = { url: register.url, token, acknowledged };
      add(found, await look(desk, acknowledged.all()));
      add(found, await lookAtAll(desk));
      return told(await brokenNumbers(dataDir, acknowledged), (await brokenLeaves(dataDir)) ?? -1, 0);
    } finally {
      await register?.stop();
      await image.remove();
    }
  });
}

/** The server first: what it has not answered by now was never acknowledged. */
async function cutPower(register: Register, image: DiskImage): Promise<void> {
  const all = [register.pid, ...serversIn(await clusterOf(register.dataDir), undefined)];
  signal(all, "SIGSTOP");
  try {
    if (!(await allStopped(all))) throw new Error("a process could not be stopped");
    await image.copy();
  } finally {
    const killed = register.kill();
    signal(all, "SIGKILL");
    await killed;
  }
  await image.takeCopy();
}

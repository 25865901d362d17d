// kill -9 of the server while it makes a base copy, and while it ships its log under four writers: what is half done counts for nothing, the
// next start and the next copy are fine, and a restore in the end has everything that was acknowledged.
import { setTimeout as pause } from "node:timers/promises";
import { randomFrom } from "../src/test/people.ts";
import { type Aftermath, add, isClean, look, nothing } from "./aftermath.ts";
import { allShipped, makeBackup } from "./backups.ts";
import { beginCommand } from "./register.ts";
import { asSuperuser } from "./superuser.ts";
import { brokenCopies, lookAtRestored, withCopies } from "./withCopies.ts";
import { createOne, startWriters } from "./writers.ts";

export type KilledCopies = Aftermath & {
  cycles: number;
  acknowledged: number;
  /** Killed before the command could say that it was done. */
  cut_short: number;
  /** Copies that count and are not whole. */
  broken: number;
  /** Copies that count. */
  whole: number;
};

export const isSound = (told: KilledCopies): boolean => isClean(told) && told.broken === 0 && told.whole > 0;

export function killedBackups(cycles: number): Promise<KilledCopies> {
  return withCopies(async (copying) => {
    const { acknowledged, token, dataDir, env } = copying;
    const random = randomFrom(cycles);
    const found = nothing();
    let [next, cut_short, broken] = [0, 0, 0];
    const desk = () => ({ url: copying.register().url, token, acknowledged });
    const start = Date.now();
    await makeBackup({ dataDir, env });
    const usual = Date.now() - start;
    for (let cycle = 0; cycle < cycles; cycle++) {
      await createOne(desk(), () => next++);
      const command = beginCommand(["backup"], { dataDir, env });
      await pause(usual * (0.3 + 0.8 * random()));
      await copying.register().kill();
      if ((await command.finished).code !== 0) cut_short += 1;
      broken += (await brokenCopies(copying)).broken;
      await copying.start();
      add(found, await look(desk(), acknowledged.takeTouched()));
    }
    await makeBackup({ dataDir, env });
    const last = await brokenCopies(copying);
    await copying.register().stop();
    add(found, await lookAtRestored(copying));
    return {
      cycles,
      acknowledged: acknowledged.count,
      cut_short,
      ...found,
      broken: broken + last.broken,
      whole: last.whole,
    };
  });
}

export function killedShipping(cycles: number): Promise<KilledCopies> {
  return withCopies(async (copying) => {
    const { acknowledged, token, dataDir, env } = copying;
    const random = randomFrom(cycles);
    const found = nothing();
    let [next, broken] = [0, 0];
    await makeBackup({ dataDir, env });
    for (let cycle = 0; cycle < cycles; cycle++) {
      const { url } = copying.register();
      const writers = startWriters({ url, token, acknowledged }, () => next++);
      for (let n = 0; n < 4; n++) {
        await pause(random() * 400);
        await asSuperuser(dataDir, ["select pg_switch_wal()"]);
      }
      await pause(random() * 600);
      await copying.register().kill();
      await writers.stop();
      broken += (await brokenCopies(copying)).broken;
      await copying.start();
      add(found, await look({ url: copying.register().url, token, acknowledged }, acknowledged.takeTouched()));
    }
    await allShipped(dataDir);
    const last = await brokenCopies(copying);
    await copying.register().stop();
    add(found, await lookAtRestored(copying));
    const all = { cycles, acknowledged: acknowledged.count, cut_short: cycles };
    return { ...all, ...found, broken: broken + last.broken, whole: last.whole };
  });
}

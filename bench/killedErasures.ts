// kill -9 of the server in the middle of erasures: each is done with all its keys, or not begun; never a person without values, never a value
// whose key the erasure has already taken.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { randomFrom } from "../src/test/people.ts";
import { Acknowledged } from "./acknowledged.ts";
import { add, isClean, keysLeft, look, lookAtAll, nothing, until } from "./aftermath.ts";
import { ask } from "./ask.ts";
import { inTemporaryFolder, makeToken, startRegister } from "./register.ts";
import { createOne } from "./writers.ts";

const AT_ONCE = 6;
/** About as long as one erasure takes. */
const ERASURE_MS = 60;

export type KilledErasures = {
  cycles: number;
  /** Answered before the kill. */
  acknowledged: number;
  /** Not answered, and found carried out after the next start. */
  carried_out: number;
  /** Not answered, and found not begun. */
  not_begun: number;
  lost: number;
  /** Cards that are there in part, or do not open. */
  unopened: number;
  returned: number;
  keys_left: number;
};

export async function killedErasures(cycles: number): Promise<KilledErasures> {
  return inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, "data");
    await mkdir(dataDir, { mode: 0o711 });
    const random = randomFrom(cycles);
    const acknowledged = new Acknowledged();
    const found = nothing();
    let [next, keys_left, carried_out, not_begun, answered] = [0, 0, 0, 0, 0];
    let register = await startRegister({ dataDir });
    try {
      const token = await makeToken(dataDir, "administration");
      for (let cycle = 0; cycle < cycles; cycle++) {
        const desk = { url: register.url, token, acknowledged };
        const doomed: string[] = [];
        while (doomed.length < AT_ONCE) {
          const id = await createOne(desk, () => next++);
          if (id !== null) doomed.push(id);
        }
        let counted = 0;
        const asked = doomed.map(async (id) => {
          acknowledged.mayBeErased(id);
          const told = await ask(desk.url, token, "POST", `/customers/${id}/erasure`, { ground: "noLongerNeeded" });
          if (told?.status === 200 && told.body.keysPending !== true) acknowledged.wasErased(id);
          counted += 1;
        });
        // Before the first answer, between any two, after the last.
        const answers = Math.floor(random() * AT_ONCE);
        await until("an answer", async () => counted >= answers);
        await pause(random() * ERASURE_MS);
        await register.kill();
        await Promise.all(asked);
        answered += doomed.filter((id) => acknowledged.erased.has(id)).length;
        // What was answered is gone before any start mends anything.
        keys_left += await keysLeft(dataDir, acknowledged);
        register = await startRegister({ dataDir });
        for (const id of doomed.filter((one) => acknowledged.uncertain.has(one))) {
          const card = await ask(register.url, token, "GET", `/customers/${id}`);
          acknowledged.uncertain.delete(id);
          if (card?.status === 404) {
            acknowledged.wasErased(id);
            carried_out += 1;
          } else {
            acknowledged.named(id, String(card?.body.name));
            not_begun += 1;
          }
        }
        // The start has finished what was begun: the keys of all that is gone are gone.
        keys_left += await keysLeft(dataDir, acknowledged);
        add(found, await look({ ...desk, url: register.url }, acknowledged.takeTouched()));
      }
      add(found, await lookAtAll({ url: register.url, token, acknowledged }));
      return { cycles, acknowledged: answered, carried_out, not_begun, ...found, keys_left };
    } finally {
      await register.stop();
    }
  });
}

export const isWholeOrNothing = (told: KilledErasures): boolean =>
  isClean(told) && told.keys_left === 0 && told.acknowledged + told.carried_out > 0;

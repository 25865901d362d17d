// kill -9 cannot show a missing fsync, because the kernel still has the bytes. Here the keyring runs on a disk that forgets whatever was
// not synced when the power goes; on one that only says it has synced, the same run must find losses.
import { SimulatedDisk } from "../src/keys/disk/files.test-seam.ts";
import { openKeyring } from "../src/keys/keyring.ts";
import { randomFrom } from "../src/test/people.ts";
import { newId } from "../src/values/Uuid.ts";

export type PowerCuts = { cuts: number; acknowledged: number; lost: number };

export async function powerCuts(cuts: number, { lies }: { lies: boolean }): Promise<PowerCuts> {
  const random = randomFrom(cuts);
  let disk = new SimulatedDisk({ lies });
  let kept: string[] = [];
  let [acknowledged, lost] = [0, 0];
  for (let cut = 0; cut < cuts; cut++) {
    const running = disk.process();
    const keys = await openKeyring({ folder: "", files: running, mode: kept.length > 0 ? "existing" : "create" });
    for (let n = 0; n < 3; n++) {
      const subject = newId();
      await keys.keysFor([{ register: "customers", subject, rule: "customerCore" }]);
      kept.push(subject);
      acknowledged += 1;
    }
    running.kill();
    disk.cutPower((most) => Math.floor(random() * (most + 1)));
    const there = await stillThere(disk, kept);
    lost += kept.length - there.length;
    // A keyring of which nothing is left, or nothing that opens, begins anew.
    if (there.length === 0) disk = new SimulatedDisk({ lies });
    kept = there;
  }
  return { cuts, acknowledged, lost };
}

/** The subjects whose keys a new process finds on the disk. */
async function stillThere(disk: SimulatedDisk, subjects: readonly string[]): Promise<string[]> {
  const files = disk.process();
  try {
    const keys = await openKeyring({ folder: "", files, mode: "existing" });
    const found = await Promise.all(subjects.map((subject) => keys.keysOf({ register: "customers", subject })));
    return subjects.filter((_, n) => (found[n]?.length ?? 0) > 0);
  } catch {
    return [];
  } finally {
    files.kill();
  }
}

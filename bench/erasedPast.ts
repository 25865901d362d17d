// Erasure against the past: people are erased, then the register is restored from its copies to moments before it, on a machine that has
// nothing but the copies and the owner's paper. Nothing of what was erased may be readable there: not by asking, not in any file, not with
// any key that is left. What stays by law or warranty must be; and rows in the clear, which a plain database would have, must be found.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { needlesOf } from "../e2e/byteScan/needles.ts";
import { Scanner } from "../e2e/byteScan/scan.ts";
import { allShipped, backupsTo, beginRestore, hasCommand, makeBackup, type Sheet, sheetOf } from "./backups.ts";
import { opened, type SealedValue, sealedValuesOf } from "./deadValues.ts";
import { answersAbout } from "./lookIntoPast.ts";
import { writeNotedDescription } from "./notedDescription.ts";
import { addPastPerson, erase, type PastPerson } from "./pastPeople.ts";
import { clusterOf, inTemporaryFolder, makeToken, startRegister } from "./register.ts";
import { asSuperuser } from "./superuser.ts";

const SYSTEM = "backupDisk";
const CONTROLS = 20;

export type ErasedPast = {
  points: number;
  people: number;
  /** Erased values found in answers and files of any point. */
  readable: number;
  /** Sealed values of the erased that some key opened. */
  opened: number;
  /** People erased whole of whom anything was shown. */
  visible: number;
  /** Values that stay, not found in the answers of some point. */
  kept_missing: number;
  /** The fewest values in the clear that were found at a point, of `CONTROLS`. */
  control_found: number;
  /** Sealed values of the erased that stand in the restored files: dead, but there. */
  sealed_found: number;
  restore_seconds: number;
};

/** null where this version has no command to restore with. */
export async function erasedPast(
  { each, points }: { each: number; points: number },
  print: (line: string) => void,
): Promise<ErasedPast | null> {
  if (!hasCommand("backup") || !hasCommand("restore")) return null;
  return inTemporaryFolder(async (folder) => {
    const [dataDir, copies, description] = [join(folder, "data"), join(folder, "copies"), join(folder, "noted.yaml")];
    await mkdir(dataDir, { mode: 0o711 });
    await mkdir(copies);
    await writeNotedDescription(description);
    const env = backupsTo(copies, SYSTEM);
    const register = await startRegister({ dataDir, description, env });
    const source = { dataDir, description, env };
    const people: PastPerson[] = [];
    const moments: Date[] = [];
    const controls = Array.from({ length: CONTROLS }, (_, n) => `Selväkielinen-verrokki-${String(n).padStart(3, "0")}`);
    let values: SealedValue[];
    let sheet: Sheet;
    let token: string;
    try {
      token = await makeToken(dataDir, "administration", description);
      sheet = await sheetOf(source);
      await asSuperuser(dataDir, [
        "create table control (note text)",
        `insert into control select unnest(array[${controls.map((one) => `'${one}'`).join(", ")}])`,
      ]);
      for (let n = 0; n < each; n++)
        for (const whole of [true, false]) people.push(await addPastPerson(register.url, token, people.length, whole));
      await makeBackup(source);
      // Moments of which each has everybody: some before the erasures, some in the middle of nothing else.
      for (let n = 0; n < points; n++) {
        await pause(1_100);
        moments.push(new Date());
      }
      await pause(1_100);
      values = await sealedValuesOf(dataDir, people);
      for (const person of people) await erase(register.url, token, person);
      await allShipped(dataDir);
      await makeBackup(source);
    } finally {
      await register.stop();
    }
    const told: ErasedPast = {
      ...{ points, people: people.length, readable: 0, opened: 0, visible: 0, kept_missing: 0 },
      ...{ control_found: CONTROLS, sealed_found: 0, restore_seconds: 0 },
    };
    const scanners = {
      erased: new Scanner(needlesOf(people.flatMap(({ erased }) => erased))),
      kept: new Scanner(needlesOf(people.flatMap(({ kept }) => kept))),
      control: new Scanner(needlesOf(controls)),
      sealed: new Scanner(
        values
          .filter(({ erased }) => erased)
          .map(({ sealed, subject, category }) => ({
            value: `${subject} ${category}`,
            encoding: "sealed",
            bytes: sealed,
          })),
      ),
    };
    for (const at of moments) {
      const to = join(folder, "restored");
      const start = Date.now();
      const { code, said } = await beginRestore({ from: copies, to, at, sheet }, description).finished;
      if (code !== 0) throw new Error(`the restore failed: ${said}`);
      told.restore_seconds += (Date.now() - start) / 1000 / points;
      const restored = await startRegister({ dataDir: to, description });
      let cluster: string;
      try {
        const answers = await answersAbout(restored.url, token, people);
        told.visible += answers.visible;
        told.readable += scanners.erased.text("answers", answers.text).length;
        const kept = new Set(scanners.kept.text("answers", answers.text).map(({ value }) => value));
        told.kept_missing += new Set(people.flatMap((one) => one.kept)).size - kept.size;
        await asSuperuser(to, ["checkpoint"]);
        cluster = await clusterOf(to);
        told.readable += scanners.erased.text("said", restored.said()).length;
      } finally {
        await restored.stop();
      }
      const places = cluster.startsWith(to) ? [to] : [to, cluster];
      told.readable += scanners.erased.paths(places).hits.length;
      told.sealed_found += new Set(scanners.sealed.paths(places).hits.map(({ value }) => value)).size;
      const found = new Set(scanners.control.paths(places).hits.map(({ value }) => value));
      told.control_found = Math.min(told.control_found, found.size);
      const keys = await opened(join(to, "keyring"), values);
      told.opened += keys.erased;
      if (keys.kept === 0) throw new Error("no key opened what was kept: nothing was tried");
      for (const place of places) await rm(place, { recursive: true, force: true });
      print(`# ${at.toISOString()}: ${JSON.stringify(told)}`);
    }
    // The keys of the register itself, as they are now.
    told.opened += (await opened(join(dataDir, "keyring"), values)).erased;
    return told;
  });
}

export const isForgotten = (told: ErasedPast): boolean =>
  told.readable + told.opened + told.visible + told.kept_missing === 0 && told.control_found === CONTROLS;

// What is past its period goes from the target; what never became whole goes too. The last good base copy and the last copy of the keyring never go.
import { isSegment, placeOf, timelineOf } from "../db/walFile.ts";
import { Problem } from "../values/problem.ts";
import { dateOfStamp } from "./base.ts";
import { chapterName } from "./journal/files.ts";
import { filesPath, type Manifest, manifestPath, readManifest } from "./manifest.ts";
import { periodsOn } from "./periods.ts";
import { type Shelf, UNFINISHED } from "./shelf.ts";

const DAY_MS = 86_400_000;

/** Nothing is being made meanwhile: the caller sees to it. Answers how many base copies, files of the log, copies of the keyring and chapters went. */
export async function expire(shelf: Shelf, installation: string, now: Date) {
  const { good, broken } = await sortBases(shelf, installation);
  const kept = keptBases(good, now);
  const gone = good.filter((name) => !kept.includes(name));
  for (const name of [...gone, ...broken]) await removeBase(shelf, name);
  const [oldest] = kept;
  const wal = oldest ? await expireWal(shelf, await readManifest(shelf, oldest, installation)) : 0;
  const chapters = oldest ? await expireChapters(shelf, dateOfStamp(oldest)) : 0;
  return { bases: gone.length, wal, keyrings: await expireKeyrings(shelf, now), chapters };
}

/** A chapter of the journal goes when the next one began before the oldest base copy: the newest tells what is so, the others the log since that copy. */
async function expireChapters(shelf: Shelf, oldest: Date): Promise<number> {
  const names = await shelf.list("journal");
  const gone = names.filter((_, index) => {
    const next = names[index + 1];
    return next !== undefined && next < chapterName(oldest);
  });
  for (const name of gone) {
    for (const file of await shelf.list(`journal/${name}`)) await shelf.remove(`journal/${name}/${file}`);
    await shelf.remove(`journal/${name}`);
  }
  return gone.length;
}

/** A base copy that cannot be what its manifest says is no reason to let a good one go, and no reason to lose it either before it is looked at. */
async function sortBases(shelf: Shelf, installation: string): Promise<{ good: string[]; broken: string[] }> {
  const good: string[] = [];
  const broken: string[] = [];
  for (const name of await shelf.list("base")) {
    if ((await shelf.bytesOf(manifestPath(name))) === null) broken.push(name);
    else if (await isGood(shelf, name, installation)) good.push(name);
  }
  return { good, broken };
}

async function isGood(shelf: Shelf, name: string, installation: string): Promise<boolean> {
  try {
    const { sealed } = await readManifest(shelf, name, installation);
    return (await shelf.bytesOf(filesPath(name))) === sealed.bytes;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** All of the last days, then the first of each week, and always the newest. Oldest first, as given. */
export function keptBases(names: readonly string[], now: Date): string[] {
  const { databaseDays, databaseDailyDays } = periodsOn(now);
  const weeks = new Set<number>();
  return names.filter((name, index) => {
    const made = dateOfStamp(name).getTime();
    const age = (now.getTime() - made) / DAY_MS;
    const week = Math.floor(made / (7 * DAY_MS));
    const firstOfWeek = !weeks.has(week);
    if (age <= databaseDays) weeks.add(week);
    return index === names.length - 1 || age <= databaseDailyDays || (age <= databaseDays && firstOfWeek);
  });
}

/** The manifest first: what is left of a copy whose removal is cut short does not count. */
async function removeBase(shelf: Shelf, name: string): Promise<void> {
  await shelf.remove(manifestPath(name));
  await shelf.fsyncFolder(`base/${name}`);
  for (const inside of await shelf.list(`base/${name}`)) await shelf.remove(`base/${name}/${inside}`);
  await shelf.remove(`base/${name}`);
}

/**
 * Before the first segment that the oldest base copy needs: earlier on its timeline, or on an earlier one. Later timelines may begin at any place (a cluster of
 * another major begins anew). Histories of timelines stay: they are a line each.
 */
async function expireWal(shelf: Shelf, { wal, postgres }: Manifest): Promise<number> {
  const first = placeOf(wal.first, postgres.segmentBytes);
  const isBefore = (segment: string) => {
    const line = timelineOf(segment);
    return line < postgres.timeline || (line === postgres.timeline && placeOf(segment, postgres.segmentBytes) < first);
  };
  let gone = 0;
  for (const timeline of await shelf.list("wal"))
    for (const file of await shelf.list(`wal/${timeline}`)) {
      const segment = file.slice(0, 24);
      if (!(isSegment(segment) && isBefore(segment)) && !file.endsWith(UNFINISHED)) continue;
      await shelf.remove(`wal/${timeline}/${file}`);
      gone += 1;
    }
  return gone;
}

/** After every new copy too: on a busy day there are many. */
export async function expireKeyrings(shelf: Shelf, now: Date): Promise<number> {
  const files = await shelf.list("keyring");
  const kept = new Set(
    keptKeyrings(
      files.filter((file) => file.endsWith(".age")),
      now,
    ),
  );
  const gone = files.filter((file) => !kept.has(file));
  for (const file of gone) await shelf.remove(`keyring/${file}`);
  return gone.length;
}

/** The newest few and the last of each day, none older than its period but the very newest. Oldest first, as given. */
export function keptKeyrings(files: readonly string[], now: Date): string[] {
  const { keyringDays, keyringNewest } = periodsOn(now);
  return files.filter((file, index) => {
    const made = dateOfStamp(file.slice(0, -4));
    const age = (now.getTime() - made.getTime()) / DAY_MS;
    const lastOfDay = files[index + 1]?.slice(0, 8) !== file.slice(0, 8);
    const fromEnd = files.length - index;
    return fromEnd === 1 || (age <= keyringDays && (fromEnd <= keyringNewest || lastOfDay));
  });
}

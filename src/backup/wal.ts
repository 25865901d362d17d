// The log's segments from the spool to the target: closed, durable there, and only then gone here.
import { isHistory, isNote, isSegment, timelineOf } from "../db/walFile.ts";
import { Problem } from "../values/problem.ts";
import { type Sealing, seal, type Unsealing, unseal } from "./seal.ts";
import { makeFolders, putWhole, type Shelf } from "./shelf.ts";

export const walFolder = (timeline: string) => `wal/${timeline}`;
export const walPath = (name: string) => `${walFolder(name.slice(0, 8))}/${name}.gz.age`;

/** What PostgreSQL has finished and we have not yet carried away, oldest first. */
export async function waiting(spool: Shelf): Promise<string[]> {
  return (await spool.list(".")).filter((name) => isSegment(name) || isHistory(name));
}

/** Notes of PostgreSQL's own that nobody will ask for; in the spool they would only count. */
export async function dropNotes(spool: Shelf): Promise<void> {
  for (const name of await spool.list(".")) if (isNote(name)) await spool.remove(name);
}

export type Shipping = {
  readonly spool: Shelf;
  readonly shelf: Shelf;
  readonly sealing: Sealing;
  /** Of ourselves: to see that a segment that stands there already is the same. */
  readonly unsealing: Unsealing;
  readonly now: () => Date;
};

/** Ships these; answers how many. What stops it leaves the rest in the spool for the next time. */
export async function ship(names: readonly string[], parts: Shipping): Promise<number> {
  const { spool, shelf, sealing, now } = parts;
  const folders = new Set<number>();
  let shipped = 0;
  for (const name of names) {
    const plain = await spool.read(name);
    if (plain === null) continue;
    const path = walPath(name);
    if (!(await standsAlready(plain, name, parts))) {
      if (!folders.has(timelineOf(name))) await makeFolders(shelf, walFolder(name.slice(0, 8)));
      folders.add(timelineOf(name));
      await putWhole(shelf, path, await seal(plain, path, now(), sealing));
      shipped += 1;
    }
    await spool.remove(name);
  }
  return shipped;
}

/** A crash between shipping and forgetting brings a segment again. Another one under its name is another history, which must not be written over. */
async function standsAlready(plain: Buffer, name: string, { shelf, unsealing }: Shipping): Promise<boolean> {
  const there = await shelf.read(walPath(name));
  if (there === null) return false;
  const opened = await unseal(there, walPath(name), unsealing).catch((error) => {
    // Damaged, or closed to us since: ours is the true one.
    if (error instanceof Problem) return null;
    throw error;
  });
  if (opened === null) return false;
  if (!opened.plain.equals(plain)) throw new Problem("backupWalDiffers", 409, { segment: name });
  return true;
}

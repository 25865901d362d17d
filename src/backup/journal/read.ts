// Reading the journal back, for a restore.
import { Problem } from "../../values/problem.ts";
import type { JournalShelf } from "./journal.ts";
import { type JournalRecord, readSegment } from "./segment.ts";

export type Chapter = { name: string; segments: string[] };

/** Chapters in the order of time. */
export async function chaptersOf(shelf: JournalShelf): Promise<Chapter[]> {
  const paths = await shelf.list();
  const byName = Map.groupBy(paths, (path) => path.split("/").at(-2) ?? "");
  return [...byName]
    .map(([name, segments]) => ({ name, segments: segments.toSorted() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every record of a chapter, in order; `head` of each segment first. Throws `journalBroken` where a segment is missing, cut or exchanged. */
export async function* recordsOf(
  shelf: JournalShelf,
  { segments }: Chapter,
  installation: string,
): AsyncGenerator<JournalRecord | { segment: { at: Date; from: number; to: number } }> {
  let previous = "";
  for (const [index, path] of segments.entries()) {
    const { head, records } = await readSegment(path, shelf.lines(path));
    if (head.number !== index + 1 || head.previous !== previous || head.installation !== installation)
      throw new Problem("journalBroken", 422, { file: path });
    yield { segment: { at: new Date(head.at), from: head.from, to: head.to } };
    previous = yield* records;
  }
}

// Reading the journal back, for a restore.
import { Problem } from "../../values/problem.ts";
import type { JournalFiles } from "./files.ts";
import { readSegment, type Segment } from "./segment.ts";

export type Chapter = { name: string; paths: string[] };

/** In the order of time, as their names sort. */
export async function chaptersOf(files: JournalFiles): Promise<Chapter[]> {
  const byName = Map.groupBy(await files.list(), (path) => path.split("/").at(-2) ?? "");
  return [...byName].map(([name, paths]) => ({ name, paths }));
}

/** Of the chapters, the newest ones that together hold the evidence log from the leaf on, oldest first. Older ones are not even opened. */
export async function chaptersSince(
  files: JournalFiles,
  chapters: readonly Chapter[],
  leaf: number,
): Promise<Chapter[]> {
  const needed: Chapter[] = [];
  for (const chapter of chapters.toReversed()) {
    needed.unshift(chapter);
    const [first = ""] = chapter.paths;
    if (readSegment(first, await files.lines(first)).head.from <= leaf) break;
  }
  return needed;
}

/** Throws `journalBroken` where a segment is missing, cut or exchanged, or another installation's. */
export async function* segmentsOf(
  files: JournalFiles,
  { paths }: Chapter,
  installation: string,
): AsyncGenerator<Segment> {
  let previous = "";
  for (const [index, path] of paths.entries()) {
    const segment = readSegment(path, await files.lines(path));
    const { head } = segment;
    if (head.number !== index + 1 || head.previous !== previous || head.installation !== installation)
      throw new Problem("journalBroken", 422, { file: path });
    yield segment;
    previous = segment.end;
  }
}

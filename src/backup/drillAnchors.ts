// What is signed and known outside of the log, up to what it holds now: later ones may not be in the copy yet.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Gate } from "../gate/gate.ts";
import { parseCheckpoint, parseNotes } from "../keys/note.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";

/** The folder has a file a day, and a log that fits the last ones fits those before. */
const NEWEST_FILES = 3;

/** Texts for `EvidenceLog.verify`. A folder that is away says nothing; whoever keeps it is told by others. */
export async function drillAnchors(gate: Gate, anchorDir: string | undefined): Promise<string[]> {
  const { size, checkpoint } = await evidenceLogOf(gate).head();
  const own = checkpoint ? [checkpoint.note] : [];
  if (anchorDir === undefined) return own;
  const folder = join(anchorDir, gate.keys.installation);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".txt")).sort();
  const outside: string[] = [];
  for (const name of names.slice(-NEWEST_FILES))
    for (const text of notesIn(await readFile(join(folder, name), "utf8").catch(() => "")))
      if (sizeOf(text) <= size) outside.push(text);
  return [...own, ...outside];
}

/** Each begins with the log's name, after an empty line. */
const notesIn = (file: string): string[] =>
  file
    .split(/\n\n(?=tietovirta\/)/)
    .map((text) => `${text.trimEnd()}\n`)
    .filter((text) => text.trim() !== "");

/** What is no note is left to `verify`, which then says that it is none. */
function sizeOf(text: string): number {
  try {
    const [note] = parseNotes(text);
    return note ? parseCheckpoint(note.text).size : 0;
  } catch {
    return 0;
  }
}

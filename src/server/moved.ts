// The mark of an installation that has gone to another machine: two that run would give the same numbers to different invoices, and each erase without the other.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../db/wholeFile.ts";
import { Problem } from "../values/problem.ts";

/** `at`: ISO; `to`: the folder into which the last copy went. */
export type Moved = { readonly at: string; readonly to: string };

const fileIn = (dataDir: string): string => join(dataDir, "moved.json");

export async function readMoved(dataDir: string): Promise<Moved | null> {
  const text = await readFile(fileIn(dataDir), "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text);
}

/** Durable when it resolves. */
export async function markMoved(dataDir: string, moved: Moved): Promise<void> {
  await writeWhole(fileIn(dataDir), `${JSON.stringify(moved)}\n`);
}

/** Answers whether there was a mark. */
export async function unmarkMoved(dataDir: string): Promise<boolean> {
  const was = (await readMoved(dataDir)) !== null;
  await rm(fileIn(dataDir), { force: true });
  return was;
}

/** Throws `moved`. */
export async function refuseMoved(dataDir: string): Promise<void> {
  const moved = await readMoved(dataDir);
  if (moved) throw new Problem("moved", 409, { at: moved.at.slice(0, 16).replace("T", " ") });
}

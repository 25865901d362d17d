// The mark of a data folder that a restore has brought back and its gate has not yet let through: until then no server opens it.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../values/problem.ts";
import { syncFolder, writeWhole } from "./wholeFile.ts";

/** `base`: name of the copy; `at`: the moment asked for, null for the end of the log; `until`: the last moment that is in it, null while it is being brought back. */
export type RestoreMark = {
  readonly installation: string;
  readonly base: string;
  readonly at: string | null;
  readonly until: string | null;
  readonly restoredAt: string;
};

const fileIn = (dataDir: string) => join(dataDir, "restore.json");

/** null where the folder waits for no gate. */
export async function readMark(dataDir: string): Promise<RestoreMark | null> {
  const text = await readFile(fileIn(dataDir), "utf8").catch((error) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return text === null ? null : JSON.parse(text);
}

/** Durable when it resolves. */
export async function writeMark(dataDir: string, mark: RestoreMark): Promise<void> {
  await writeWhole(fileIn(dataDir), `${JSON.stringify(mark, null, 2)}\n`);
}

/** The last act of the gate: from now on the folder is like any other. */
export async function removeMark(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
  await syncFolder(dataDir);
}

export async function refuseUnfinished(dataDir: string): Promise<void> {
  if ((await readMark(dataDir)) !== null) throw new Problem("restoreUnfinished", 500, { folder: dataDir });
}

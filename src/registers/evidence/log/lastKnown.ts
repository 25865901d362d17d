// The newest checkpoint beside the database and not in it: a database that went back in time (an operator's restore, an exchanged folder) is noticed
// before it is opened, because what was erased and forbidden since would be back.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../../../db/wholeFile.ts";
import type { Gate } from "../../../gate/gate.ts";
import { parseCheckpoint, parseNotes, signersOf, verifierKey } from "../../../keys/note.ts";
import { Problem } from "../../../values/problem.ts";
import type { AnchorSink } from "./anchors.ts";
import { originOf } from "./checkpoints.ts";
import { asLog } from "./serving.ts";
import { position } from "./store.ts";

const fileIn = (dataDir: string): string => join(dataDir, "log.checkpoint");

/** The sink that is the server's own, and guards against nobody who holds the server. */
export const BESIDE = "data folder";

/** Every checkpoint is also written to the data folder, whole or not at all. */
export const besideDatabase = (dataDir: string): AnchorSink => ({
  name: BESIDE,
  put: ({ note }) => writeWhole(fileIn(dataDir), note),
});

/** Throws `databaseBehind` where the data folder knows of more entries than the database holds. */
export async function refuseBehind(gate: Gate, dataDir: string): Promise<void> {
  const known = lastKnown(gate, await readFile(fileIn(dataDir), "utf8").catch(() => ""));
  const { size } = await asLog(gate, "read", position);
  if (known > size) throw new Problem("databaseBehind", 500, { known, found: size });
}

/** What a note says that our own keys have signed; of another one nothing is known. */
function lastKnown(gate: Gate, text: string): number {
  const trusted = gate.keys.signers().map(({ publicKey }) => verifierKey(originOf(gate), publicKey));
  try {
    const [note] = parseNotes(text);
    if (!note) return 0;
    signersOf(note, trusted);
    return parseCheckpoint(note.text).size;
  } catch {
    return 0;
  }
}

// Whether a log is what its checkpoints and anchors say. The same questions as scripts/verify.mjs asks of an exported log, of the live one; two programs,
// so that a fault of one is seen by the other.
import {
  type Checkpoint,
  NoteFault,
  parseCheckpoint,
  parseNotes,
  parseVerifierKey,
  signersOf,
  type VerifierKey,
} from "../../../keys/note.ts";
import { Frontier } from "../../../keys/tree.ts";
import { base32 } from "./anchors.ts";
import { type LogEntry, leafOf } from "./event.ts";

/**
 * `entryChanged`: an entry does not fit its hash. `entryMissing`: an index is passed over. `entryWithheld`: an entry is gone that no period dropped.
 * `rewritten`: hashes between the index and `until` are not those that were signed. `forged`: a checkpoint is not signed by a key of the log.
 * `rolledBack`: something outside knows of more entries than there are. `unsigned`: entries after the last checkpoint.
 */
export type Fault = {
  what: "entryChanged" | "entryMissing" | "entryWithheld" | "rewritten" | "forged" | "rolledBack" | "unsigned";
  index: number;
  until?: number;
};

/** `bad`: the fault with the lowest index. `signed`: how many entries stand under the newest checkpoint. */
export type Verdict = {
  entries: number;
  signed: number;
  dropped: number;
  checkpoints: number;
  anchors: number;
  bad: Fault | null;
};

type Judged = {
  entries: AsyncIterable<LogEntry>;
  /** Notes as they were given out, oldest first. */
  checkpoints: readonly string[];
  /** Files or lines as they were kept outside. */
  anchors: readonly string[];
  /** The log's first key, as a verifier key; later ones are named by checkpoints. */
  key: string;
  /** Entries that have come since the newest checkpoint are no fault of a log that is at work. */
  live?: boolean;
};

type Promised = { size: number; root: string };

export async function judge({ entries, checkpoints, anchors, key, live = false }: Judged): Promise<Verdict> {
  const faults: Fault[] = [];
  const fault = (what: Fault["what"], index: number, until?: number) =>
    void faults.push({ what, index, ...(until === undefined ? {} : { until }) });
  const trusted = [parseVerifierKey(key)];
  const promised: Promised[] = [];
  let [signed, dropped] = [0, 0];
  for (const written of checkpoints) {
    const read = believed(written, trusted);
    if (!read || read.size < signed || read.dropped < dropped) fault("forged", signed);
    else {
      [signed, dropped] = [read.size, read.dropped];
      promised.push({ size: read.size, root: read.root.toString("hex") });
    }
  }
  let known = 0;
  for (const text of anchors)
    for (const anchor of anchorsIn(text, trusted)) {
      known += 1;
      if (anchor === null) fault("forged", 0);
      else promised.push(anchor);
    }

  const roots = Map.groupBy(promised, ({ size }) => size);
  const tree = new Frontier();
  let [proven, named] = [0, -1];
  const badEntry = (what: Fault["what"], index: number) => {
    named = index;
    fault(what, index);
  };
  const compare = () => {
    const wanted = roots.get(tree.size);
    if (!wanted) return;
    const root = rootHex(tree);
    if (wanted.every((one) => one.root === root)) proven = tree.size;
    // An entry that was named already explains why the root differs.
    else if (named < proven) fault("rewritten", proven, tree.size);
  };
  compare();
  for await (const { index, hash, event } of entries) {
    if (index !== tree.size) {
      fault("entryMissing", Math.min(index, tree.size));
      break;
    }
    if (event === null && index >= dropped) badEntry("entryWithheld", index);
    if (event !== null && leafOf(event).toString("hex") !== hash) badEntry("entryChanged", index);
    tree.grow(Buffer.from(hash, "hex"));
    compare();
  }
  for (const { size } of promised) if (size > tree.size) fault("rolledBack", tree.size, size);
  if (tree.size > signed && !live) fault("unsigned", signed, tree.size);
  const [bad = null] = faults.sort((a, b) => a.index - b.index);
  return { entries: tree.size, signed, dropped, checkpoints: checkpoints.length, anchors: known, bad };
}

const rootHex = (tree: Frontier): string => tree.root().toString("hex");

/** null where it is not signed by who is trusted. Whom it names as the next signer is trusted from then on. */
function believed(written: string, trusted: VerifierKey[]): Checkpoint | null {
  try {
    const [note, ...more] = parseNotes(written);
    if (!note || more.length > 0) return null;
    signersOf(note, trusted);
    const read = parseCheckpoint(note.text);
    if (read.origin !== trusted[0]?.name) return null;
    if (read.next) trusted.push(read.next);
    return read;
  } catch (error) {
    if (error instanceof NoteFault) return null;
    throw error;
  }
}

const LINE = /^(\d{1,15}) \d{4}-\d{2}-\d{2} ([A-Z2-7-]+)$/;

/** Signed notes, or lines as a letter has them; null for what is neither. */
function* anchorsIn(text: string, trusted: readonly VerifierKey[]): Generator<Promised | null> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > 0 && lines.every((line) => LINE.test(line))) {
    for (const line of lines) {
      const [, size, root = ""] = LINE.exec(line) ?? [];
      yield { size: Number(size), root: hexOf32(root) };
    }
    return;
  }
  try {
    for (const note of parseNotes(text)) {
      signersOf(note, trusted);
      const { size, root } = parseCheckpoint(note.text);
      yield { size, root: root.toString("hex") };
    }
  } catch (error) {
    if (!(error instanceof NoteFault)) throw error;
    yield null;
  }
}

/** The bytes that base32 groups stand for, in hex. */
function hexOf32(groups: string): string {
  const letters = groups.replaceAll("-", "");
  const bytes = Buffer.alloc(Math.floor((letters.length * 5) / 8));
  let [bits, value, at] = [0, 0, 0];
  for (const letter of letters) {
    value = (value << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (value >>> bits) & 255;
    value &= 2 ** bits - 1;
  }
  // Another spelling of the same bytes is a slip of the pen that nobody should pass over.
  return base32(bytes) === groups ? bytes.toString("hex") : "";
}
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

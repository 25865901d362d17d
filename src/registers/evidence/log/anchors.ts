// Checkpoints outside the register: without one, whoever holds the machine can put back an older log together with its checkpoints, and nobody can tell.
import type { Gate } from "../../../gate/gate.ts";
import { parseCheckpoint, parseNotes } from "../../../keys/note.ts";
import { dayInHelsinki } from "../../../values/Day.ts";
import { asLog } from "./serving.ts";
import { addAnchor, anchorsKnown, newestAnchorOf, type StoredCheckpoint } from "./store.ts";

export type Anchor = { origin: string; size: number; root: Buffer; at: Date; note: string };

/** A place outside. `put` throws where it could not; nothing else stops for that. */
export type AnchorSink = {
  /** Stands in the list of anchors; never a path or an address. */
  readonly name: string;
  /** The least time between two anchors; absent: every checkpoint goes there. */
  readonly everyMs?: number;
  put(anchor: Anchor): Promise<void>;
};

export type AnchorKnown = { sink: string; at: string; size: number; root: string };

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const GROUP = 4;

/** RFC 4648 base32 without padding, in groups of four that a person can read aloud. */
export function base32(bytes: Uint8Array): string {
  let [text, bits, value] = ["", 0, 0];
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(value >>> (bits - 5)) & 31];
    value &= 2 ** bits - 1;
  }
  if (bits > 0) text += BASE32[(value << (5 - bits)) & 31];
  return text.match(new RegExp(`.{1,${GROUP}}`, "g"))?.join("-") ?? "";
}

/** For print: size of the log, day in Finland, root. scripts/verify.mjs takes the line as an anchor. */
export const anchorLine = ({ size, at, root }: Pick<Anchor, "size" | "at" | "root">): string =>
  `${size} ${dayInHelsinki(at)} ${base32(root)}`;

/** What the stored note itself says, not the columns beside it. */
export function anchorOf({ note }: Pick<StoredCheckpoint, "note">): Anchor {
  const [read] = parseNotes(note);
  if (!read) throw new Error("no note");
  const { origin, size, root, at } = parseCheckpoint(read.text);
  return { origin, size, root, at, note };
}

/**
 * Gives the checkpoint to each sink whose time it is and remembers that it has it. `tell` hears when a sink begins to fail and when it works again.
 */
export function anchoring(gate: Gate, sinks: readonly AnchorSink[], tell: (line: string) => void) {
  const failing = new Set<string>();

  async function give(sink: AnchorSink, checkpoint: StoredCheckpoint): Promise<void> {
    const { name: sinkName, everyMs = 0 } = sink;
    const last = await asLog(gate, "read", (grant) => newestAnchorOf(grant, sinkName));
    const at = gate.clock.now();
    if (last && (last.checkpoint >= checkpoint.number || at.getTime() - last.at.getTime() < everyMs)) return;
    await sink.put(anchorOf(checkpoint));
    await asLog(gate, "collect", (grant) => addAnchor(grant, { sink: sinkName, checkpoint: checkpoint.number, at }));
  }

  return async (checkpoint: StoredCheckpoint): Promise<void> => {
    for (const sink of sinks) {
      const failed = await give(sink, checkpoint).then(
        () => false,
        () => true,
      );
      if (failed === failing.has(sink.name)) continue;
      if (failed) failing.add(sink.name);
      else failing.delete(sink.name);
      tell(
        failed
          ? `The log's anchor could not be put to ${sink.name}; trying again at the next checkpoint.`
          : `The log's anchors go to ${sink.name} again.`,
      );
    }
  };
}

/** Newest first. */
export async function listAnchors(gate: Gate, most = 100): Promise<AnchorKnown[]> {
  const rows = await asLog(gate, "read", (grant) => anchorsKnown(grant, most));
  return rows.map(({ sink, at, size, root }) => ({ sink, at: at.toISOString(), size, root: root.toString("hex") }));
}

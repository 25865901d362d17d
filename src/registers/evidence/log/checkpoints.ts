// The signed root of the tree: what the register cannot take back once it stands outside.
import type { Gate } from "../../../gate/gate.ts";
import {
  type Checkpoint,
  checkpointText,
  parseCheckpoint,
  parseNotes,
  signersOf,
  signNote,
  verifierKey,
  verifierKeyText,
} from "../../../keys/note.ts";
import { Problem } from "../../../values/problem.ts";
import { edgeAt, hashOfRange } from "./edge.ts";
import { asLog } from "./serving.ts";
import {
  addCheckpoint,
  addLeaves,
  checkpointsAfter,
  type LogGrant,
  lockPosition,
  newestCheckpoint,
  type StoredCheckpoint,
} from "./store.ts";

export const originOf = (gate: Gate): string => `tietovirta/${gate.keys.installation}`;

/**
 * A signed checkpoint of all leaves that there are; the newest one again where nothing has come since. While a new key waits, both sign and the old
 * one names the new: then the old one is let go. Throws `logBroken` where the tree no longer continues what was signed before: a signature
 * over a rewritten history would make it look true.
 */
export async function signCheckpoint(gate: Gate): Promise<StoredCheckpoint> {
  const signers = gate.keys.signers();
  const [oldest] = signers;
  const newest = signers.at(-1);
  if (!oldest || !newest) throw new Error("nobody signs");
  const signed = await asLog(gate, "collect", async (grant) => {
    const { size, dropped } = await lockPosition(grant);
    const { edge, missing } = await edgeAt(grant, size);
    await addLeaves(grant, [], missing);
    const before = await newestCheckpoint(grant);
    if (before) await expectContinued(grant, gate, before, size);
    if (before && before.size === size && before.dropped === dropped && signers.length === 1) return before;
    const root = edge.root();
    const at = gate.clock.now();
    const origin = originOf(gate);
    const text: Checkpoint = {
      ...{ origin, size, root, at, dropped },
      ...(signers.length > 1 && { next: verifierKey(origin, newest.publicKey) }),
    };
    const note = signNote(checkpointText(text), origin, signers);
    const number = (before?.number ?? 0) + 1;
    const checkpoint = { number, size, root, dropped, at, public_key: oldest.publicKey, note };
    await addCheckpoint(grant, checkpoint);
    return checkpoint;
  });
  if (signers.length > 1) await gate.keys.retireSigner();
  return signed;
}

async function expectContinued(grant: LogGrant, gate: Gate, before: StoredCheckpoint, size: number): Promise<void> {
  const [note] = parseNotes(before.note);
  const said = note && parseCheckpoint(note.text);
  if (!note || !said || said.size > size) throw new Problem("logBroken", 500, { index: size });
  signersOf(note, [verifierKey(originOf(gate), before.public_key)]);
  const root = await hashOfRange(grant, { start: 0, end: said.size });
  if (!root.equals(said.root)) throw new Problem("logBroken", 500, { index: said.size });
}

const PAGE = 500;

/** All after the number, oldest first. */
export async function* checkpointsSince(gate: Gate, number = 0): AsyncGenerator<StoredCheckpoint> {
  for (let after = number; ; ) {
    const page = await asLog(gate, "read", (grant) => checkpointsAfter(grant, after, PAGE));
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.number;
  }
}

/** Every key that has signed, the oldest first, as verifier keys. Each later one was named by the one before it. */
export async function keysOfLog(gate: Gate): Promise<string[]> {
  const origin = originOf(gate);
  const known = new Map<string, Buffer>();
  for await (const { public_key } of checkpointsSince(gate)) known.set(public_key.toString("hex"), public_key);
  for (const { publicKey } of gate.keys.signers()) known.set(publicKey.toString("hex"), publicKey);
  return [...known.values()].map((publicKey) => verifierKeyText(verifierKey(origin, publicKey)));
}

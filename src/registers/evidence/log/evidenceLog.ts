// The evidence log: what happened, in an order that cannot be changed unseen. One for each gate; its pieces of work take turns.
import type { Gate } from "../../../gate/gate.ts";
import { Turns } from "../../../keys/turns.ts";
import { notFound } from "../../../values/problem.ts";
import { type AnchorSink, anchoring } from "./anchors.ts";
import { checkpointsSince, keysOfLog, originOf, signCheckpoint } from "./checkpoints.ts";
import type { LogEntry } from "./event.ts";
import { judge, type Verdict } from "./judge.ts";
import { type ConsistencyProof, type InclusionProof, proveConsistency, proveInclusion } from "./proofs.ts";
import { BATCH, openSequencer } from "./sequencer.ts";
import { asLog } from "./serving.ts";
import { eventsOf, leavesIn, newestCheckpoint, position, type StoredCheckpoint } from "./store.ts";

/** `checkpoint` absent: nothing has been signed yet. `waiting`: leaves that no checkpoint has signed. */
export type Head = { origin: string; size: number; waiting: number; checkpoint?: StoredCheckpoint };

export type EvidenceLog = ReturnType<typeof openEvidenceLog>;
type Running = { sinks: readonly AnchorSink[]; tell: (line: string) => void; everyMs?: number };

/** A checkpoint after so many leaves or so long, whichever is first. */
const CHECKPOINT_LEAVES = 1000;
const CHECKPOINT_MS = 5 * 60_000;
const SEQUENCE_MS = 500;
const PAGE = 1000;

const logs = new WeakMap<Gate, EvidenceLog>();

/** The log of this gate: one writer, however many ask. */
export function evidenceLogOf(gate: Gate): EvidenceLog {
  const known = logs.get(gate);
  if (known) return known;
  const made = openEvidenceLog(gate);
  logs.set(gate, made);
  return made;
}

export function openEvidenceLog(gate: Gate) {
  const sequencer = openSequencer(gate);
  const turns = new Turns();
  let newest: StoredCheckpoint | null = null;
  /** False: asking whether it is time to sign would be a question for nothing. */
  let unsigned = true;
  let outward: ((checkpoint: StoredCheckpoint) => Promise<void>) | undefined;

  async function sign(): Promise<StoredCheckpoint> {
    const checkpoint = await signCheckpoint(gate);
    newest = checkpoint;
    await outward?.(checkpoint);
    return checkpoint;
  }

  async function sequenceAll(): Promise<number> {
    let added = 0;
    for (;;) {
      const step = await sequencer.step();
      added += step;
      unsigned ||= step > 0;
      if (step > 0 && (await isDue())) await sign();
      if (step < BATCH) return added;
    }
  }

  async function isDue(): Promise<boolean> {
    const { size, last } = await asLog(gate, "read", async (grant) => ({
      ...(await position(grant)),
      last: newest ?? (await newestCheckpoint(grant)),
    }));
    newest = last ?? null;
    unsigned = size !== (last?.size ?? 0);
    if (!unsigned) return false;
    if (!last || size - last.size >= CHECKPOINT_LEAVES) return true;
    return gate.clock.now().getTime() - last.at.getTime() >= CHECKPOINT_MS;
  }

  /** Takes every event whose turn it is; answers how many. */
  const sequence = (): Promise<number> => turns.take(sequenceAll);

  /** Sequences, signs and anchors now; the newest checkpoint again where nothing has come. Throws `logBroken`. */
  const checkpoint = (): Promise<StoredCheckpoint> =>
    turns.take(async () => {
      await sequenceAll();
      return sign();
    });

  const head = (): Promise<Head> =>
    asLog(gate, "read", async (grant) => {
      const { size } = await position(grant);
      const last = await newestCheckpoint(grant);
      return { origin: originOf(gate), size, waiting: size - (last?.size ?? 0), ...(last && { checkpoint: last }) };
    });

  /** Under a checkpoint that holds it, a new one where it must be. Throws `notFound` where there is no such event. */
  async function inclusionOf(eventId: number): Promise<InclusionProof> {
    const { checkpoint: last } = await head();
    const proof = last && (await proveInclusion(gate, eventId, last));
    if (proof) return proof;
    const now = await proveInclusion(gate, eventId, await checkpoint());
    if (!now) throw notFound();
    return now;
  }

  /** From the first checkpoint of at least `from` leaves to the newest. Throws `notFound` where there is none. */
  async function consistency(from: number): Promise<ConsistencyProof> {
    const to = await checkpoint();
    for await (const one of checkpointsSince(gate)) if (one.size >= from) return proveConsistency(gate, one, to);
    throw notFound();
  }

  /** Leaves from the index on, in order, up to `end` or what there is now. `subject`: entries of others are left out, their hashes stay. */
  async function* entries(
    from = 0,
    { end, subject }: { end?: number; subject?: string | undefined } = {},
  ): AsyncGenerator<LogEntry & { eventId: number }> {
    const last = end ?? (await head()).size;
    for (let start = from; start < last; start += PAGE) {
      const range = { start, end: Math.min(start + PAGE, last) };
      const { leaves, events } = await asLog(gate, "read", async (grant) => {
        const found = await leavesIn(grant, range);
        return {
          leaves: found,
          events: await eventsOf(
            grant,
            found.map(({ event_id }) => event_id),
          ),
        };
      });
      for (const { index, hash, event_id } of leaves) {
        const event = events.get(event_id) ?? null;
        const shown = subject === undefined || event?.subjects.includes(subject) ? event : null;
        yield { index, hash: hash.toString("hex"), event: shown, eventId: event_id };
      }
    }
  }

  /** The live log against its checkpoints and what is known outside: texts of anchor files, or lines as a letter has them. */
  async function verify(anchors: readonly string[] = []): Promise<Verdict> {
    const signed: string[] = [];
    for await (const { note } of checkpointsSince(gate)) signed.push(note);
    const [key = ""] = await keysOfLog(gate);
    return judge({ entries: entries(), checkpoints: signed, anchors, key, live: true });
  }

  /**
   * Sequences twice a second and signs when it is time, until it is stopped, which signs once more. What fails is told once, tried again and stops nothing.
   */
  function start({ sinks, tell, everyMs = SEQUENCE_MS }: Running): () => Promise<void> {
    outward = anchoring(gate, sinks, tell);
    let failing = false;
    let running: Promise<void> | undefined;
    const once = (work: () => Promise<unknown>) =>
      work().then(
        () => {
          if (failing) tell("The evidence log is being written again.");
          failing = false;
        },
        (error: { code?: unknown }) => {
          const why = error.code === "logBroken" ? "it no longer continues what was signed before" : "trying again";
          if (!failing) tell(`The evidence log could not be sequenced or signed: ${why}.`);
          failing = true;
        },
      );
    // Also without a new event: five minutes after the last checkpoint it is time to sign.
    const look = async () => {
      await sequenceAll();
      if (unsigned && (await isDue())) await sign();
    };
    const tick = () => {
      running ??= once(() => turns.take(look)).finally(() => {
        running = undefined;
      });
    };
    tick();
    const timer = setInterval(tick, everyMs);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await running;
      await once(checkpoint);
      outward = undefined;
    };
  }

  return { origin: originOf(gate), sequence, checkpoint, head, inclusionOf, consistency, entries, verify, start };
}

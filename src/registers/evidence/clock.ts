// The clock as retention, expiry and keys past their grace see it: believed, or waiting for a person to say that it is right (clockJudge.ts).
import { presentMoment } from "../../db/fragments.ts";
import type { Caller } from "../../gate/caller.ts";
import type { Gate, WritingGrant } from "../../gate/gate.ts";
import type { Clock } from "../../values/Day.ts";
import { asRetention } from "./asRetention.ts";
import { type Doubt, doubtOf } from "./clockJudge.ts";

type Evidence = WritingGrant<"evidence", "change">;
/** `seenAt`: the moment last believed; null before the first. */
export type ClockState = { doubt: Doubt | null; seenAt: Date | null };

/** When this run last believed each clock. */
const believed = new WeakMap<Clock, { wallMs: number; passedAtMs: number }>();

/** Looks at the clock, and remembers a moment that is believed. */
export const lookAtClock = (gate: Gate): Promise<ClockState> =>
  asRetention(gate, "change", async (grant) => {
    const row = await grant.selectFrom("retention_clock").selectAll().executeTakeFirst();
    const since = believed.get(gate.clock);
    const nowMs = gate.clock.now().getTime();
    const doubt = doubtOf({
      nowMs,
      seenMs: row?.seen_at.getTime() ?? null,
      since: since ? { wallMs: since.wallMs, passedMs: passedMs(gate.clock) - since.passedAtMs } : null,
      logAheadMs: Math.max(
        await logAhead(grant, row?.confirmed_event ?? 0),
        (await newestCheckpoint(grant, row?.confirmed_checkpoint ?? 0)) - nowMs,
      ),
    });
    if (doubt === null) {
      believe(gate.clock, nowMs);
      // Not at every look of a busy hour, and never back: what was seen was seen.
      if (!row || nowMs > row.seen_at.getTime() + SEEN_EVERY_MS) await see(grant, new Date(nowMs));
    }
    return { doubt, seenAt: row?.seen_at ?? null };
  });

/** True where what ends by time may end. */
export const clockIsRight = async (gate: Gate): Promise<boolean> => (await lookAtClock(gate)).doubt === null;

/** Does what ends by time, or leaves it for later where the clock is not believed; answers undefined then. */
export const whenClockIsRight = async <T>(gate: Gate, work: () => Promise<T>): Promise<T | undefined> =>
  (await clockIsRight(gate)) ? work() : undefined;

/** A person has looked at the clock and found it right: from now on time is counted from here. Written down as their act. */
export async function confirmClock(gate: Gate, by: Caller): Promise<void> {
  const ask = { register: "evidence", verb: "change", place: "retention.clock" } as const;
  await gate.serving(by, ask, async (grant) => {
    const now = gate.clock.now();
    const newest = await grant.selectFrom("audit_event").select("id").orderBy("id", "desc").limit(1).executeTakeFirst();
    const last = await grant
      .selectFrom("log_checkpoint")
      .select("number")
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    const said = {
      confirmed_event: newest?.id ?? 0,
      confirmed_checkpoint: last?.number ?? 0,
      confirmed_at: now,
      confirmed_by: by.actor.id,
    };
    await see(grant, now, said);
    believe(gate.clock, now.getTime());
  });
}

const SEEN_EVERY_MS = 30_000;

async function see(
  grant: Evidence,
  seen_at: Date,
  said: Partial<{
    confirmed_event: number;
    confirmed_checkpoint: number;
    confirmed_at: Date;
    confirmed_by: string;
  }> = {},
): Promise<void> {
  await grant
    .insert("retention_clock", { seen_at, ...said })
    .onConflict((conflict) => conflict.column("only_one").doUpdateSet({ seen_at, ...said }))
    .execute();
}

/** Both moments are the database's, which wrote the log: how far its newest entry lies after now. What a person has confirmed since is no witness. */
async function logAhead(grant: Evidence, confirmed: number): Promise<number> {
  const row = await grant
    .selectFrom("audit_event")
    .select(["at", presentMoment().as("now")])
    .where("id", ">", confirmed)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? row.at.getTime() - row.now.getTime() : 0;
}

/** The moment of the newest signed checkpoint, in milliseconds; 0 where there is none. */
async function newestCheckpoint(grant: Evidence, confirmed: number): Promise<number> {
  const row = await grant
    .selectFrom("log_checkpoint")
    .select("at")
    .where("number", ">", confirmed)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at.getTime() ?? 0;
}

const believe = (clock: Clock, wallMs: number): void =>
  void believed.set(clock, { wallMs, passedAtMs: passedMs(clock) });
const passedMs = (clock: Clock): number => clock.monotonicMs?.() ?? performance.now();

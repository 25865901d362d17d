// Work of the night, by one server at a time. It cleans up after itself and looks at what is due; it never erases.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "../db/connect.ts";
import { alone } from "../db/installation.ts";
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { registerOfKind } from "../policy/decide.ts";
import { clearOld as clearOldCorrections } from "../registers/customers/corrections/store.ts";
import { whenClockIsRight } from "../registers/evidence/clock.ts";
import { replayErasures } from "../registers/evidence/ledger.ts";
import { clearIdempotency } from "../registers/evidence/store.ts";
import { clearEnded as clearEndedCards } from "../registers/ownCard/sessions.ts";
import { endConsents } from "../registers/permissions/ending.ts";
import { closeEnded } from "../registers/staff/accounts.ts";
import { clearEnded } from "../registers/staff/sessionStore.ts";
import { type CopiesAfter, certifyErasures } from "../rights/certificates/issue.ts";
import type { Clock } from "../values/Day.ts";

const LOCK = 4700_2027;
const HOUR_MS = 3600_000;
/** UTC: after midnight in Finland, before anybody works. */
const AT_HOUR = 1;

export type NightlyWork = { name: string; work: () => Promise<unknown> };

/** What ends by time: none of it while the clock is not believed. */
export function cleaning(gate: Gate): NightlyWork[] {
  const caller = () => systemCaller("nightly");
  const ask = { verb: "erase", place: "roles", silent: true } as const;
  return [
    {
      name: "sessions",
      work: () =>
        whenClockIsRight(gate, () =>
          gate.serving(caller(), { ...ask, register: "staff" }, (grant) =>
            clearEnded(grant, new Date(grant.at.getTime() - HOUR_MS)),
          ),
        ),
    },
    {
      name: "own cards",
      work: () =>
        whenClockIsRight(gate, async () => {
          await gate.serving(caller(), { ...ask, register: "ownCard" }, clearEndedCards);
          if (registerOfKind(gate.inForce().description, "customers") !== undefined)
            await gate.upkeep("nightly", { register: "customers", values: false }, clearOldCorrections);
        }),
    },
    { name: "consents", work: () => whenClockIsRight(gate, () => endConsents(gate)) },
    { name: "accounts", work: () => whenClockIsRight(gate, () => closeEnded(gate)) },
    {
      name: "idempotency",
      work: () =>
        whenClockIsRight(gate, () => gate.serving(caller(), { ...ask, register: "evidence" }, clearIdempotency)),
    },
  ];
}

/** Runs every piece of work; one that fails does not stop the others. Answers the names of those that failed. */
export async function runNightly(db: Db, works: readonly NightlyWork[]): Promise<string[]> {
  const failed: string[] = [];
  await alone(db, LOCK, async () => {
    for (const { name, work } of works)
      try {
        await work();
      } catch {
        failed.push(name);
      }
  });
  return failed;
}

/** A quarter of an hour after a start: whoever starts the machine in the morning has begun to work by then. */
const CATCH_UP_MS = 15 * 60_000;
const MISSED_MS = 26 * HOUR_MS;

/**
 * Every night at the same hour, and soon after a start where the last night was missed: a machine that is off at night would never clean up. `folder`
 * remembers the last one. Answers how to stop. `tell` gets a line when something failed.
 */
export function everyNight(
  db: Db,
  clock: Clock,
  works: readonly NightlyWork[],
  { folder, tell, catchUpMs = CATCH_UP_MS }: { folder: string; tell: (line: string) => void; catchUpMs?: number },
): () => void {
  const file = join(folder, "nightly.json");
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const plan = async () => {
    const now = clock.now();
    const next = new Date(now);
    next.setUTCHours(AT_HOUR, 0, 0, 0);
    if (next <= now) next.setUTCDate(next.getUTCDate() + 1);
    const missed = now.getTime() - (await lastNight(file)) > MISSED_MS;
    if (stopped) return;
    const wait = next.getTime() - now.getTime();
    timer = setTimeout(() => void run(), missed ? Math.min(wait, catchUpMs) : wait);
    timer.unref();
  };
  const run = async () => {
    const at = clock.now();
    const failed = await runNightly(db, works).catch(() => ["nightly"]);
    if (failed.length > 0) tell(`Nightly work failed: ${failed.join(", ")}`);
    // A night that cannot be remembered is one more, not one less.
    await writeFile(file, `${JSON.stringify({ at })}\n`, { mode: 0o600 }).catch(() => undefined);
    await plan();
  };
  void plan();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** Milliseconds; long ago where none is remembered. */
async function lastNight(file: string): Promise<number> {
  try {
    return new Date(JSON.parse(await readFile(file, "utf8")).at).getTime() || 0;
  } catch {
    return 0;
  }
}

const RETRY_MS = 60_000;

/**
 * Keys whose destroying failed are tried again until they are gone, not only at night: until then an old copy of a row opens. Answers how to stop.
 */
export const retryErasures = (gate: Gate, tell: (line: string) => void, everyMs = RETRY_MS): (() => Promise<void>) =>
  keepAt(
    () => replayErasures(gate),
    everyMs,
    (fails) =>
      tell(
        fails
          ? "Keys of erased data could not be destroyed; trying again every minute."
          : "Keys of erased data are destroyed.",
      ),
  );

/** Certificates come by themselves: soon after the last key has gone, and proven when the log has signed them. Answers how to stop. */
export const keepCertifying = (
  gate: Gate,
  copiesAfter: CopiesAfter,
  tell: (line: string) => void,
): (() => Promise<void>) =>
  keepAt(
    () => certifyErasures(gate, copiesAfter),
    RETRY_MS,
    (fails) =>
      tell(
        fails
          ? "Certificates of erasures could not be made; trying again."
          : "Certificates of erasures are made again.",
      ),
  );

/** Does the work again and again, never twice at once. `turned` hears when it begins to fail and when it is mended. What is under way at the stop is finished. */
function keepAt(work: () => Promise<unknown>, everyMs: number, turned: (fails: boolean) => void): () => Promise<void> {
  let failing = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    const fails = await work().then(
      () => false,
      () => true,
    );
    if (fails !== failing) turned(fails);
    failing = fails;
    running = undefined;
  };
  const timer = setInterval(() => {
    running ??= run();
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

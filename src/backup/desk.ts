// How the copies stand, as whoever looks after them sees it, and the two things that person can begin.
import type { Caller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { type BackupRun, backupRuns } from "../registers/evidence/backupRuns.ts";
import { addDays, dayInHelsinki } from "../values/Day.ts";
import { Problem } from "../values/problem.ts";
import type { Backup } from "./backup.ts";
import { dateOfStamp } from "./base.ts";
import { type Backups, DrillFacts, type KeptCopies, type Run } from "./contract.ts";
import type { Drill } from "./drill.ts";
import { drillStanding } from "./drillStanding.ts";
import { chapterDate } from "./journal/files.ts";
import { keyringNames } from "./keyringCopy.ts";
import { baseNames, filesPath } from "./manifest.ts";
import { periodsOn } from "./periods.ts";
import type { Shelf } from "./shelf.ts";
import { findTarget } from "./target.ts";

export type Desk = ReturnType<typeof openDesk>;

const LAST_DRILLS = 10;

export function openDesk({ gate, backup, drill }: { gate: Gate; backup: Backup; drill: Drill }) {
  let copying: { since: string } | null = null;

  async function look(): Promise<Backups> {
    // Read first: what ends while we look is still shown as going on, and what is shown as over is shown with its outcome.
    const under = { copying, drilling: drill.going() };
    const state = await backup.state();
    const now = gate.clock.now();
    const standing = await drillStanding(gate, drill);
    const last = (await backupRuns(gate, "drill", LAST_DRILLS)).map(told);
    const { journal, log } = state;
    return {
      ...{ target: state.target, operators: state.operators, lastBase: state.lastBase, lastAttempt: state.lastAttempt },
      ...{
        log,
        keyring: state.keyring,
        gap: state.gap,
        trouble: state.trouble,
        troubleFacts: state.troubleFacts,
        nextBaseAt: state.nextBaseAt,
      },
      journal: { at: journal.at, ageSeconds: journal.at === null ? null : secondsBetween(new Date(journal.at), now) },
      // In the same night, when the copy of that night stands.
      nextDrillAt: drill.drilled ? state.nextBaseAt : null,
      ...(await standingAt(now, log?.shippedAt ?? null)),
      drill: { state: standing.state, last },
      ...under,
    };
  }

  /** What stands at the target; nothing where it is away, which `trouble` tells. */
  async function standingAt(now: Date, shippedAt: string | null): Promise<Pick<Backups, "kept" | "bases">> {
    if (backup.target === null) return { kept: [], bases: [] };
    try {
      const { shelf } = await findTarget(backup.target.dir, gate.keys.installation);
      return await keptAt(shelf, now, shippedAt);
    } catch (error) {
      if (error instanceof Problem) return { kept: [], bases: [] };
      throw error;
    }
  }

  /** Who asked is in the log before anything begins. */
  const note = (caller: Caller, place: string): Promise<void> =>
    gate.serving(caller, { register: "evidence", verb: "change", place }, async () => undefined);

  return {
    /** Something is there to drill. */
    drilled: drill.drilled,
    look,
    /** Throws `backupNoTarget`. One copy at a time: whoever asks during one sees that one. */
    copy: async (caller: Caller): Promise<Backups> => {
      if (backup.target === null) throw new Problem("backupNoTarget", 409);
      if (copying === null) {
        await note(caller, "backups.copy");
        copying ??= { since: gate.clock.now().toISOString() };
        // What fails stands in the list of runs and is told by the notices.
        void backup
          .copyNow()
          .catch(() => undefined)
          .finally(() => {
            copying = null;
          });
      }
      return look();
    },
    /** Throws `backupNoTarget` and `drillOperators`. */
    drill: async (caller: Caller): Promise<Backups> => {
      drill.expectDrilled();
      if (drill.going() === null) {
        await note(caller, "backups.drill");
        void drill.run().catch(() => undefined);
      }
      return look();
    },
  };
}

const secondsBetween = (since: Date, now: Date): number =>
  Math.max(0, Math.round((now.getTime() - since.getTime()) / 1000));

function told({ startedAt, finishedAt, name, bytes, problem, problemFacts, facts }: BackupRun): Run {
  const known = DrillFacts.safeParse(facts);
  return {
    ...{ startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString(), name, bytes, problem },
    problemFacts: { ...problemFacts },
    facts: known.success ? known.data : null,
  };
}

async function keptAt(shelf: Shelf, now: Date, shippedAt: string | null): Promise<Pick<Backups, "kept" | "bases">> {
  const { databaseDays, keyringDays } = periodsOn(now);
  const names = await baseNames(shelf);
  const bases: Backups["bases"] = [];
  for (const name of names) {
    const at = dateOfStamp(name);
    const goneBy = addDays(dayInHelsinki(at), databaseDays);
    bases.push({ name, at: at.toISOString(), bytes: (await shelf.bytesOf(filesPath(name))) ?? 0, goneBy });
  }
  const keyrings = (await keyringNames(shelf)).map((name) => dateOfStamp(name.slice(0, -4)));
  const chapters = (await shelf.list("journal")).flatMap((name) => chapterDate(name) ?? []);
  let segments = 0;
  for (const timeline of await shelf.list("wal")) segments += (await shelf.list(`wal/${timeline}`)).length;
  const ends = (what: KeptCopies["what"], dates: readonly Date[], days: number): KeptCopies => ({
    ...{ what, count: dates.length, days },
    ...{ oldestAt: dates[0]?.toISOString() ?? null, newestAt: dates.at(-1)?.toISOString() ?? null },
  });
  const oldest = bases[0]?.at ?? null;
  return {
    kept: [
      ends("database", names.map(dateOfStamp), databaseDays),
      // Every change since the oldest base copy that needs it.
      { what: "writeAheadLog", count: segments, oldestAt: oldest, newestAt: shippedAt, days: databaseDays },
      ends("keyring", keyrings, keyringDays),
      ends("journal", chapters, databaseDays),
    ],
    bases: bases.reverse(),
  };
}

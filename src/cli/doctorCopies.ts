// Whether the register would come back: its copies, the last drill, and the log's anchors outside.
import type { BackupState } from "../backup/state.ts";
import { keptProblem } from "../server/problemWords.ts";
import type { Problem } from "../values/problem.ts";
import type { Examined } from "./examineCommands.ts";
import { type Finding, finding, good, look, momentOf } from "./finding.ts";
import { personsLanguage } from "./say.ts";

const problemIn = (folder: string, code: string, facts: Problem["facts"]): string =>
  keptProblem(personsLanguage(), code, { folder, ...facts });

export function backups(state: BackupState): Finding[] {
  const { target, operators, log, keyring, trouble, troubleFacts } = state;
  if (target === null) return [look("backup.none")];
  return [
    operators ? good("backup.operators") : base(state, target.dir),
    ...(log ? [carried(log)] : []),
    keyring.at ? good("backup.keyring", { at: momentOf(keyring.at) }) : look("backup.keyring.none"),
    ...(trouble ? [look("backup.trouble", { problem: problemIn(target.dir, trouble, troubleFacts) })] : []),
  ];
}

function base({ lastBase, lastAttempt, nextBaseAt }: BackupState, folder: string): Finding {
  const next = nextBaseAt === null ? "–" : momentOf(nextBaseAt);
  const failed = lastAttempt?.problem ?? null;
  const last = lastBase === null ? "no" : momentOf(lastBase.at);
  if (failed === null) return finding(lastBase !== null, "backup.last", { last, next });
  return look("backup.last.failed", {
    ...{ last, next },
    problem: problemIn(folder, failed, lastAttempt?.problemFacts ?? {}),
  });
}

const MOST_LAG_SECONDS = 60;

/** Only the server that runs knows since when nothing waits. */
function carried({ lagSeconds, waiting }: NonNullable<BackupState["log"]>): Finding {
  if (lagSeconds === null) return finding(waiting === 0, "backup.waiting.stopped", { waiting });
  return finding(lagSeconds < MOST_LAG_SECONDS, "backup.waiting", { waiting, seconds: lagSeconds });
}

/** Nothing where there is nothing to drill. */
export function drilled({ state, at, problem, problemFacts }: Examined["drill"], folder: string): Finding[] {
  if (state === "nothing") return [];
  if (state === "failed")
    return [
      look("drill.failed", {
        at: at === null ? "–" : momentOf(at),
        problem: problemIn(folder, problem ?? "drillFailed", problemFacts),
      }),
    ];
  if (state === "late") return [look("drill.late", { at: at === null ? "no" : momentOf(at) })];
  return [at === null ? good("drill.never") : good("drill", { at: momentOf(at) })];
}

const DAY_MS = 24 * 3600_000;
const MOST_DAYS = 7;

/** `at`: when the newest checkpoint went outside; the one in the data folder does not count. */
export function anchored(at: string | null, nowMs: number): Finding {
  if (at === null) return look("anchor.none");
  const days = Math.max(0, Math.floor((nowMs - Date.parse(at)) / DAY_MS));
  return finding(days <= MOST_DAYS, "anchor", { at: momentOf(at), days });
}

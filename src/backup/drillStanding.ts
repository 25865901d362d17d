// Whether it is shown that the copies can be restored: by the newest drill, and never by one that is older than two nights.
import type { Gate } from "../gate/gate.ts";
import { backupRuns } from "../registers/evidence/backupRuns.ts";
import type { Problem } from "../values/problem.ts";

/** `nothing`: no copies of ours to drill; `never`: none yet, and none was due; `late`: the newest good one is too old. */
export type DrillStanding = {
  readonly state: "nothing" | "never" | "good" | "failed" | "late";
  readonly problem: string | null;
  readonly problemFacts: Problem["facts"];
  readonly at: Date | null;
};

/** A night may be slept through, not two. */
const GOOD_MS = 48 * 3600_000;
const MOST_RUNS = 200;

/** `drilled`: a target is set and the database is ours. */
export async function drillStanding(gate: Gate, { drilled }: { drilled: boolean }): Promise<DrillStanding> {
  if (!drilled) return { state: "nothing", problem: null, problemFacts: {}, at: null };
  const now = gate.clock.now().getTime();
  const [last] = await backupRuns(gate, "drill", 1);
  if (last) {
    const state = last.problem !== null ? "failed" : now - last.finishedAt.getTime() > GOOD_MS ? "late" : "good";
    return { state, problem: last.problem, problemFacts: last.problemFacts, at: last.finishedAt };
  }
  const first = (await backupRuns(gate, "base", MOST_RUNS)).at(-1);
  const waits = first === undefined || now - first.startedAt.getTime() <= GOOD_MS;
  return { state: waits ? "never" : "late", problem: null, problemFacts: {}, at: null };
}

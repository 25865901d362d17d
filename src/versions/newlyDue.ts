// How many people a changed retention rule would make due at once, who are not due today.
import { type InForce, ruleOf } from "../description/inForce.ts";
import type { Description } from "../description/schema.ts";
import type { Gate } from "../gate/gate.ts";
import { underDescription } from "../gate/under.ts";
import { registerOfKind } from "../policy/decide.ts";
import { endedOn, type Job } from "../retention/due.ts";
import { dayInHelsinki } from "../values/Day.ts";
import type { Holds } from "./touched.ts";

/** By register (its id before) and category. `gate`: under the description before. */
export async function newlyDue(
  gate: Gate,
  after: InForce,
  holds: readonly Holds[],
): Promise<(register: string, category: string) => number> {
  const day = dayInHelsinki(gate.clock.now());
  const before = await endedOn(gate, day);
  const found = new Map<string, number>();
  for (const { kind, register, counts } of holds) {
    const there = registerOfKind(after.description, kind);
    if (there === undefined) continue;
    // Rows still stand under the rule they were sealed under: its id is given the clock of the rule that the category will have.
    const pairs = new Map(
      counts.flatMap(({ category, rule }) => {
        const next = ruleOf(after.description, there, category);
        return next === undefined ? [] : [[JSON.stringify([rule, next]), { rule, next }] as const];
      }),
    );
    for (const { rule, next } of pairs.values()) {
      const asked = { ...after, description: withClockOf(after.description, rule, next) };
      const ended = await endedOn(underDescription(gate, asked), day);
      for (const { category } of counts.filter((count) => count.rule === rule)) {
        if (ruleOf(after.description, there, category) !== next) continue;
        const already = dueSubjects(before, kind, rule, category);
        const now = dueSubjects(ended, kind, rule, category);
        const key = `${register} ${category}`;
        found.set(key, (found.get(key) ?? 0) + [...now].filter((subject) => !already.has(subject)).length);
      }
    }
  }
  return (register, category) => found.get(`${register} ${category}`) ?? 0;
}

function withClockOf(after: Description, rule: string, next: string): Description {
  const clock = after.retention[next];
  return { ...after, retention: clock ? { [rule]: clock } : {} };
}

const dueSubjects = (jobs: readonly Job[], kind: string, rule: string, category: string): Set<string> =>
  new Set(
    jobs
      .filter(
        (job) => job.kind === kind && job.ends.some((end) => end.rule === rule && end.categories.includes(category)),
      )
      .map(({ subject }) => subject),
  );

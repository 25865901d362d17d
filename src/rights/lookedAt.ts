// Who has looked at a person's data: days, roles and purposes, as the person would be told (CJEU C-579/21); no colleague's name.
import type { Steps } from "../gate/gate.ts";
import { actsOn } from "../registers/evidence/seen.ts";
import { type Day, dayInHelsinki } from "../values/Day.ts";

export type LookedAt = {
  day: Day;
  role: string;
  system: boolean;
  own: boolean;
  purpose: string;
  verb: string;
  categories: string[];
  times: number;
};

const MOST_LINES = 500;

/** Newest first; what one role did on one day for one purpose is one line. */
export async function lookedAt(steps: Steps): Promise<LookedAt[]> {
  const lines = new Map<string, LookedAt>();
  for (const { at, roles, verb, purpose, categories, system, own } of await actsOn(steps)) {
    const day = dayInHelsinki(at);
    const role = roles.join(", ");
    const key = [day, role, system, own, purpose, verb].join("|");
    const line = lines.get(key) ?? { day, role, system, own, purpose: purpose ?? "", verb, categories: [], times: 0 };
    if (!lines.has(key) && lines.size >= MOST_LINES) break;
    const all = new Set([...line.categories, ...categories]);
    lines.set(key, { ...line, categories: [...all], times: line.times + 1 });
  }
  return [...lines.values()];
}

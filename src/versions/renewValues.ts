// After persons' keys have got new versions: what stands under former ones is sealed anew, a subject at a time, so that what a crash leaves is whole,
// readable, and found by the next run. The former keys stay: `collectKeys` destroys them when no copy of the database needs them.
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { kinds, registers } from "../registers/all.ts";
import type { Register } from "../registers/register.ts";
import { Problem } from "../values/problem.ts";

/** Answers of how many subjects something was sealed anew. Reasons in the log stay as they were sealed: the log is never changed. */
export async function renewValues(gate: Gate): Promise<number> {
  const former = new Map<string, string>();
  for (const { id, subject, current } of gate.keys.list()) if (!current) former.set(id, subject);
  let renewed = 0;
  for (const register of registers) {
    if (!register.renew) continue;
    const subjects = new Set<string>();
    await register.keysInUse(gate, (page) => {
      for (const { key } of page) {
        const subject = former.get(key);
        if (subject !== undefined) subjects.add(subject);
      }
    });
    for (const subject of subjects) if (await renewOne(gate, register, subject, (key) => former.has(key))) renewed += 1;
  }
  return renewed;
}

/** False where the subject has been erased since, or the description has no such register any more: its rows stay under the keys they have. */
async function renewOne(
  gate: Gate,
  { name, renew }: Register,
  subject: string,
  isFormer: (key: string) => boolean,
): Promise<boolean> {
  const caller = systemCaller("version");
  const right = { right: "resealing", verb: "change", subject } as const;
  const on =
    name === "staff" || name === "requests"
      ? { ...right, kinds: [], beside: name }
      : { ...right, kinds: kinds.filter((kind) => kind === name) };
  return gate
    .right(caller, on, async (steps) => renew?.(steps, isFormer))
    .then(
      () => true,
      (error) => {
        if (error instanceof Problem && error.code === "notFound") return false;
        throw error;
      },
    );
}

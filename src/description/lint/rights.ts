// What a person can ask: all that the law gives, in the law's time, and somebody carries it out.
import type { Description } from "../schema.ts";
import { Keep, type RightKind } from "../terms.ts";
import { error, type Lint, warning } from "./issue.ts";
import { monthsAtLeast } from "./retention.ts";

/** GDPR Art. 12(3): one month, and two more when needed. */
const TIMED: readonly RightKind[] = ["access", "rectification", "erasure", "restriction", "portability", "objection"];

export const rights: Lint = function* (d) {
  for (const right of due(d)) if (!d.rights[right]) yield error("rightMissing", ["rights"], { right });
  for (const right of TIMED) {
    const declared = d.rights[right];
    if (!declared) continue;
    const path = ["rights", right];
    if (monthsAtLeast(declared.deadline) > 1) yield error("deadlineTooLong", [...path, "deadline"], { right });
    if (declared.extension !== undefined && monthsAtLeast(declared.extension) > 2)
      yield error("deadlineTooLong", [...path, "extension"], { right });
    if (!Object.values(d.roles).some((role) => role.rights.includes(right)))
      yield error("rightWithoutRole", path, { right });
  }
  const kept = new Set<string>(Object.values(d.roles).flatMap((role) => role.keeps));
  for (const task of Keep.options) if (!kept.has(task)) yield warning("nobodyKeeps", ["roles"], { task });
};

/** Art. 13(2)(b)–(d): which rights a notice has to name follows from the bases in use. */
function due(d: Description): RightKind[] {
  const bases = new Set(Object.values(d.purposes).map((purpose) => purpose.legalBasis));
  const always: RightKind[] = ["information", "access", "rectification", "erasure", "restriction", "complaint"];
  if (bases.has("consent")) always.push("withdrawal");
  if (bases.has("consent") || bases.has("contract")) always.push("portability");
  if (bases.has("legitimateInterest") || bases.has("publicTask")) always.push("objection");
  return always;
}

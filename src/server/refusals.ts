// What a refusal's answer tells beside its sentence: whose decision it is and whom to ask. Nothing of a person: the same for everybody of the same roles.
import type { ContractAct } from "../api/contract.ts";
import type { Description } from "../description/schema.ts";
import { RightKind, UNKNOWN } from "../description/terms.ts";
import { type Decider, deciderOf, rolesThatMay } from "../policy/why.ts";
import type { Problem } from "../values/problem.ts";

export type RefusalTold = {
  decider: Decider;
  /** Roles that may do the act; empty where a limit of safety refused, which is everybody's. */
  roles: readonly string[];
  /** Who answers for data protection, by the description; null where it does not know. */
  responsible: string | null;
};

const REFUSED = "refused.";

/** undefined: the problem is no refusal of the description's or of safety's. */
export function refusalOf(
  description: Description,
  act: ContractAct | undefined,
  { code, status, facts }: Problem,
  purpose: string | undefined,
): RefusalTold | undefined {
  const byPolicy = code.startsWith(REFUSED);
  if (!byPolicy && status !== 403) return undefined;
  const { name } = description.responsiblePerson;
  const responsible = name === UNKNOWN ? null : name;
  if (!byPolicy || !act || "none" in act || "public" in act) return { decider: "safetyLimit", roles: [], responsible };
  const place = String(facts.place ?? "");
  const category = typeof facts.category === "string" && facts.category !== "" ? facts.category : undefined;
  const asked = "requests" in act ? { right: rightAt(place) } : "register" in act ? { ...act, category } : act;
  const decider = deciderOf(code.slice(REFUSED.length), place);
  return { decider, roles: rolesThatMay(description, asked, purpose), responsible };
}

/** Of a refusal on the book of requests: the right that its place names; the list of all of them is for whoever gives access. */
function rightAt(place: string): RightKind {
  const named = RightKind.safeParse(place.replace(/^rights\./, ""));
  return named.success ? named.data : "access";
}

// Why something is refused or not shown: which rule, whose decision, where the description says so, and whose role may do it. Asked of `decide` itself,
// so that no second list of rules can tell another story. Pure; speaks of roles and of the description, never of a person.
import type { Description } from "../description/schema.ts";
import type { RegisterKind, RightKind, Verb } from "../description/terms.ts";
import {
  type Actor,
  type Condition,
  type Decision,
  decide,
  decideFlow,
  decideKeeping,
  decideRight,
  flowBetween,
  type Keeping,
  type Reason,
  registerOfKind,
} from "./decide.ts";
import { type ActShape, actInUse } from "./inUse.ts";

/** An act as a contract names it; `category`: with that one category of data. */
export type Question =
  | { verb: Verb; register: RegisterKind; category?: string | undefined }
  | { flow: { from: RegisterKind; to: RegisterKind } }
  | { right: RightKind }
  | { keeps: Keeping; verb: "read" | "change" };

/** `role`: the description, by what it gives the roles one has. `description`: the same for every role. `person`: the one whose data it is. */
export type Decider = "law" | "description" | "role" | "person" | "safetyLimit";

export type WhyNot = {
  /** `notUsed`: the description in force has nothing of the kind, for anybody. */
  reason: Reason | "notUsed";
  decider: Decider;
  /** The element of the description. */
  place: string;
  /** Those who may, in the description's order; empty: nobody. */
  roles: readonly string[];
  /** Purposes under which the asker may do it after all, in the description's order. */
  purposes: readonly string[];
};
/** People whom an act that is allowed does not reach: those who have restricted, objected or not consented. */
export type Unless = { kind: Condition["kind"]; decider: "person"; place: string; roles: readonly string[] };

/** null: the actor may. */
export function whyNot(description: Description, actor: Actor, asked: Question, purpose?: string): WhyNot | null {
  if (!actInUse(description, shapeOf(asked))) {
    const place = placeOfNothing(description, asked);
    return { reason: "notUsed", decider: "description", place, roles: [], purposes: [] };
  }
  const decision = answer(description, actor, asked, purpose);
  if (decision.outcome === "allowed") return null;
  const { reason, place } = decision;
  const purposes = Object.keys(description.purposes).filter(
    (other) => other !== purpose && answer(description, actor, asked, other).outcome === "allowed",
  );
  const roles = rolesThatMay(description, asked, purpose);
  return { reason, decider: deciderOf(reason, place), place, roles, purposes: "verb" in asked ? purposes : [] };
}

/** The register's categories that an act which is allowed does not reach, each with its reason. */
export function closedCategories(
  description: Description,
  actor: Actor,
  asked: Question,
  purpose?: string,
): { category: string; why: WhyNot }[] {
  if (!("register" in asked) || whyNot(description, actor, asked, purpose) !== null) return [];
  const id = registerOfKind(description, asked.register);
  const categories = (id === undefined ? undefined : description.registers[id]?.categories) ?? [];
  return categories.flatMap((category) => {
    const why = whyNot(description, actor, { ...asked, category }, purpose);
    return why === null ? [] : [{ category, why }];
  });
}

/** The conditions on the person under which an act that is allowed finds them. */
export function unless(description: Description, actor: Actor, asked: Question, purpose?: string): Unless[] {
  const decision = answer(description, actor, asked, purpose);
  if (decision.outcome === "refused") return [];
  return decision.conditions.map((condition) => ({
    kind: condition.kind,
    decider: "person",
    place: placeOfCondition(description, condition),
    roles: Object.keys(description.roles).filter((role) => reachesAll(description, role, asked, condition)),
  }));
}

/** Whose role may do it for the purpose; where nobody's may, for any. */
export function rolesThatMay(description: Description, asked: Question, purpose?: string): string[] {
  const all = Object.keys(description.roles);
  const may = (role: string, given?: string) => answer(description, inRole(role), asked, given).outcome === "allowed";
  const same = all.filter((role) => may(role, purpose));
  if (same.length > 0) return same;
  return all.filter((role) => Object.keys(description.purposes).some((other) => may(role, other)));
}

/** Whose decision a refusal is. */
export function deciderOf(reason: string, place: string): Decider {
  if (reason === "identityCodeGround") return "law";
  if (reason === "channelRisk") return "safetyLimit";
  const byRole = ["noRole", "purposeNotHeld", "flowNotByRole", "rightNotByRole", "keepingNotByRole"].includes(reason);
  return byRole || (reason === "categoryNotAllowed" && place.startsWith("roles.")) ? "role" : "description";
}

const inRole = (role: string): Actor => ({ kind: "staff", id: role, roles: [role] });

/** The gate's own questions to the policy. */
function answer(description: Description, actor: Actor, asked: Question, purpose?: string): Decision {
  if ("keeps" in asked) return decideKeeping(description, actor, asked.keeps, asked.verb);
  if ("right" in asked) {
    // A right reaches every register alike.
    const [register = ""] = Object.keys(description.registers);
    return decideRight(description, { actor, register, right: asked.right, verb: "read" });
  }
  if ("flow" in asked) {
    const flow = flowBetween(description, asked.flow.from, asked.flow.to) ?? "";
    return decideFlow(description, flow, { actor });
  }
  const register = registerOfKind(description, asked.register) ?? "";
  const act = { actor, register, verb: asked.verb, purpose };
  if (asked.category === undefined) return decide(description, act);
  const one = { ...act, categories: [asked.category] };
  const plain = decide(description, one);
  if (plain.outcome === "allowed" || plain.reason !== "identityCodeGround") return plain;
  // Whoever may write the code with a ground may write it: the ground is chosen with it.
  const grounds = description.categories[asked.category]?.grounds ?? [];
  const grounded = grounds.map((identityCodeGround) => decide(description, { ...one, identityCodeGround }));
  return grounded.find(({ outcome }) => outcome === "allowed") ?? plain;
}

const shapeOf = (asked: Question): ActShape => asked;

/** Where it would stand, were it there. */
function placeOfNothing(description: Description, asked: Question): string {
  if ("flow" in asked) return "flows";
  if ("right" in asked) return description.rights[asked.right] ? `rights.${asked.right}` : "rights";
  if ("keeps" in asked) return "roles";
  return registerOfKind(description, asked.register) === undefined ? "registers" : "roles";
}

function placeOfCondition(description: Description, condition: Condition): string {
  if (condition.kind === "consented") return `purposes.${condition.purpose}.ground`;
  const right = condition.kind === "notRestricted" ? "restriction" : "objection";
  return description.rights[right] ? `rights.${right}` : "rights";
}

/** Whether the role may do the same for a purpose that does not ask the condition: whoever answers people's requests finds everybody. */
const reachesAll = (description: Description, role: string, asked: Question, { kind }: Condition): boolean =>
  Object.keys(description.purposes).some((purpose) => {
    const decision = answer(description, inRole(role), asked, purpose);
    return decision.outcome === "allowed" && !decision.conditions.some((other) => other.kind === kind);
  });

// What of the program the description in force uses: a route whose act nobody may do is not served, and the printed description lists what can really happen.
import type { Description } from "../description/schema.ts";
import type { RegisterKind, RightKind, SourceKind, Verb } from "../description/terms.ts";
import { flowBetween, type Keeping, registerOfKind } from "./decide.ts";

export type ActShape =
  | { verb: Verb; register: RegisterKind }
  | { flow: { from: RegisterKind; to: RegisterKind } }
  | { right: RightKind }
  | { keeps: Keeping; verb: "read" | "change" }
  | { requests: Verb }
  | { public: SourceKind; register: RegisterKind }
  | { none: string };

export function actInUse(description: Description, act: ActShape): boolean {
  const roles = Object.values(description.roles);
  if ("none" in act) return true;
  if ("flow" in act) return flowBetween(description, act.flow.from, act.flow.to) !== undefined;
  if ("right" in act)
    return description.rights[act.right] !== undefined && roles.some((role) => role.rights.includes(act.right));
  if ("requests" in act)
    return roles.some(({ rights }) => rights.some((right) => description.rights[right] !== undefined));
  if ("keeps" in act)
    return roles.some(
      ({ keeps, inspects }) => keeps.includes(act.keeps) || (act.verb === "read" && inspects.includes(act.keeps)),
    );
  const register = registerOfKind(description, act.register);
  if (register === undefined) return false;
  if ("public" in act)
    return Object.values(description.sources).some(
      (source) => source.kind === act.public && (source.registers === undefined || source.registers.includes(register)),
    );
  return roles.some((role) => role.may.some((may) => may.register === register && may.verbs.includes(act.verb)));
}

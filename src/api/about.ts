// How the log names an act that was refused before the gate could decide it.
import type { Description } from "../description/schema.ts";
import { registerOfKind } from "../policy/decide.ts";
import type { ContractAct } from "./contract.ts";

export type Named = { about: { verb: string; register: string; right?: string }; place: string };

export function aboutOf(description: Description, act: ContractAct): Named {
  if ("none" in act || "public" in act) return { about: { verb: "change", register: "staff" }, place: "roles" };
  if ("right" in act)
    return { about: { verb: "read", register: "rights", right: act.right }, place: `rights.${act.right}` };
  if ("keeps" in act) return { about: { verb: act.verb, register: act.keeps }, place: "roles" };
  if ("requests" in act) return { about: { verb: act.requests, register: "requests" }, place: "rights" };
  const kind = "flow" in act ? act.flow.from : act.register;
  const register = registerOfKind(description, kind) ?? kind;
  return { about: { verb: "flow" in act ? "disclose" : act.verb, register }, place: `registers.${register}` };
}

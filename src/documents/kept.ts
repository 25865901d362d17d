// Which control keeps which statement. A statement is enforced only where code refuses the opposite; when in doubt it is declared only.
import type { Description, FlowOf } from "../description/schema.ts";
import type { ControlName } from "../description/terms.ts";
import type { ControlState, InUse, Kept, Printing, ProofState } from "./model.ts";
import type { Say } from "./say.ts";

export type Keeping = readonly ControlName[] | "declared" | "outside";

/** Statement kind -> the controls that keep it where the statement is about something inside Tietovirta. */
export const CONTROLS = {
  sourcesClosed: ["declaredSources"],
  ownCardOfOneself: ["declaredSources", "ownCard"],
  categoryFromSources: ["declaredSources"],
  identityCodeGround: ["identityCodeGround"],
  consentBeforeUse: ["consentRecorded"],
  systemRisk: ["systemsRisk"],
  openChannelRisk: ["systemsRisk"],
  purposeBound: ["purposeByRole"],
  roleSignsIn: ["accessByRole"],
  roleOnTwoFactors: ["accessByRole", "twoFactors"],
  roleMay: ["accessByRole", "categoriesByRole", "purposeByRole"],
  flowsClosed: ["declaredFlows"],
  flowInside: ["declaredFlows"],
  flowSecureMail: ["declaredFlows", "secureChannel"],
  retentionEnds: ["retentionRun"],
  erasureErases: ["erasureOnRequest"],
  erasureRestricts: ["erasureOnRequest", "restrictionHides"],
  rightOfAccess: ["accessPackage"],
  rightOfErasure: ["erasureOnRequest"],
  rightsInTime: ["requestsInTime"],
} as const satisfies Record<string, readonly ControlName[]>;

/** Stands on a register that the program holds. */
export const isInside = (description: Description, inUse: InUse, register: string): boolean => {
  const kind = description.registers[register]?.kind;
  return kind !== undefined && inUse.registers.includes(kind) && hasBuiltIn(description, register);
};
const hasBuiltIn = (description: Description, register: string): boolean =>
  (description.registers[register]?.systems ?? []).some((id) => description.systems[id]?.kind === "builtIn");

/** A register that lives in no built-in system is outside; one that should live there but has no code yet is only declared. */
export const keepingOfRegister = (
  description: Description,
  inUse: InUse,
  register: string,
  controls: readonly ControlName[],
): Keeping => {
  if (isInside(description, inUse, register)) return controls;
  return hasBuiltIn(description, register) ? "declared" : "outside";
};

/** A flow is kept by the program only when the program carries it: from a register it holds, over a channel it has. */
export function keepingOfFlow(description: Description, inUse: InUse, flow: FlowOf): Keeping {
  const fromInside = "register" in flow.from && isInside(description, inUse, flow.from.register);
  if (!fromInside || !inUse.channels.includes(flow.channel)) return "outside";
  if (flow.channel === "secureMail") return CONTROLS.flowSecureMail;
  if (flow.channel !== "internal") return CONTROLS.flowInside;
  return "register" in flow.to && isInside(description, inUse, flow.to.register) ? CONTROLS.flowInside : "outside";
}

/** Some role may use the purpose on a register that the program holds. */
export const isPurposeInside = (description: Description, inUse: InUse, purpose: string): boolean =>
  Object.values(description.roles).some((role) =>
    role.may.some((each) => each.purposes.includes(purpose) && isInside(description, inUse, each.register)),
  );

/** A category is held in some register of the program's own. */
export const isCategoryInside = (description: Description, inUse: InUse, category: string): boolean =>
  Object.entries(description.registers).some(
    ([id, register]) => register.categories.includes(category) && isInside(description, inUse, id),
  );

export function keep(keeping: Keeping, printing: Printing, { w, moment }: Say): Kept {
  if (typeof keeping === "string") return { how: keeping, words: w(`kept.${keeping}`) };
  const controls = keeping.map((name): ControlState => {
    const proof = printing.proofs[name];
    return { name, label: w(`control.${name}`), state: proof.state, at: proof.at };
  });
  const state = worst(controls);
  const shown = controls.filter((control) => control.state === state);
  const names = shown.map((control) => control.label).join(", ");
  const earliest = shown.flatMap(({ at }) => at ?? []).sort()[0];
  const at = earliest === undefined ? "" : moment(earliest);
  const dated = earliest === undefined ? "no" : "yes";
  return { how: "enforced", state, controls, words: w(`kept.enforced.${state}`, { controls: names, at, dated }) };
}

export function keepByTask(every: string | null, roles: readonly string[], { w, list, period }: Say): Kept {
  const words = w(every === null ? "kept.task.onRequest" : "kept.task.every", {
    roles: list(roles),
    every: every === null ? "" : period(every, "every"),
  });
  return { how: "task", every, roles, words };
}

const ORDER: readonly ProofState[] = ["failed", "notYet", "proven", "nothing"];
const worst = (controls: readonly ControlState[]): ProofState =>
  ORDER.find((state) => controls.some((control) => control.state === state)) ?? "notYet";

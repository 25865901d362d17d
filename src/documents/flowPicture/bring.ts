// Whether a source may bring anything into a register: asked of the policy itself, so that the picture can never show what the program refuses.
import type { Description } from "../../description/schema.ts";
import { decide } from "../../policy/decide.ts";

export const mayBring = (description: Description, source: string, register: string): boolean =>
  broughtFor(description, source, register).length > 0;

/** What for the source may bring something into the register: purposes, in the description's order. */
export function broughtFor(description: Description, source: string, register: string): string[] {
  const roles = Object.keys(description.roles).map((role) => ({ kind: "staff" as const, id: "staff", roles: [role] }));
  const themselves = { kind: "subject" as const, id: "subject", source };
  // Only a form is filled in by the person; whatever else a person says somebody of the company writes down.
  const actors = description.sources[source]?.kind === "webForm" ? [...roles, themselves] : roles;
  return Object.keys(description.purposes).filter((purpose) =>
    actors.some(
      (actor) => decide(description, { actor, purpose, register, verb: "collect", source }).outcome === "allowed",
    ),
  );
}

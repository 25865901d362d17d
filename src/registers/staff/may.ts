// What the roles of one person may do, in the words the web asks in; the same questions to the policy as the gate's.
import type { Description } from "../../description/schema.ts";
import { Keep, type PurposeKind, RegisterKind, RightKind, Verb } from "../../description/terms.ts";
import { inLanguage } from "../../description/text.ts";
import { type Actor, decide, decideKeeping, type Keeping, registerOfKind } from "../../policy/decide.ts";
import type { Language } from "../../values/Language.ts";

const KEEPINGS: readonly Keeping[] = Keep.options;

/**
 * "read customers", "read customers phone" (a category, under the purpose the gate would choose), "flow customers invoices", "right erasure", "keeps audit read".
 * With a `purpose`: under that one, and nothing it does not cover.
 */
export function mayList(description: Description, actor: Actor, purpose?: string): string[] {
  const roles = "roles" in actor ? actor.roles : [];
  // What could be done once a ground is given: the screen shows the field for an identity code before anybody has chosen one.
  const named = Object.values(description.categories).flatMap((category) => category.grounds ?? []);
  const grounds = [undefined, ...new Set(named)];
  const acts = RegisterKind.options.flatMap((kind) => {
    const register = registerOfKind(description, kind);
    if (register === undefined) return [];
    return Verb.options.flatMap((verb) =>
      grounds.flatMap((identityCodeGround) => {
        const decision = decide(description, { actor, register, verb, purpose, identityCodeGround });
        if (decision.outcome === "refused") return [];
        return [`${verb} ${kind}`, ...decision.categories.map((category) => `${verb} ${kind} ${category}`)];
      }),
    );
  });
  const kindOf = (end: Description["flows"][string]["from"]) =>
    "register" in end ? description.registers[end.register]?.kind : undefined;
  const flows = Object.values(description.flows).flatMap((flow) => {
    const [from, to] = [kindOf(flow.from), kindOf(flow.to)];
    return from && to && flow.by.some((role) => roles.includes(role)) ? [`flow ${from} ${to}`] : [];
  });
  const rights = RightKind.options
    .filter((right) => description.rights[right] && roles.some((id) => description.roles[id]?.rights.includes(right)))
    .map((right) => `right ${right}`);
  const kept = KEEPINGS.flatMap((what) =>
    (["read", "change"] as const)
      .filter((verb) => decideKeeping(description, actor, what, verb).outcome === "allowed")
      .map((verb) => `keeps ${what} ${verb}`),
  );
  return [...new Set([...acts, ...flows, ...rights, ...kept])];
}

/** Purposes that the roles hold for any register, in the description's order. */
export function purposesHeld(
  description: Description,
  roles: readonly string[],
  language: Language,
): { id: string; label: string; kind: PurposeKind }[] {
  const held = new Set(
    roles.flatMap((role) => description.roles[role]?.may ?? []).flatMap((permission) => permission.purposes),
  );
  return Object.entries(description.purposes).flatMap(([id, { kind, label }]) =>
    held.has(id) ? [{ id, label: inLanguage(description, label, language), kind }] : [],
  );
}

// What the public form asks: decided by the description, as every other act. Never high-risk data: a public page is no place for it.
import type { Description } from "../../description/schema.ts";
import type { CategoryType, ChannelKind } from "../../description/terms.ts";
import { inLanguage } from "../../description/text.ts";
import { type Actor, decide, registerOfKind } from "../../policy/decide.ts";
import { type Field, fieldsOf } from "../../registers/customers/fields.ts";
import { consentsOffered } from "../../registers/permissions/offered.ts";
import type { Day } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";

export type FormField = Field & { label: string };
export type FormConsent = {
  id: string;
  purpose: string;
  channels: readonly ChannelKind[];
  version: number;
  text: string;
};
export type FormOffer = {
  source: string;
  register: string;
  actor: Actor;
  fields: readonly FormField[];
  consents: readonly FormConsent[];
};

/** What a person may write themselves on a page of ours. */
export const ASKABLE: ReadonlySet<CategoryType> = new Set([
  "name",
  "email",
  "phone",
  "billingAddress",
  "deliveryAddress",
  "text",
  "longText",
]);

/** null where the description has no web form that brings customers. */
export function offerOf(description: Description, language: Language, today: Day): FormOffer | null {
  const register = registerOfKind(description, "customers");
  const source = Object.keys(description.sources).find((id) => {
    const declared = description.sources[id];
    const brings =
      declared?.registers === undefined || (register !== undefined && declared.registers.includes(register));
    return declared?.kind === "webForm" && brings;
  });
  if (register === undefined || source === undefined) return null;
  const actor: Actor = { kind: "subject", id: "subject", source };
  const decision = decide(description, { actor, register, verb: "collect", source, subjectKind: "person" });
  if (decision.outcome === "refused") return null;
  const group = register && description.registers[register]?.subjects.map((id) => description.subjects[id]);
  const ofPerson = (category: string) =>
    (group || []).some((of) => of?.kind === "person" && (of.categories?.includes(category) ?? true));
  const fields = fieldsOf(description, register).flatMap((field) => {
    const { category, type } = field;
    const declared = description.categories[category];
    const asked = decision.categories.includes(category) && declared?.risk === "low" && ASKABLE.has(type);
    if (!asked || !declared || !ofPerson(category)) return [];
    return [{ ...field, label: inLanguage(description, declared.label, language) }];
  });
  const consents = consentsOffered(description, source, today).map(({ id, declared, wording }) => ({
    ...{ id, purpose: declared.purpose, channels: declared.channels, version: wording.version },
    text: inLanguage(description, wording.text, language),
  }));
  return { source, register, actor, fields, consents };
}

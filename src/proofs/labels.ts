// Words of the description that pages show beside ids, in one language.
import type { z } from "zod";
import type { Description, Text } from "../description/schema.ts";
import { inLanguage } from "../description/text.ts";
import { formNotice } from "../documents/short.ts";
import { registerOfKind } from "../policy/decide.ts";
import { fieldsOf } from "../registers/customers/fields.ts";
import type { Language } from "../values/Language.ts";
import type { readLabels } from "./contract.ts";

export function labelsOf(description: Description, language: Language): z.input<typeof readLabels.response> {
  const labels = (of: Readonly<Record<string, { label: Text }>>) =>
    Object.fromEntries(Object.entries(of).map(([id, { label }]) => [id, inLanguage(description, label, language)]));
  const fields = fieldsOf(description, registerOfKind(description, "customers") ?? "");
  const own = new Set(fields.filter(({ fixed }) => fixed === null).map(({ category }) => category));
  return {
    version: description.version,
    company: description.controller.name,
    registers: labels(description.registers),
    categories: Object.fromEntries(
      Object.entries(description.categories).map(([id, { label, type, risk, givenBy, grounds = [] }]) => [
        id,
        { label: inLanguage(description, label, language), type, risk, own: own.has(id), givenBy, grounds },
      ]),
    ),
    purposes: labels(description.purposes),
    roles: labels(description.roles),
    sources: Object.fromEntries(
      Object.entries(description.sources).map(([id, { label, kind }]) => [
        id,
        {
          label: inLanguage(description, label, language),
          kind,
          spoken: [...formNotice(description, id, language).spoken],
        },
      ]),
    ),
    systems: labels(description.systems),
    flows: labels(description.flows),
    holds: labels(description.holds),
    warranty: description.warranty?.period ?? null,
    retention: Object.fromEntries(
      Object.entries(description.retention).map(([id, { ground }]) => [id, inLanguage(description, ground, language)]),
    ),
  };
}

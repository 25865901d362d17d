// The company's own words for what the description names.
import type { Description, Text } from "../description/schema.ts";
import { inLanguage } from "../description/text.ts";
import type { Labels } from "../documents/access.ts";
import { hasRightsWord, rightsWords } from "../documents/rightsWords.ts";
import type { Language } from "../values/Language.ts";

/** The company's own labels for the page. */
export function labelsOf(description: Description, language: Language): Labels {
  const all = (of: Readonly<Record<string, { label: Text }>>) =>
    Object.fromEntries(Object.entries(of).map(([id, { label }]) => [id, inLanguage(description, label, language)]));
  const { categories, sources, purposes, roles, registers: held } = description;
  return {
    categories: all(categories),
    sources: all(sources),
    purposes: all(purposes),
    roles: all(roles),
    registers: all(held),
  };
}

export function labelIn(
  description: Description,
  of: Readonly<Record<string, { label: Text }>>,
  id: string,
  language: Language,
): string {
  const found = Object.hasOwn(of, id) ? of[id] : undefined;
  if (found) return inLanguage(description, found.label, language);
  return hasRightsWord(`category.${id}`) ? rightsWords(language)(`category.${id}`) : id;
}

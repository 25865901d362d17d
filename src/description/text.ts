import type { Language } from "../values/Language.ts";
import type { Description, Text } from "./schema.ts";

/** The company's own words in a language; else in its first language; else in any it has. */
export function inLanguage({ languages: [first] }: Description, text: Text, language?: Language): string {
  if (typeof text === "string") return text.trim();
  const chosen = (language && text[language]) ?? (first && text[first]) ?? text.fi ?? text.sv ?? text.en ?? "";
  return chosen.trim();
}

/** The languages the product speaks. Swedish is that of Finland. */
export type Language = "fi" | "sv" | "en";

export const languages: readonly Language[] = ["fi", "sv", "en"];

export function isLanguage(text: string): text is Language {
  return languages.some((language) => language === text);
}

/** BCP 47 locale for Intl: numbers, plurals and names as they are written in Finland. */
export function localeOf(language: Language): string {
  return { fi: "fi-FI", sv: "sv-FI", en: "en-GB" }[language];
}

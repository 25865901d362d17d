// What the pages say, by the keys of their sentences: one journey is walked in every language.
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Language } from "../src/values/Language.ts";
import { makeWords, type Words } from "../src/values/words.ts";

/** Sentences of an area in a language; those of the web by default. */
export const wordsOf = (language: Language, area = "web"): Words =>
  makeWords(
    JSON.parse(readFileSync(new URL(`../locales/${language}/${area}.json`, import.meta.url), "utf8")),
    language,
  );

/** The few things one does on a page, in its words. */
export function doing(page: Page, t: Words) {
  return {
    heading: (name: string | RegExp) => page.getByRole("heading", { name, level: 1 }).waitFor(),
    /** A door of the main menu. */
    goTo: (key: string) =>
      page
        .getByRole("navigation", { name: t("nav.label") })
        .getByRole("link", { name: t(key), exact: true })
        .click(),
    press: (key: string) => page.getByRole("button", { name: t(key), exact: true }).click(),
    follow: (key: string) =>
      page
        .getByRole("link", { name: t(key), exact: true })
        .first()
        .click(),
    fill: (key: string, text: string) => page.getByLabel(t(key), { exact: true }).first().fill(text),
    see: (text: string | RegExp) => page.getByText(text).first().waitFor(),
  };
}

// What every page must be: accessible, no wider than the screen, with one heading and a name, in the language it says it is.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The page has come to rest: its heading is there and nothing is on its way. */
export async function settle(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(
    () => document.querySelector("[aria-busy]") === null && document.title !== "Tietovirta",
    undefined,
    { polling: 30 },
  );
}

/** What axe finds, all its rules, in words. */
export async function axeFaults(page: Page): Promise<string[]> {
  // By the debugger's door: the content policy stays in force and lets nothing else in.
  await page.evaluate(AXE);
  const { violations }: AxeResults = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'], iframes: false })",
  );
  return violations.map(
    ({ id, impact, nodes }) =>
      `${id} (${impact}): ${nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ""}`).join(" | ")}`,
  );
}

/** One heading, a name, the language it says, and no wider than the screen; faults in words. */
export const formFaults = (page: Page, language: string): Promise<string[]> =>
  page.evaluate((lang) => {
    const { documentElement: html, title } = document;
    const said: string[] = [];
    if (html.scrollWidth > html.clientWidth) {
      const wide = [...document.querySelectorAll("body *")].filter(
        (one) => one.getBoundingClientRect().right > html.clientWidth + 1,
      );
      const where = wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
      said.push(`scrolls sideways: ${html.scrollWidth} > ${html.clientWidth}: ${where.join(" | ")}`);
    }
    const headings = document.querySelectorAll("h1").length;
    if (headings !== 1) said.push(`${headings} headings of the first level`);
    if (!/.+ · Tietovirta$/.test(title)) said.push(`the title is "${title}"`);
    if (html.lang !== lang) said.push(`lang is "${html.lang}"`);
    return said;
  }, language);

/** Everything that can be read or heard on the page, piece by piece. */
export const wordsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [document.title.replace(" · Tietovirta", "")];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      // Languages are named in themselves.
      if (!parent?.closest("script, style, option[value='fi']")) found.push(walker.currentNode.textContent ?? "");
    }
    for (const each of document.querySelectorAll("[aria-label], [placeholder], [title], [data-head]"))
      for (const name of ["aria-label", "placeholder", "title", "data-head"]) found.push(each.getAttribute(name) ?? "");
    return [...new Set(found.map((text) => text.trim()))].filter((text) => text !== "");
  });

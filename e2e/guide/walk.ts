// Walks the scenes of the user guide in a language, and tells what could be read at each.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Language } from "../../src/values/Language.ts";
import { open } from "../browser.ts";
import { type Company, colleague } from "../company.ts";
import { settle, wordsOn } from "../look.ts";
import { wordsOf } from "../words.ts";
import { type Scene, scenes, WIDTH } from "./scenes.ts";

export type Seen = { scene: Scene; words: string[] };

/** `visit`: what to do at each scene, when all of it is there. */
export async function walk(
  made: Company,
  language: Language,
  visit?: (page: Page, scene: Scene) => Promise<void>,
): Promise<Seen[]> {
  const { app, gate } = made;
  // A passkey belongs to a name, and an address of numbers has none.
  const address = made.address.replace("127.0.0.1", "localhost");
  const session = { ...made.session, url: address };
  // What asks to be done once would stand above every page.
  await gate.keys.confirmRecovery();
  const change = await app.inject({
    method: "PATCH",
    url: "/api/session",
    headers: { "sec-fetch-site": "same-origin", cookie: `${session.name}=${session.value}` },
    payload: { language },
  });
  assert.equal(change.statusCode, 200, change.body);
  const t = wordsOf(language);
  const locale = LOCALES[language];
  const pages = {
    all: (await open({ locale, session })).page,
    stranger: (await open({ locale })).page,
    sales: (await open({ locale, session: { ...(await colleague(made, ["sales"], language)), url: address } })).page,
  };
  const seen: Seen[] = [];
  for (const scene of scenes(made)) {
    const page = pages[scene.by ?? "all"];
    await page.setViewportSize({ width: WIDTH, height: scene.height });
    await page.goto(`${address}${scene.path}`, { waitUntil: "networkidle" });
    await settle(page);
    await scene.act?.(page, t);
    await settle(page);
    seen.push({ scene, words: own(await wordsOn(page), language) });
    await visit?.(page, scene);
  }
  for (const page of Object.values(pages)) await page.context().close();
  return seen;
}

const LOCALES: Readonly<Record<Language, string>> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

/** The product's own sentences among them: names, days and numbers are others at every making. */
function own(words: readonly string[], language: Language): string[] {
  const file = new URL(`../../locales/${language}/web.json`, import.meta.url);
  const sentences = new Set(Object.values<string>(JSON.parse(readFileSync(file, "utf8"))));
  return [...new Set(words)].filter((text) => sentences.has(text)).sort();
}

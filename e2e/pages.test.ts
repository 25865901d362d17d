// Every page as it is really seen: in both sizes, light and dark, in three languages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { open, skipped } from "./browser.ts";
import { type Company, company } from "./company.ts";
import { axeFaults, formFaults, settle, wordsOn } from "./look.ts";
import { type Stop, tour } from "./tour.ts";

type Seen = { faults: string[]; words: Map<string, string[]> };
type Look = Parameters<typeof open>[0];

const pathOf = (address: string) => address.split(/[?#]/)[0] ?? "";

/** Visits the stops one after another; faults bear the name of the page. */
async function visit(company: Company, stops: readonly Stop[], look: Look, language = "fi"): Promise<Seen> {
  const { page, faults: heard } = await open({ ...look, session: company.session });
  const seen: Seen = { faults: [], words: new Map() };
  for (const { name, path, act, after } of stops) {
    // From page to page as a person goes; anew where the page before would keep what was opened on it.
    const from = URL.parse(page.url())?.pathname;
    if (path.includes("#") || page.url() === "about:blank" || pathOf(path) === from)
      await page.goto(`${company.address}${path}`);
    else await page.evaluate((to) => history.pushState({}, "", to), path);
    await page.waitForFunction((to) => location.pathname === to, pathOf(path));
    try {
      await settle(page);
      await act?.(page);
      await settle(page);
      // What axe looks at is the same in every language.
      const faults = [...(await formFaults(page, language)), ...(language === "fi" ? await axeFaults(page) : [])];
      for (const fault of faults) seen.faults.push(`${name}: ${fault}`);
    } catch (error) {
      seen.faults.push(`${name}: ${error instanceof Error ? error.message.slice(0, 400) : "?"}`);
    }
    seen.words.set(name, await wordsOn(page));
    await after?.(page);
    for (const fault of heard.splice(0)) seen.faults.push(`${name}: ${fault}`);
  }
  return seen;
}

const sentences = (language: string): Map<string, string> =>
  new Map(
    ["web", "problems", "rights"].flatMap((area) =>
      Object.entries<string>(
        JSON.parse(readFileSync(new URL(`../locales/${language}/${area}.json`, import.meta.url), "utf8")),
      ).map(([key, text]): [string, string] => [`${area} ${key}`, text]),
    ),
  );

/** Words of the description in a language, in the order of its elements. */
async function companysWords({ ask }: Company, language: string): Promise<string[]> {
  const { body } = await ask("sales", "GET", `/api/labels?language=${language}`);
  const textsIn = (value: unknown): string[] =>
    typeof value === "string"
      ? [value]
      : value !== null && typeof value === "object"
        ? Object.values(value).flatMap(textsIn)
        : [];
  return textsIn(body);
}

suite("every page", { skip: skipped }, async () => {
  const made = skipped ? undefined : await company();
  if (!made) return;
  const stops = tour(made);

  test("on a desk, light, in Finnish", async () => {
    const { faults, words } = await visit(made, stops, {});
    assert.ok(words.size > 40, "found too few pages for this test to mean anything");
    assert.deepEqual(faults, []);
  });

  test("on a phone, dark, in Finnish", async () => {
    assert.deepEqual((await visit(made, stops, { size: "phone", colorScheme: "dark" })).faults, []);
  });

  for (const language of ["sv", "en"] as const) {
    test(`in ${language}, without a Finnish word`, async () => {
      const change = await made.app.inject({
        method: "PATCH",
        url: "/api/session",
        headers: { "sec-fetch-site": "same-origin", cookie: `${made.session.name}=${made.session.value}` },
        payload: { language },
      });
      assert.equal(change.statusCode, 200, change.body);
      const inside = stops.filter(({ act, path }) => !act && !path.startsWith("/welcome"));
      const { faults, words } = await visit(made, inside, {}, language);
      const other = sentences(language);
      const own = new Set([...other.values(), ...(await companysWords(made, language))]);
      const finnish = new Set(
        [...sentences("fi").values(), ...(await companysWords(made, "fi"))].filter((text) => !own.has(text)),
      );
      assert.ok(finnish.size > 500, "found too few Finnish sentences for this test to mean anything");
      const left = [...words].flatMap(([name, all]) =>
        all.filter((text) => finnish.has(text)).map((text) => `${name}: ${text}`),
      );
      assert.deepEqual([...faults, ...left], []);
    });
  }
});

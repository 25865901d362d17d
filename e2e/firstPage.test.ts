// What comes before the first page: how much, in how few pieces, and each once. How long it takes is measured by `npm run bench:web`.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { entryBytes } from "../bench/entryBytes.ts";
import { open, skipped } from "./browser.ts";
import { company } from "./company.ts";
import { settle } from "./look.ts";

suite("before the first page", { skip: skipped }, async () => {
  if (skipped) return;
  const { address, session } = await company({ proven: false });
  const linked = async (language: string) => {
    const page = await fetch(address, { headers: { accept: "text/html", "accept-language": language } });
    return [...(await page.text()).matchAll(/<link [^>]*rel="modulepreload" [^>]*href="([^"]+)"/g)].flatMap(
      ([, file]) => file ?? [],
    );
  };

  test("the entry bundle is under 150 kB in gzip", () => {
    assert.ok(entryBytes() < 150_000, `${entryBytes()} bytes`);
  });

  test("the page and its words are told of with the script, in the language that the browser asks for", async () => {
    const [fi, sv, en] = await Promise.all([linked("fi"), linked("sv-FI,sv;q=0.9,en;q=0.5"), linked("en")]);
    const [page] = [fi, sv, en].map((files = []) => files.slice(0, -1));
    const words = [fi, sv, en].map((files) => files?.at(-1) ?? "");
    assert.equal(new Set(words).size, 3);
    for (const file of [...(page ?? []), ...words]) {
      const answer = await fetch(`${address}${file}`);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
    }
  });

  test("nothing is asked for twice, the scripts are few, and the next visit asks for none of them", async () => {
    const { page, faults } = await open({ session });
    const first = await visit(page, address);
    assert.deepEqual(first.twice, []);
    assert.ok(first.scripts.length <= 6, `${first.scripts.length} scripts: ${first.scripts.join(" ")}`);
    for (const file of await linked("fi")) assert.ok(first.scripts.includes(file), `${file} is of no use`);
    assert.ok(first.answers.includes("/api/invoices"), first.answers.join(" "));
    const second = await visit(page, address);
    assert.deepEqual(second.twice, []);
    const { fromServer } = second;
    assert.deepEqual(
      fromServer.filter((path) => path.startsWith("/assets/")),
      [],
    );
    assert.deepEqual(faults, []);
  });
});

/** What one opening of the home page asks for, by path. */
async function visit(page: Page, address: string) {
  const asked: string[] = [];
  const listen = (request: { url: () => string }) => void asked.push(request.url());
  page.on("request", listen);
  await page.goto(address, { waitUntil: "networkidle" });
  await page.getByRole("heading", { level: 1, name: "Hei, Aava" }).waitFor();
  await settle(page);
  page.off("request", listen);
  const fromServer = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((each) => (each as PerformanceResourceTiming).transferSize > 0)
      .map(({ name }) => new URL(name).pathname),
  );
  const paths = asked.map((url) => new URL(url).pathname);
  return {
    scripts: paths.filter((path) => path.endsWith(".js")),
    answers: paths.filter((path) => path.startsWith("/api/")),
    twice: asked.filter((url, at) => asked.indexOf(url) !== at),
    fromServer,
  };
}

// A phone call becomes a customer and an order without a pointer: `/` to search, Tab, Enter.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { open, skipped } from "./browser.ts";
import { company } from "./company.ts";

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (one === document.body) return "";
    const label = one instanceof HTMLInputElement || one instanceof HTMLSelectElement ? one.labels?.[0] : null;
    return (one?.getAttribute("aria-label") ?? label?.textContent ?? one?.textContent ?? "").trim();
  });

/** Presses Tab until the focus stands on what is named; what is never reached cannot be used by keyboard. */
async function tabTo(page: Page, name: string | RegExp, most = 40): Promise<void> {
  const passed: string[] = [];
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (typeof name === "string" ? at === name : name.test(at)) return;
    passed.push(at);
  }
  assert.fail(`Tab does not reach ${name}: ${passed.join(", ")}`);
}

const type = (page: Page, text: string) => page.keyboard.type(text);
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 }).waitFor();

test("a salesperson's phone call by keyboard alone", { skip: skipped }, async () => {
  const { address, session } = await company({ proven: false });
  const { page, faults } = await open({ session });
  await page.goto(address, { waitUntil: "networkidle" });
  await heading(page, "Hei, Aava");

  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Siirry sisältöön", "the first stop leads past the menus");
  await tabTo(page, "Asiakkaat");
  await page.keyboard.press("Enter");
  await heading(page, "Asiakkaat");

  // Is the caller there already? Nobody of that name; then a new one.
  await page.keyboard.press("/");
  assert.equal(await focused(page), "Etsi asiakkaista");
  await type(page, "tuisku tuohi");
  await page.getByText("Ei osumia").first().waitFor();
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(page), "Uusi asiakas");
  await page.keyboard.press("Enter");
  await heading(page, "Uusi asiakas");
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  assert.equal(await focused(page), "Nimi", "one writes at once");
  await type(page, "Tuisku Tuohilampi");
  await tabTo(page, "Puhelin", 1);
  await type(page, "050 000 7788");
  await tabTo(page, "Sähköposti", 1);
  await type(page, "tuisku@example.fi");
  await page.keyboard.press("Enter");
  await heading(page, "Tuisku Tuohilampi");

  // Where a value came from, opened and closed again.
  await tabTo(page, /^\+358\s50/);
  await page.keyboard.press("Enter");
  await page.getByText("Alkuperä: Puhelin").waitFor();
  await page.keyboard.press("Escape");
  await page.getByText("Alkuperä: Puhelin").waitFor({ state: "hidden" });
  assert.match(await focused(page), /^\+358\s50/, "the focus stays on the value");

  await page.keyboard.press("Shift+Tab");
  while ((await focused(page)) !== "Uusi tilaus") await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await heading(page, "Uusi tilaus");
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  assert.equal(await focused(page), "Kuvaus");
  await type(page, "Kuistin ikkuna");
  await tabTo(page, "À-hinta", 3);
  await type(page, "480,00");
  await page.keyboard.press("Enter");
  await heading(page, "Tilaus");
  await page.getByText("Kuistin ikkuna").first().waitFor();

  // And found again by a few letters and Enter.
  await tabTo(page, "Asiakkaat");
  await page.keyboard.press("Enter");
  await heading(page, "Asiakkaat");
  await page.keyboard.press("/");
  await type(page, "tuis");
  await page.getByRole("link", { name: "Tuisku Tuohilampi" }).waitFor();
  await page.getByText("1 osuma").waitFor({ state: "attached" });
  await page.keyboard.press("Enter");
  await heading(page, "Tuisku Tuohilampi");
  assert.deepEqual(faults, []);
});

// Anything by its name: Ctrl+K, a few letters, Enter; and the keys that work alone, which can be switched off (WCAG 2.1.4).
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { MAIJA } from "../src/test/trade.ts";
import { open, skipped } from "./browser.ts";
import { company } from "./company.ts";
import { axeFaults, settle } from "./look.ts";

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 }).waitFor();
const field = (page: Page) => page.getByRole("combobox", { name: /laskun numero/ });
const option = (page: Page, name: string | RegExp) => page.getByRole("option", { name }).first();

/** What a screen reader says is chosen. */
const chosen = (page: Page): Promise<string> =>
  field(page).evaluate(
    (one) => document.getElementById(one.getAttribute("aria-activedescendant") ?? "")?.textContent ?? "",
  );

suite("the palette and the keys", { skip: skipped }, async () => {
  if (skipped) return;
  const { address, session, ids, ask } = await company({ proven: false });
  const { body } = await ask("invoicing", "GET", `/api/invoices/${ids.openInvoice}`);
  const number: string = body.number;

  test("finds pages, acts, customers, orders and invoices by keyboard alone", async () => {
    const { page, faults } = await open({ session });
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.goto(address, { waitUntil: "networkidle" });
    await settle(page);
    await page.keyboard.press("Control+k");
    await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "combobox");
    assert.deepEqual(await axeFaults(page), []);
    assert.match(await chosen(page), /Uusi asiakas/);
    await page.keyboard.press("ArrowUp");
    const last = await chosen(page);
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await chosen(page), last);

    await page.keyboard.type("säil");
    await option(page, "Säilytysajat").waitFor();
    await page.keyboard.press("Enter");
    await heading(page, "Säilytysajat");

    await page.keyboard.press("Control+k");
    await field(page).waitFor();
    await page.keyboard.type("ohjattu");
    await option(page, "Ohjattu aloitus").waitFor();
    await page.keyboard.press("Enter");
    await heading(page, "Ota käyttöön omassa yrityksessäsi");

    await page.keyboard.press("Control+k");
    await field(page).waitFor();
    await page.keyboard.type("maija");
    await option(page, MAIJA.name).waitFor();
    await page.getByRole("group", { name: /^Tilaukset: Maija/ }).waitFor();
    await page
      .getByRole("status")
      .getByText(/osumaa$/)
      .waitFor({ state: "attached" });
    assert.deepEqual(await axeFaults(page), []);
    await page.keyboard.press("Enter");
    await heading(page, MAIJA.name);

    await page.keyboard.press("Control+k");
    await field(page).waitFor();
    await page.keyboard.type("tälle");
    await page.keyboard.press("Enter");
    await heading(page, "Uusi tilaus");

    await page.keyboard.press("Control+k");
    await field(page).waitFor();
    await page.keyboard.type(number.slice(-3));
    await option(page, new RegExp(number)).waitFor();
    await page.keyboard.press("Enter");
    await heading(page, new RegExp(number));

    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]));
    assert.ok(!/maija/i.test(kept), kept);
    assert.ok(addresses.length > 20, "heard too few requests");
    for (const each of addresses) assert.ok(!/maija/i.test(each), each);
    assert.deepEqual(faults, []);
  });

  test("closes where one was, finds nothing aloud, and fits a phone", async () => {
    const { page, faults } = await open({ session, size: "phone", colorScheme: "dark" });
    await page.goto(`${address}/customers`);
    await settle(page);
    const button = page.getByRole("button", { name: "Etsi tai siirry" });
    await button.click();
    await field(page).fill("qqqqq");
    await page.getByRole("status").getByText("Ei osumia").waitFor({ state: "attached" });
    await page.getByText("Mitään ei löytynyt.").waitFor();
    assert.deepEqual(await axeFaults(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 360));
    await page.keyboard.press("Escape");
    await field(page).waitFor({ state: "detached" });
    assert.ok(await button.evaluate((one) => one === document.activeElement));
    await button.click();
    await option(page, "Uusi asiakas").click();
    await heading(page, "Uusi asiakas");
    assert.deepEqual(faults, []);
  });

  test("keys that work alone open doors, are told by ?, and can be switched off", async () => {
    const { page, faults } = await open({ session });
    await page.goto(address, { waitUntil: "networkidle" });
    await settle(page);
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    await heading(page, "Laskut");
    await page.keyboard.press("n");
    await heading(page, "Uusi asiakas");
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.type("ngc?/");
    assert.equal(await page.getByLabel("Nimi").inputValue(), "ngc?/", "nothing but what was typed");
    await page.keyboard.press("Control+Enter");
    await heading(page, "ngc?/");

    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Pikanäppäimet" });
    await help.waitFor();
    assert.equal(await help.locator("dt", { hasText: "Tietovirrat" }).count(), 1);
    assert.deepEqual(await axeFaults(page), []);
    await help.getByLabel("Yhden näppäimen pikanäppäimet").uncheck();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "hidden" });
    for (const reload of [false, true]) {
      if (reload) await page.reload({ waitUntil: "networkidle" });
      await heading(page, "ngc?/");
      for (const key of ["g", "i", "n", "?"]) await page.keyboard.press(key);
      await page.waitForTimeout(200);
      await heading(page, "ngc?/");
      assert.equal(await page.getByRole("dialog").count(), 0);
    }
    await page.keyboard.press("Control+k");
    await field(page).waitFor();
    assert.deepEqual(faults, []);
  });
});

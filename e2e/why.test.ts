// Why not, as a person meets it: a salesperson at an invoice, an outside accountant, somebody whose data is restricted; by keyboard alone and in three languages.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { addDays, dayInHelsinki } from "../src/values/Day.ts";
import { open, skipped } from "./browser.ts";
import { company } from "./company.ts";
import { axeFaults, formFaults, settle } from "./look.ts";
import { colleague } from "./people.ts";

/** A folder for pictures that are looked at by eye; none are made without it. */
const PICTURES = process.env.WHY_PICTURES;
const NOBODY = "0190a0b0-0000-7000-8000-000000000000";
const DOOR = "Miksi jotain ei näy?";

suite("why not", { skip: skipped }, async () => {
  if (skipped) return;
  const made = await company({ proven: false });
  const { ids, address } = made;
  const today = dayInHelsinki(made.clock.now());
  const sales = await colleague(made, { name: "Sampo Myynti", roles: ["sales"] });
  const accountant = await colleague(made, { name: "Kerttu Kirja", roles: ["accountant"], endsOn: addDays(today, 30) });

  const faults: string[] = [];
  async function look(page: Page, name: string, language = "fi") {
    await settle(page);
    const found = [...(await formFaults(page, language)), ...(await axeFaults(page))];
    faults.push(...found.map((fault) => `${name}: ${fault}`));
    if (PICTURES === undefined) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${PICTURES}/${name}-phone.png` });
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  const go = async (page: Page, path: string) => {
    await page.goto(`${address}${path}`, { waitUntil: "networkidle" });
    await settle(page);
  };
  const openDoor = async (page: Page) => {
    await page.getByRole("button", { name: DOOR }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Mitä tällä sivulla ei näy, ja miksi" });
    await dialog.getByText("Kuvauksen mukaan tietosuojasta vastaa", { exact: false }).first().waitFor();
    return dialog;
  };

  test("a salesperson at an invoice: told beside what is not there, at the door, and at the refusal itself", async () => {
    const { page } = await open({ session: sales });
    await go(page, `/orders/${ids.deliveredOrder}`);
    assert.equal(await page.getByRole("button", { name: "Siirrä laskutukseen", exact: true }).count(), 0);
    const mark = page.getByRole("button", { name: "Miksi ei: Siirrä laskutukseen" });
    await mark.focus();
    await page.keyboard.press("Enter");
    await page.getByText("Tämän saa tehdä: Hallinto, Laskutus").waitFor();
    await look(page, "order-mark");
    await page.keyboard.press("Escape");
    assert.equal(await page.getByText("Tämän saa tehdä: Hallinto, Laskutus").count(), 0);
    assert.ok(await mark.evaluate((each) => each === document.activeElement), "the focus comes back to the mark");

    const dialog = await openDoor(page);
    const text = (await dialog.textContent()) ?? "";
    for (const part of ["Roolisi ei saa siirtää", "flows.erpToInvoicing.by", "Hallinto, Laskutus", "Henkilötunnus"])
      assert.ok(text.includes(part), `${part} is not in: ${text}`);
    await look(page, "order-door");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });

    await go(page, `/invoices/${ids.openInvoice}`);
    const alert = page.getByRole("alert").filter({ hasText: "Kuvaus ei salli tätä" });
    await alert.getByText("Tämän saa tehdä:", { exact: false }).waitFor();
    const told = (await alert.textContent()) ?? "";
    for (const part of ["Roolisi ei saa", "mitä roolisi saa tehdä", "roles.sales", "Laskutus", "Kirjanpitäjä"])
      assert.ok(told.includes(part), `${part} is not in: ${told}`);
    assert.equal(await alert.getByRole("link").count(), 0, "the description is not open to this role");
    await look(page, "invoice-refused");
  });

  test("an outside accountant: customers are refused whole, and the door says who may", async () => {
    const { page } = await open({ session: accountant });
    await go(page, "/customers");
    await page.getByRole("alert").getByText("roles.accountant").first().waitFor();
    await look(page, "accountant-customers");
    await go(page, "/invoices");
    const dialog = await openDoor(page);
    await dialog.getByText("muuttaminen", { exact: false }).first().waitFor();
    const text = (await dialog.textContent()) ?? "";
    assert.ok(text.includes("Hallinto, Laskutus"), text);
    await look(page, "accountant-door");
  });

  test("somebody restricted and nobody look alike to sales; the door tells of restrictions, and of no person", async () => {
    const { page } = await open({ session: sales });
    const seen: string[] = [];
    for (const id of [ids.locked, NOBODY]) {
      await go(page, `/customers/${id}`);
      await page.getByText("Jos asiakas on olemassa, hän ei näy sinulle tässä", { exact: false }).waitFor();
      const dialog = await openDoor(page);
      await dialog.getByText("jonka tietojen käsittely on rajoitettu", { exact: false }).waitFor();
      seen.push(((await page.locator("body").textContent()) ?? "").replaceAll(id, "ID"));
      if (id === ids.locked) await look(page, "restricted");
    }
    assert.equal(seen[0], seen[1]);
    assert.ok(!seen[0]?.includes("Louna"));
  });

  test("what the card does not show to the role stands on it, with its reason", async () => {
    const { page } = await open({ session: sales });
    await go(page, `/customers/${ids.person}`);
    await page.getByText("Ei auki sinulle, onpa tietoa tai ei:").waitFor();
    await page.getByRole("button", { name: "Miksi ei: Henkilötunnus" }).click();
    await page.getByText("Tiedon saa nähdä: Hallinto", { exact: true }).waitFor();
    await look(page, "card");
  });

  test("who may read the description is led to the statement", async () => {
    const keeper = await colleague(made, { name: "Vieno Vastuu", roles: ["responsiblePerson"] });
    const { page } = await open({ session: keeper });
    await go(page, "/customers/new");
    const dialog = await openDoor(page);
    const link = dialog.getByRole("link", { name: "Avaa kuvauksen kohta roles.responsiblePerson" }).first();
    const line = link.locator("..");
    assert.match((await line.textContent()) ?? "", /^walttia\.yaml:\d+ roles\.responsiblePerson/);
    await link.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/description#roles\.responsiblePerson/);
    await page.locator(".led-here").waitFor();
    await dialog.waitFor({ state: "hidden" });
    assert.match((await page.locator(".led-here").getAttribute("title")) ?? "", /^roles/);
    await look(page, "description");
  });

  for (const language of ["sv", "en"] as const) {
    test(`in ${language}`, async () => {
      const { page } = await open({ session: sales });
      await page.goto(`${address}/orders/${ids.deliveredOrder}`, { waitUntil: "networkidle" });
      await page.getByRole("combobox", { name: /^(Kieli|Språk|Language)$/ }).selectOption(language);
      const name = language === "sv" ? "Varför syns något inte?" : "Why is something not shown?";
      await page.getByRole("button", { name }).click();
      await page.getByRole("dialog").getByText("Piia Vuorio", { exact: false }).first().waitFor();
      await look(page, `door-${language}`, language);
    });
  }

  test("axe and form: nothing was wrong on any of them", () => {
    assert.deepEqual(faults, []);
  });
});

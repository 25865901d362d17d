// A session that ends in the middle of a form: nothing of the page can be read until the same person is back, and nothing that was typed is lost.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { open, type Session, skipped } from "./browser.ts";
import { company, PASSWORD } from "./company.ts";
import { axeFaults, settle } from "./look.ts";
import { colleague } from "./people.ts";

const PICTURES = process.env.SESSION_PICTURES;

suite("a session that ends (ASVS 5.0 7.4.1, 7.4.5)", { skip: skipped }, async () => {
  if (skipped) return;
  const made = await company({ proven: false });
  const { address, app, session: keeper } = made;

  /** By a colleague who looks after accounts, elsewhere. */
  async function revoke({ id }: { id: string }) {
    const answer = await app.inject({
      method: "DELETE",
      url: `/api/accounts/${id}/sessions`,
      headers: { "sec-fetch-site": "same-origin", cookie: `${keeper.name}=${keeper.value}` },
    });
    assert.equal(answer.statusCode, 200, answer.body);
    assert.ok(answer.json().ended > 0);
  }
  const dialogOf = (page: Page) => page.getByRole("dialog", { name: "Kirjautumisesi päättyi" });
  async function signIn(page: Page, login: string) {
    const dialog = dialogOf(page);
    await dialog.getByLabel("Sähköposti").fill(login);
    await dialog.getByLabel("Salasana", { exact: true }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "Kirjaudu", exact: true }).click();
  }
  async function halfFilled(session: Session): Promise<Page> {
    const { page } = await open({ session });
    await page.goto(`${address}/customers/new`, { waitUntil: "networkidle" });
    await settle(page);
    await page.getByLabel("Nimi").fill("Tuulikki Toivoranta");
    await page.getByLabel("Puhelin", { exact: true }).fill("050 123 4567");
    return page;
  }

  test("revoked from elsewhere while a customer is written: signed in again, the text is there and is saved", async () => {
    const sales = await colleague(made, { name: "Sampo Myynti", roles: ["sales"] });
    const page = await halfFilled(sales);
    await revoke(sales);
    await page.getByRole("button", { name: "Lisää asiakas" }).click();
    await dialogOf(page).waitFor();
    assert.equal(
      await page.getByRole("heading", { name: "Uusi asiakas" }).isVisible(),
      false,
      "the page is out of sight",
    );
    assert.deepEqual(await axeFaults(page), []);
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: `${PICTURES}/return.png` });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.emulateMedia({ colorScheme: "dark" });
      await page.waitForTimeout(200);
      await page.screenshot({ path: `${PICTURES}/return-phone.png` });
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    // It cannot be waved away.
    await page.keyboard.press("Escape");
    await dialogOf(page).waitFor();
    await signIn(page, sales.login);
    // The act that was refused goes on by itself.
    await page.getByRole("heading", { name: "Tuulikki Toivoranta" }).waitFor();
    const found = await made.ask("sales", "POST", "/api/customers/search", { search: "toivoranta" });
    assert.equal(found.body.items?.length, 1, JSON.stringify(found.body));
  });

  test("noticed before anything is pressed: the page waits behind the dialog and nothing is sent", async () => {
    const sales = await colleague(made, { name: "Otso Myynti", roles: ["sales"] });
    const page = await halfFilled(sales);
    await revoke(sales);
    // What a tab does that is looked at again.
    await page.clock.install();
    await page.clock.fastForward(120_000);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await dialogOf(page).waitFor();
    await signIn(page, sales.login);
    await dialogOf(page).waitFor({ state: "hidden" });
    assert.equal(await page.getByLabel("Nimi").inputValue(), "Tuulikki Toivoranta");
    assert.equal(await page.getByLabel("Puhelin", { exact: true }).inputValue(), "050 123 4567");
  });

  test("another person gets a fresh page, and nothing of what was typed is sent as theirs", async () => {
    const sales = await colleague(made, { name: "Halla Myynti", roles: ["sales"] });
    const other = await colleague(made, { name: "Jalo Muu", roles: ["sales"] });
    const page = await halfFilled(sales);
    await page.getByLabel("Nimi").fill("Ketunpoika Kadonnut");
    await revoke(sales);
    await page.getByRole("button", { name: "Lisää asiakas" }).click();
    await dialogOf(page).waitFor();
    await signIn(page, other.login);
    await page.getByRole("button", { name: /Jalo/ }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/");
    assert.ok(!(await page.content()).includes("Ketunpoika"));
    const found = await made.ask("sales", "POST", "/api/customers/search", { search: "ketunpoika" });
    assert.equal(found.body.items?.length, 0, JSON.stringify(found.body));
  });
});

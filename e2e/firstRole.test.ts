// The first account has the role of the responsible person alone: wherever it comes to a stop, it is told which role goes on and where to take it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { open, register, skipped } from "./browser.ts";
import { PASSWORD } from "./company.ts";
import { axeFaults, formFaults, settle } from "./look.ts";
import { colleague } from "./people.ts";
import { doing, wordsOf } from "./words.ts";

suite("a first account without a role of its own work", { skip: skipped }, async () => {
  if (skipped) return;
  const made = await register("walttia");
  const t = wordsOf("fi");
  const { page, faults } = await open();
  const { press, fill } = doing(page, t);
  const whichRole = t("customers.whoMay", { roles: "Hallinto, Myynti tai Markkinointi" });
  const look = async (on: Page) => {
    for (const width of [1440, 360]) {
      await on.setViewportSize({ width, height: 800 });
      assert.deepEqual([...(await formFaults(on, "fi")), ...(await axeFaults(on))], [], `${on.url()} ${width}`);
    }
    await on.setViewportSize({ width: 1440, height: 900 });
  };

  test("is told on the home page and among the customers, and led to the accounts", async () => {
    await page.goto(made.welcome);
    await fill("welcome.name", "Aava Kaarna");
    await fill("welcome.login", "aava@example.fi");
    await fill("welcome.password", PASSWORD);
    await fill("welcome.again", PASSWORD);
    await press("welcome.action");
    await page.getByText(t("recovery.waitsText")).waitFor();
    await page.getByRole("link", { name: t("home.giveRole", { roles: "Hallinto tai Myynti" }) }).waitFor();
    await look(page);

    await page.getByRole("link", { name: t("nav.customers") }).click();
    await page.getByText(whichRole).waitFor();
    assert.equal(await page.getByText(t("customers.noneText")).count(), 0);
    assert.equal(await page.getByText(t("recovery.waitsText")).count(), 0, "in one line");
    assert.equal(await page.getByRole("link", { name: t("recovery.open") }).getAttribute("href"), "/keys");
    await look(page);
    await page.getByRole("link", { name: t("account.giveRole") }).click();
    await page.getByRole("heading", { name: t("accounts.title"), level: 1 }).waitFor();

    await press("account.changeRoles");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Myynti").check();
    await dialog.getByRole("button", { name: t("save") }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.goto(`${made.address}/customers`);
    await page.getByText(t("customers.noneText")).waitFor();
    await page.goto(made.address);
    await settle(page);
    assert.equal(await page.getByText(t("home.noWork")).count(), 0);
    assert.deepEqual(faults, []);
  });

  test("who keeps no accounts is told whom to ask", async () => {
    const [cookie] = await page.context().cookies();
    assert.ok(cookie);
    const session = { name: cookie.name, value: cookie.value, url: made.address };
    const asker = await colleague({ ...made, session }, { name: "Laina Laskutus", roles: ["invoicing"] });
    const { page: theirs } = await open({ session: asker });
    await theirs.goto(`${made.address}/customers`);
    const told = theirs.getByText(whichRole);
    await told.waitFor();
    const text = (await told.textContent()) ?? "";
    assert.ok(text.includes(t("why.keepers", { roles: "Vastuuhenkilö" })), text);
    assert.ok(text.includes(t("why.responsible", { name: "Piia Vuorio" })), text);
    assert.equal(await theirs.getByRole("link", { name: t("account.giveRole") }).count(), 0);
    await look(theirs);

    await theirs.getByRole("button", { name: t("why.door") }).click();
    const dialog = theirs.getByRole("dialog");
    await dialog.getByText(t("why.roles", { roles: "Hallinto, Myynti, Markkinointi" })).waitFor();
  });
});

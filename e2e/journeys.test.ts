// Two journeys of the daily work, each by somebody who has that one role, in Finnish and in Swedish:
// a phone call becomes a customer and an order; a delivery becomes an invoice.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { IDENTITY_CODE, LINES, MAIJA } from "../src/test/trade.ts";
import { addDays, dayInHelsinki } from "../src/values/Day.ts";
import type { Language } from "../src/values/Language.ts";
import { open, skipped } from "./browser.ts";
import { type Company, colleague, company } from "./company.ts";
import { settle } from "./look.ts";
import { doing, wordsOf } from "./words.ts";

suite("the daily work", { skip: skipped }, async () => {
  if (skipped) return;
  const made = await company({ proven: false });
  for (const language of ["fi", "sv"] as const) {
    test(`J1 in ${language}: a phone call becomes a customer and an order`, () => phoneCall(made, language));
    test(`J3 in ${language}: a delivery becomes an invoice, and nothing else moves`, () => invoicing(made, language));
  }
});

async function phoneCall(made: Company, language: Language): Promise<void> {
  const session = await colleague(made, ["sales"], language);
  const { page, faults } = await open({ session });
  const t = wordsOf(language);
  const { heading, goTo, press, follow, fill, see } = doing(page, t);
  const [name, phone, email] = [
    "Sumu Särkisalmi",
    `050 000 44${language === "fi" ? "01" : "02"}`,
    `${language}@example.fi`,
  ];
  await page.goto(made.address, { waitUntil: "networkidle" });
  await goTo("nav.customers");
  await heading(t("nav.customers"));
  await follow("newCustomer.title");
  await heading(t("newCustomer.title"));

  // Who is there already is told while one types; nobody's identity code is asked for.
  await fill("customer.phone", MAIJA.phone);
  await see(t("duplicates.title"));
  await page.getByRole("link", { name: new RegExp(MAIJA.name) }).waitFor();
  await fill("customer.name", name);
  await fill("customer.phone", phone);
  await fill("customer.email", email);
  await page.getByText(t("newCustomer.more")).click();
  assert.equal(await page.getByLabel(t("field.identityCode")).count(), 0, "no field for what sales may not have");
  const spoken = page.getByRole("alert").filter({ hasText: t("newCustomer.sayTitle") });
  assert.match((await spoken.textContent()) ?? "", /Walttia/, "the two sentences to say are the company's own");
  await press("newCustomer.add");
  await heading(name);
  await settle(page);

  // Each value tells its source, its basis and its last day; the call made no permission to market.
  await page.getByRole("button", { name: /^\+358 50/ }).click();
  const origin = page.getByRole("note");
  await origin.waitFor();
  const told = (await origin.textContent()) ?? "";
  for (const key of ["origin.source", "origin.basis", "origin.keepUntil"]) assert.ok(told.includes(t(key)), told);
  await page.keyboard.press("Escape");
  const permissions = page.getByRole("region", { name: t("permissions.title") });
  await permissions.getByText(t("permissions.none")).waitFor();

  // Asked, and said yes: the wording told, the language and the way written down.
  await permissions.getByRole("button", { name: t("permissions.give") }).click();
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: t("permissions.give") });
  assert.ok(await confirm.isDisabled(), "silence is no consent");
  await dialog.getByText(/Walttia/).waitFor();
  await dialog.getByLabel(t("permissions.saidYes")).check();
  await confirm.click();
  await dialog.waitFor({ state: "detached" });
  await permissions.getByRole("button", { name: t("permissions.give") }).waitFor({ state: "detached" });

  await follow("order.new");
  await heading(t("order.new"));
  await fill("order.description", `Kuistin ikkuna ${IDENTITY_CODE}`);
  await fill("order.unitPrice", "480,00");
  await press("order.save");
  await see(wordsOf(language, "problems")("invalid.identityCodeInText"));
  await fill("order.description", "Kuistin ikkuna");
  await press("order.save");
  await heading(t("order.title"));
  await see("Kuistin ikkuna");
  assert.equal(await page.getByText(t("flow.title")).count(), 0);
  const mine = await made.ask("responsiblePerson", "POST", "/api/customers/search", { search: "särkisalmi", limit: 9 });
  assert.ok(mine.body.items.length >= 1);
  assert.deepEqual(faults, []);
}

async function invoicing(made: Company, language: Language): Promise<void> {
  const today = dayInHelsinki(made.clock.now());
  const ask = async (role: string, url: string, body: object) => {
    const answer = await made.ask(role, "POST", url, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body.id as string;
  };
  const buyer = `Kaarre Kivikoski ${language}`;
  const customerId = await ask("administration", "/api/customers", {
    ...{ ...MAIJA, name: buyer, email: `kaarre.${language}@example.fi`, phone: "050 000 9911" },
    ...{ personalIdentityCode: IDENTITY_CODE, personalIdentityCodeGround: "credit" },
  });
  const order = await ask("sales", "/api/orders", { customerId, lines: LINES });
  await ask("sales", `/api/orders/${order}/delivery`, { day: addDays(today, -1) });

  const session = await colleague(made, ["invoicing"], language);
  const { page, faults } = await open({ session });
  const t = wordsOf(language);
  const { heading, press, follow, see } = doing(page, t);
  await page.goto(made.address, { waitUntil: "networkidle" });
  await see(t("home.toInvoice"));
  await page.getByRole("link", { name: new RegExp(buyer) }).click();
  await heading(t("order.title"));
  await see(t("flow.moves"));
  const preview = (await page.locator("main").textContent()) ?? "";
  assert.ok(preview.includes(buyer) && preview.includes("Kuvitteellinenkatu 7"), "what moves is shown value by value");
  assert.ok(!preview.includes(IDENTITY_CODE));
  const [, stays = ""] = preview.split(t("flow.stays"));
  const { body: labels } = await made.ask("sales", "GET", `/api/labels?language=${language}`);
  assert.ok(stays.includes(labels.categories.personalIdentityCode.label), "what stays is named");
  await see(t("flow.completeFirst"));
  await see(/Piia Vuorio/);
  await press("flow.moveIncomplete");
  await follow("flow.openInvoice");
  await heading(new RegExp(t("invoice.title", { number: "" }).trim()));
  await see(t("invoice.asMade"));
  const shown = await invoicesDocument(page, t("print"));
  assert.ok(
    shown.includes(buyer) && !shown.includes(IDENTITY_CODE) && !shown.includes("131052"),
    "no code on an invoice",
  );
  assert.deepEqual(faults, []);
}

/** The printed invoice, as whoever opens it reads it. */
async function invoicesDocument(page: Page, print: string): Promise<string> {
  const [document] = await Promise.all([
    page.context().waitForEvent("page"),
    page
      .getByRole("link", { name: new RegExp(print) })
      .first()
      .click(),
  ]);
  await document.waitForLoadState();
  return (await document.textContent("body")) ?? "";
}

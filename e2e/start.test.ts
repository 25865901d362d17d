// A new company's first hour (the start of J9): from the welcome link of a fresh register to its own description in force and on paper.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { wordsOf as wordsOfSecret } from "../src/documents/recoverySheet/secret.ts";
import type { Language } from "../src/values/Language.ts";
import { open, register, skipped } from "./browser.ts";
import { axeFaults, formFaults, settle } from "./look.ts";
import { doing, wordsOf } from "./words.ts";

const PASSWORD = "pitkä lause jonka muistaa";
const COMPANY = "Havun Huolto Oy";
/** A folder for pictures that are looked at by eye; none are made without it. */
const PICTURES = process.env.START_PICTURES;

/** Looks at the page as it is now, in both sizes; what is wrong with it is gathered. */
function looking(page: Page, language: Language, faults: string[]) {
  const looked: string[] = [];
  const shoot = async (name: string) => {
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}-${language}.png`, fullPage: true });
  };
  const look = async (name: string) => {
    await settle(page);
    const found = [...(await formFaults(page, language)), ...(await axeFaults(page)), ...faults.splice(0)];
    looked.push(...found.map((fault) => `${name}: ${fault}`));
    await shoot(name);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "dark" });
    // What is half changed has neither its colours nor its place: the change begins with a frame of its own, and is waited for to its end.
    await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === "dark");
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))),
    );
    await page.waitForFunction(
      () => document.getAnimations().every(({ playState }) => playState !== "running"),
      undefined,
      { polling: 50 },
    );
    const narrow = [...(await formFaults(page, language)), ...(await axeFaults(page))];
    looked.push(...narrow.map((fault) => `${name} on a phone, dark: ${fault}`));
    await shoot(`${name}-phone`);
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  return { look, looked };
}

suite("the first hour", { skip: skipped }, () => {
  if (skipped) return;
  for (const language of ["fi", "sv"] as const)
    test(`J9 in ${language}: a fresh register gets its company's own description`, () => firstHour(language));
});

async function firstHour(language: Language): Promise<void> {
  const made = await register("walttia");
  const { page, faults } = await open({ locale: language === "sv" ? "sv-FI" : "fi-FI" });
  const t = wordsOf(language);
  const { press, follow, fill, see } = doing(page, t);
  const { look, looked } = looking(page, language, faults);
  const question = (id: string) => page.locator(`#q-${id}`);
  const beside = page.getByRole("region", { name: t("start.beside") });
  const step = (name: string) =>
    page.getByRole("navigation", { name: t("start.steps") }).getByRole("button", { name: t(`start.step.${name}`) });
  const at = (name: string) => page.getByRole("heading", { name: t(`start.step.${name}`), level: 2 }).waitFor();

  await page.goto(made.welcome);
  await fill("welcome.name", "Aava Kaarna");
  await fill("welcome.login", "aava@example.fi");
  await fill("welcome.password", PASSWORD);
  await fill("welcome.again", PASSWORD);
  await press("welcome.action");
  await follow("start.offer.go");

  // A number whose check digit is wrong is told, and what was typed stays.
  await at("company");
  await page.getByLabel(t("start.name")).fill(COMPANY);
  await page.getByRole("textbox", { name: t("start.businessId"), exact: true }).fill("1234567-2");
  await see(t("start.businessId.wrong"));
  await press("start.next");
  await at("company");
  assert.equal(await page.getByLabel(t("start.name")).inputValue(), COMPANY);
  await look("company");
  await page.getByRole("textbox", { name: t("start.businessId"), exact: true }).fill("1234567-1");
  await press("start.next");

  // A broken text of one's own says line and reason, and is still there afterwards.
  await at("example");
  await look("example");
  await page.getByRole("radio", { name: t("start.own.title") }).click();
  const broken = "tietovirta: 1\nversion: [";
  await page.getByLabel(t("draft.text")).fill(broken);
  await press("start.next");
  await page
    .getByRole("alert")
    .getByText(t("draft.line", { line: 2, col: 11 }))
    .first()
    .waitFor();
  await see(t("start.beside.none"));
  assert.equal(await page.getByLabel(t("draft.text")).inputValue(), broken);
  await look("broken text");
  assert.equal(await page.getByRole("button", { name: t("draft.takeForce") }).count(), 0);
  await press("start.back");

  // Answers grow the picture and the document.
  await at("example");
  const example = language === "fi" ? "pyorapaja" : "valokuvaamo";
  const spoken = page.getByRole("radio", { name: t("start.example.walttia") });
  assert.equal(await page.getByRole("radio", { name: t("start.example.pyorapaja") }).isDisabled(), language === "sv");
  assert.equal(await spoken.isDisabled(), false);
  await page.getByRole("radio", { name: t(`start.example.${example}`) }).click();
  await press("start.next");
  await at("people");
  const responsible = question("responsible").getByLabel(t("start.person.name"));
  assert.equal(await responsible.inputValue(), "Aava Kaarna", "whoever begins is suggested");
  await responsible.fill("Havu Kaarna");
  await question("accountant").getByLabel(t("start.where")).selectOption("finland");
  await question("accountant").getByLabel(t("start.provider.accountant")).fill("Tilikirja Oy");
  await question("accountant").getByLabel(t("start.agreement")).selectOption("made");
  await settle(page);
  const pictured = beside.getByRole("group", { name: t("flows.label") });
  await pictured.waitFor();
  await look("people");
  await beside.getByText(t("start.beside.document"), { exact: true }).click();
  await beside.getByText("Tilikirja Oy").first().waitFor();
  await beside.getByText("Havu Kaarna").first().waitFor();
  await look("people with the document");
  await beside.getByText(t("start.beside.picture"), { exact: true }).click();

  await press("start.next");
  await at("places");
  await settle(page);
  const before = await pictured.textContent();
  await question("mail").getByLabel(t("start.where")).selectOption("outside");
  await question("mail").getByLabel(t("start.provider")).fill("Pilviposti");
  await question("mail").getByLabel(t("start.agreement")).selectOption("none");
  await page.waitForFunction(
    ([old, label]) => document.querySelector(`svg[aria-label="${label}"]`)?.textContent !== old,
    [before, t("flows.label")],
    { polling: 50 },
  );
  await settle(page);
  await look("places");
  await press("start.next");
  await at("ways");
  await look("ways");
  await press("start.next");

  // What is not lawful stands in the way, with its article and the way back to its question.
  await page.getByRole("heading", { name: t("start.check.title") }).waitFor();
  await settle(page);
  const alert = page.getByRole("alert");
  await alert.getByText(/28/).first().waitFor();
  await look("findings");
  const back = t("start.check.answer", { question: t("start.q.mail") });
  await alert.getByRole("button", { name: back }).first().click();
  await at("places");
  const mail = question("mail");
  assert.equal(await mail.getByLabel(t("start.provider")).inputValue(), "Pilviposti");
  await page.waitForFunction(() => document.activeElement?.closest("#q-mail") !== null, undefined, { polling: 50 });
  await mail.getByLabel(t("start.agreement")).selectOption("made");
  await mail.getByLabel(t("start.safeguard")).selectOption("clauses");
  // What is answered stays while one is elsewhere.
  await page
    .getByRole("navigation", { name: t("nav.label") })
    .getByRole("link", { name: t("nav.home"), exact: true })
    .click();
  await follow("start.offer.go");
  await at("company");
  await step("check").click();
  await see(t("start.check.fine"));
  await settle(page);
  await look("nothing in the way");
  await page.getByRole("button", { name: t("draft.takeForceAs", { version: "2" }) }).click();

  // In force at once; then the paper with the key, and the documents.
  await page.getByRole("heading", { name: t("start.ready.title") }).waitFor();
  await see(t("start.ready.text", { company: COMPANY, version: "2" }));
  const { description } = made.gate.inForce();
  assert.deepEqual([description.controller.name, description.version], [COMPANY, "2"]);
  assert.equal(description.responsiblePerson.name, "Havu Kaarna");
  await look("ready");
  const secret = await made.gate.keys.recoverySecret();
  assert.ok(secret);
  const words = wordsOfSecret(secret);
  const sheet = page.getByRole("region", { name: t("recovery.title") });
  for (const field of await sheet.getByRole("textbox").all()) {
    const label = (await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent)) ?? "";
    await field.fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? "");
  }
  await press("recovery.confirm");
  await see(t("recovery.confirmed"));
  assert.equal(await made.gate.keys.recoverySecret(), null);
  const [printed] = await Promise.all([
    page.context().waitForEvent("page"),
    page
      .getByRole("link", { name: t("print") })
      .first()
      .click(),
  ]);
  await printed.getByText(COMPANY).first().waitFor();
  assert.doesNotMatch((await printed.textContent("body")) ?? "", /Walttia|Exempel|Esimerk/);
  await printed.close();
  await page
    .getByRole("navigation", { name: t("nav.label") })
    .getByRole("link", { name: t("nav.home"), exact: true })
    .click();
  await page.getByRole("heading", { level: 1, name: /Aava/ }).waitFor();
  await settle(page);
  assert.equal(await page.getByText(t("start.offer.title")).count(), 0);
  assert.deepEqual(looked, []);
  assert.deepEqual(faults, []);
}

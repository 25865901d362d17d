// J6: a letter asks what is held. The responsible person opens a request, makes sure who asks, puts the package together, answers for the paper, and closes
// with a proof; in Finnish and in Swedish. Whatever was planted of the person is in the package.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { IDENTITY_CODE } from "../src/test/trade.ts";
import { addDays, addPeriod, dayInHelsinki, formatDay, parseDay } from "../src/values/Day.ts";
import type { Language } from "../src/values/Language.ts";
import { open, skipped } from "./browser.ts";
import { type Company, colleague, company } from "./company.ts";
import { axeFaults, formFaults, settle } from "./look.ts";
import { doing, wordsOf } from "./words.ts";

suite("an access request in an afternoon", { skip: skipped }, async () => {
  if (skipped) return;
  const made = await company({ proven: false });
  for (const language of ["fi", "sv"] as const)
    test(`J6 in ${language}: from the letter to the proof`, () => letter(made, language));
  for (const language of ["fi", "sv"] as const)
    test(`J6 in ${language}: an erasure that keeps a part, to the card of a restricted person`, () =>
      kept(made, language));
  test("a request by mail is answered on the person's own card, and the way there leads back", () => byMail(made));
  test("a late request says so in words, on the list, at home and on a phone", () => late(made));
});

const VALUES = { fi: "Varpu Vadelmalehto", sv: "Vilja Vattenlilja" } as const;

/** Somebody with something in every register, and every value that was planted. */
async function planted(
  { ask }: Company,
  language: "fi" | "sv",
): Promise<{ id: string; name: string; values: string[] }> {
  const name = VALUES[language];
  const given = {
    name,
    email: `kaikki.${language}@example.fi`,
    phone: `+35850000770${language === "fi" ? 1 : 2}`,
    billingAddress: { street: `Laskutie ${language} 3`, postalCode: "90100", town: "Oulu", country: "FI" },
    deliveryAddress: { street: `Toimitustie ${language} 4`, postalCode: "90120", town: "Oulu", country: "FI" },
  };
  const send = async (role: string, url: string, body?: object) => {
    const answer = await ask(role, "POST", url, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body;
  };
  const code = { personalIdentityCode: IDENTITY_CODE, personalIdentityCodeGround: "credit" };
  const { id } = await send("administration", "/api/customers", { kind: "person", source: "phone", ...given, ...code });
  const goods = `Hyllykkö ${language} mittojen mukaan`;
  const lines = [{ description: goods, quantity: 1, unitPriceCents: 31_700, vatClass: "standard" }];
  const order = await send("sales", "/api/orders", { customerId: id, lines });
  await send("sales", `/api/orders/${order.id}/delivery`, { day: dayInHelsinki(new Date()) });
  const { number } = await send("invoicing", `/api/orders/${order.id}/invoice`);
  await send("administration", `/api/customers/${id}/objections`, { purpose: "offers" });
  const { email, phone, billingAddress, deliveryAddress } = given;
  const values = [
    name,
    email,
    // Told in its groups, as people read it.
    phone.replace(/^(\+358)(50)(\d{3})/, "$1 $2 $3 "),
    billingAddress.street,
    deliveryAddress.street,
    IDENTITY_CODE,
    goods,
    String(number),
  ];
  return { id, name, values };
}

async function letter(made: Company, language: "fi" | "sv"): Promise<void> {
  const { id, name, values } = await planted(made, language);
  const session = await colleague(made, ["responsiblePerson"], language);
  const { page, faults } = await open({ session });
  const [t, rights, problems] = [wordsOf(language), wordsOf(language, "rights"), wordsOf(language, "problems")];
  const { heading, goTo, press, follow, fill, see } = doing(page, t);
  await page.goto(made.address, { waitUntil: "networkidle" });
  await goTo("nav.requests");
  await heading(t("requests.title"));
  await follow("requests.new");
  await heading(t("requests.new"));

  // Three fields by keyboard: the name is there already under the hand.
  const today = dayInHelsinki(new Date());
  const received = addDays(today, -2);
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await page.keyboard.type(name);
  await page.getByRole("button", { name: new RegExp(name) }).press("Enter");
  await see(t("newRequest.chosen", { name }));
  await page.getByRole("textbox", { name: t("newRequest.received") }).fill(formatDay(received, language as Language));
  await fill("newRequest.asks", `Mitä minusta tiedetään? ${language}`);
  await press("newRequest.save");
  await heading(name);
  await see(rights("request.right.access"));
  await settle(page);
  assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, language))], []);

  // Nothing can be answered before it is certain who asks, and the page says why.
  await press("case.saveAnswer");
  await see(problems("requestIdentityMissing"));
  await page.getByLabel(t("case.method")).selectOption("calledBack");
  await press("case.identify");
  await see(rights("request.identity.calledBack"));

  await follow("case.collect");
  await heading(t("access.of", { name }));
  await settle(page);
  const waiting = page.waitForEvent("download");
  await press("access.download");
  const text = await readFile(await (await waiting).path(), "utf8");
  const missing = values.filter((value) => !text.includes(value));
  assert.deepEqual(missing, [], "every planted value is in the package");
  assert.ok(text.includes(`Mitä minusta tiedetään? ${language}`), "the request itself too");
  await follow("case.backToCase");
  await heading(name);
  await see(t("case.collected", { moment: "" }).trim().slice(0, 12));

  const places = await paper(page, t, language);
  assert.ok(places >= 3, `only ${places} places to look through`);
  assert.equal(await page.getByLabel(t("case.outcome.answered")).isChecked(), true);
  await press("case.saveAnswer");
  await press("case.close");
  await see(t("case.closed"));
  await see(t("case.inTime"));
  await settle(page);
  assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, language))], []);

  // The proof: a page to print, and the log that says the same.
  const proof = await made.ask(
    "responsiblePerson",
    "GET",
    `/api${new URL(page.url()).pathname.replace("/case", "")}/print?language=${language}`,
  );
  assert.ok(String(proof.body).includes(rights("requestPage.inTime")));
  assert.ok(String(proof.body).includes(`Kalenterissa käynti ${language}`));
  const shown = (await made.ask("responsiblePerson", "GET", `/api${new URL(page.url()).pathname.replace("/case", "")}`))
    .body;
  assert.deepEqual([shown.state, shown.customerId, shown.tasksOpen], ["closed", id, 0]);
  assert.equal(shown.targetOn, addPeriod(parseDay(received), "P1M"));
  const { body: log } = await made.ask("responsiblePerson", "GET", "/api/audit-events?register=requests&limit=100");
  const verbs = new Set(log.items.map(({ verb }: { verb: string }) => verb));
  assert.deepEqual([...verbs].sort(), ["change", "collect", "read"]);
  assert.deepEqual(
    faults.filter((fault) => !fault.includes("409")),
    [],
  );
}

/** Every place is answered: the first has something, the rest nothing at one press. */
async function paper(page: Page, t: ReturnType<typeof wordsOf>, language: string): Promise<number> {
  const open = page.locator(".case-task").filter({ has: page.getByRole("radio") });
  await open.first().waitFor();
  const places = await open.count();
  const place = open.first();
  await place.getByLabel(t("case.found"), { exact: true }).check();
  await place.getByRole("textbox").fill(`Kalenterissa käynti ${language}`);
  await place.getByRole("button", { name: new RegExp(`^${t("case.saveTask")}: `) }).click();
  await page.waitForFunction(
    (n) => document.querySelectorAll(".case-task input[type=radio]").length === n * 2,
    places - 1,
  );
  await page.getByRole("button", { name: t("case.restNothing") }).click();
  await page.waitForFunction(() => document.querySelector(".case-task input[type=radio]") === null);
  const history = page.getByRole("table", { name: t("case.history") });
  await history.getByText(t("case.lookedNothing", { places: "" }).trim()).waitFor();
  return places;
}

/** What the law and the warranty keep stays, the person is told why, and the card is found again. */
async function kept(made: Company, language: "fi" | "sv"): Promise<void> {
  const { ask, address } = made;
  const name = { fi: "Raita Rajoitettu", sv: "Randi Randig" }[language];
  const send = async (role: string, url: string, body?: object) => {
    const answer = await ask(role, "POST", `/api${url}`, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body;
  };
  const today = dayInHelsinki(new Date());
  const customer = { kind: "person", source: "phone", name, phone: "+358500007799" };
  const { id } = await send("administration", "/customers", customer);
  const lines = [{ description: "Kaapisto", quantity: 1, unitPriceCents: 41_700, vatClass: "standard" }];
  const order = await send("sales", "/orders", { customerId: id, lines });
  await send("sales", `/orders/${order.id}/delivery`, { day: today });
  const { id: invoice } = await send("invoicing", `/orders/${order.id}/invoice`);
  await send("invoicing", `/invoices/${invoice}/payment`, { day: today });
  const asked = { right: "erasure", channel: "letter", receivedOn: today, name, customerId: id };
  const { id: request } = await send("responsiblePerson", "/requests", asked);
  await send("responsiblePerson", `/requests/${request}/identity`, { method: "calledBack", customerId: id });
  await send("responsiblePerson", `/customers/${id}/erasure`, { ground: "noLongerNeeded" });

  const session = await colleague(made, ["responsiblePerson", "administration"], language);
  const { page, faults } = await open({ session });
  const [t, rights, problems] = [wordsOf(language), wordsOf(language, "rights"), wordsOf(language, "problems")];
  const { heading, press, follow, see } = doing(page, t);
  await page.goto(`${address}/customers/${id}`, { waitUntil: "networkidle" });
  await see(t("customer.notShown"));
  await page.goto(`${address}/requests/case/${request}`, { waitUntil: "networkidle" });
  await heading(name);
  await see(t("customer.restricted"));
  await press("case.restNothing");
  await see(t("case.remainsText"));

  const partly = page.getByLabel(t("case.outcome.partly"));
  assert.equal(await partly.isChecked(), true, "what was left is a part refused");
  const ground = page.getByLabel(t("case.ground"));
  assert.equal(await ground.inputValue(), "", "no ground is chosen beforehand");
  const offered = await ground.locator("option").allTextContents();
  assert.ok(offered.includes(rights("request.refusal.legalObligation")));
  assert.ok(!offered.includes(rights("request.refusal.rightsOfOthers")));
  assert.ok(offered.includes(rights("request.refusal.stillNeeded")));
  await press("case.saveAnswer");
  await see(t("case.groundMissing"));
  await see(problems("requestComplaintUntold"));
  await page.getByLabel(t("case.complaint")).check();
  await settle(page);
  assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, language))], []);
  await ground.selectOption("legalObligation");
  await press("case.saveAnswer");
  await see(rights("request.refusal.legalObligation"));

  await follow("case.openCard");
  await heading(name);
  await see(t("customer.restricted"));
  await follow("case.backToCase");
  await heading(name);
  await follow("case.openCard");
  await heading(name);
  await page.getByRole("region", { name: t("timeline.title") }).waitFor();
  const permissions = page.getByRole("region", { name: t("permissions.title") });
  await permissions.getByText(t("permissions.none")).or(permissions.getByRole("list")).waitFor();
  const give = permissions.getByRole("button", { name: t("permissions.give") });
  assert.equal(await give.count(), 0, "no consent is taken from who is restricted");
  // What was chosen for the card is not left over everyday work.
  const purpose = page.getByRole("banner").getByLabel(t("purpose.label"));
  assert.notEqual(await purpose.inputValue(), "");
  await page
    .getByRole("navigation")
    .getByRole("link", { name: t("nav.customers"), exact: true })
    .click();
  await page.getByRole("link", { name: t("customers.new") }).waitFor();
  assert.equal(await purpose.inputValue(), "");
  assert.deepEqual(
    faults.filter((fault) => !fault.includes("404")),
    [],
  );
}

async function byMail(made: Company): Promise<void> {
  const { ask, address, ids } = made;
  const today = dayInHelsinki(new Date());
  const name = "Meeri Meilaaja";
  const send = async (url: string, body: object) => {
    const answer = await ask("responsiblePerson", "POST", `/api${url}`, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body;
  };
  const asked = { right: "access", channel: "email", receivedOn: today, name, customerId: ids.person };
  const { id } = await send("/requests", asked);
  await send(`/requests/${id}/identity`, { method: "calledBack", customerId: ids.person });
  const session = await colleague(made, ["administration", "responsiblePerson"], "fi");
  const { page, faults } = await open({ session });
  const t = wordsOf("fi");
  const { heading, press, follow, see } = doing(page, t);
  await page.goto(`${address}/requests/case/${id}`, { waitUntil: "networkidle" });
  await heading(name);
  await see(t("case.cameThrough"));
  await press("case.restNothing");
  await page.waitForFunction(() => document.querySelectorAll(".case-task input[type=radio]").length === 2);
  assert.equal(await page.getByRole("button", { name: t("case.restNothing") }).count(), 0);
  await see(t("case.answerByCard"));
  await follow("ownCard.give");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("ownCard.identity.knownNumber")).check();
  await dialog.getByRole("button", { name: t("ownCard.make") }).click();
  await dialog.getByText(t("ownCard.onlyHereText")).waitFor();
  await settle(page);
  assert.deepEqual(await axeFaults(page), []);
  await dialog
    .getByRole("button", { name: t("close") })
    .last()
    .click();
  await follow("case.backToCase");
  await heading(name);
  assert.deepEqual(faults, []);
}

async function late(made: Company): Promise<void> {
  const receivedOn = addDays(dayInHelsinki(new Date()), -50);
  const body = { right: "erasure", channel: "letter", receivedOn, name: "Myöhä Myrttilä" };
  const added = await made.ask("responsiblePerson", "POST", "/api/requests", body);
  assert.equal(added.status, 201, JSON.stringify(added.body));
  const word = /päivää myöhässä/;
  const { page, faults } = await open({ session: made.session, size: "phone" });
  await page.goto(made.address);
  await settle(page);
  const home = page.getByRole("region", { name: "Vastaamatta olevat pyynnöt" });
  await home.getByText(word).first().waitFor();
  assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, "fi"))], []);
  await page.goto(`${made.address}/requests`);
  await settle(page);
  const rows = page.getByRole("table", { name: "Avoimet pyynnöt" }).getByRole("row");
  await rows.filter({ hasText: "Myöhä Myrttilä" }).getByText(word).waitFor();
  assert.ok((await rows.nth(1).textContent())?.includes("Myöhä Myrttilä"), "the soonest is first");
  assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, "fi"))], []);
  assert.deepEqual(faults, []);
}

// Journey J8 in a real browser: the customer's own card, by a link from the staff's dialog and by a code in a letter, in Finnish and in Swedish.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { openMail } from "../src/channels/mail/smtp.ts";
import { openOwnCards } from "../src/rights/ownCard/ways.ts";
import { buildFormApp } from "../src/server/formApp.ts";
import { relay } from "../src/test/relay.ts";
import { open, type Session, skipped } from "./browser.ts";
import { colleague, company } from "./company.ts";
import { axeFaults, settle } from "./look.ts";

const made = skipped ? undefined : await company({ proven: false });
const { letters, port } = await relay();
const mail = openMail({ url: `smtp://127.0.0.1:${port}`, from: "register@firm.example" });
let cards = "";
const ways =
  made && openOwnCards(made.gate, { relay: { system: "noticeRelay", send: mail.send }, origin: () => cards });
const pages = made && ways && (await buildFormApp({ gate: made.gate, cards: ways }));
if (pages) cards = await pages.listen({ port: 0, host: "127.0.0.1" });
after(async () => {
  mail.close();
  await pages?.close();
});

const WORDS = {
  fi: {
    give: "Anna linkki omaan korttiin",
    met: "Tapasin asiakkaan",
    make: "Tee linkki",
    open: "Avaa omat tiedot",
    told: ["Puhelin", "Kuka tietojasi on katsonut", "Sinä itse", "Säilytetään"],
    correct: "Korjaa: Toimitusosoite",
    street: "Katuosoite",
    send: "Lähetä korjaus",
    waits: "Odottaa tarkistusta",
    accept: "Hyväksy korjaus: Toimitusosoite",
    give2: "Anna suostumus: Uutiskirje sähköpostiin",
    withdraw: "Peru suostumus: Uutiskirje sähköpostiin",
    withdrawn: "Suostumus on peruttu.",
    download: "Lataa tiedosto",
    done: "Valmis, sulje tiedot",
    closed: "Tiedot on suljettu.",
  },
  sv: {
    give: "Ge en länk till det egna kortet",
    met: "Jag träffade kunden",
    make: "Gör länken",
    open: "Öppna mina uppgifter",
    told: ["Telefon", "Vem som har tittat på dina uppgifter", "Du själv", "Bevaras"],
    correct: "Rätta: Leveransadress",
    street: "Gatuadress",
    send: "Sänd rättelsen",
    waits: "Väntar på kontroll",
    accept: "Godkänn rättelsen: Leveransadress",
    give2: "Ge samtycke: Nyhetsbrev per e-post",
    withdraw: "Återkalla samtycket: Nyhetsbrev per e-post",
    withdrawn: "Samtycket är återkallat.",
    download: "Ladda ner filen",
    done: "Klar, stäng uppgifterna",
    closed: "Uppgifterna är stängda.",
  },
} as const;

/** Accessible in both schemes, and no wider than a phone. */
async function expectPlain(page: Page, language: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await axeFaults(page), [], `${page.url()} ${colorScheme}`);
  }
  assert.equal(await page.locator("html").getAttribute("lang"), language);
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    page.url(),
  );
}

for (const language of ["fi", "sv"] as const)
  test(`a customer sees and mends their own card (${language})`, { skip: skipped }, async (t) => {
    assert.ok(made);
    const w = WORDS[language];
    const { person } = made.ids;
    const staff: Session = await colleague(made, ["administration", "responsiblePerson"], language);
    const { page, faults } = await open({ session: staff });
    await page.goto(`${made.address}/customers/${person}`);
    await settle(page);
    await page.getByRole("button", { name: w.give }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: w.met }).check();
    await dialog.getByRole("button", { name: w.make }).click();
    const code = dialog.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){5}$/);
    await code.waitFor();
    assert.deepEqual(await axeFaults(page), []);
    const secret = await code.textContent();

    const asked: string[] = [];
    const phone = await open({ size: "phone", locale: `${language}-FI` });
    const own = phone.page;
    own.on("request", (request) => asked.push(`${request.url()} ${request.headers().referer ?? ""}`));
    await own.goto(`${cards}/own#${secret}`);
    await own.getByRole("button", { name: w.open }).waitFor();
    await own.waitForFunction(() => location.hash === "");
    await expectPlain(own, language);
    await own.getByRole("button", { name: w.open }).click();
    await own.getByRole("heading", { name: w.told[1] }).waitFor();
    assert.ok(secret && asked.length > 1 && !asked.some((one) => one.includes(secret)), "the secret is in no address");
    for (const told of w.told) assert.ok((await own.getByText(told, { exact: false }).count()) > 0, told);
    await expectPlain(own, language);

    await own.getByRole("link", { name: w.correct }).click();
    await own.getByLabel(w.street).fill(`Uusitie 5 ${language}`);
    await expectPlain(own, language);
    await own.getByRole("button", { name: w.send }).click();
    await own.getByText(w.waits, { exact: false }).first().waitFor();

    await page.goto(made.address);
    await settle(page);
    await page.getByRole("link", { name: /Maija/ }).first().waitFor();
    await page.goto(`${made.address}/customers/${person}`);
    await settle(page);
    await page.getByText(`Uusitie 5 ${language}`, { exact: false }).first().waitFor();
    assert.deepEqual(await axeFaults(page), []);
    await page.getByRole("button", { name: w.accept }).click();
    await page.getByRole("button", { name: w.accept }).waitFor({ state: "detached" });
    const card = await made.ask("administration", "GET", `/api/customers/${person}`);
    assert.deepEqual(
      [card.body.deliveryAddress.street, card.body.origins.deliveryAddress.source],
      [`Uusitie 5 ${language}`, "ownCard"],
    );

    await own.reload();
    await own.getByText(`Uusitie 5 ${language}`, { exact: false }).first().waitFor();
    await own.getByRole("button", { name: w.give2 }).click();
    await own.getByRole("button", { name: w.withdraw }).click();
    await own.getByText(w.withdrawn).waitFor();
    const downloading = own.waitForEvent("download");
    await own.getByRole("link", { name: w.download }).click();
    const data = JSON.parse(readFileSync(await (await downloading).path(), "utf8"));
    assert.equal(data.subject, person);
    await own.getByRole("button", { name: w.done }).first().click();
    await own.getByText(w.closed, { exact: false }).waitFor();
    await own.goBack();
    assert.equal(await own.getByText(`Uusitie 5 ${language}`, { exact: false }).count(), 0);
    assert.deepEqual([...faults, ...phone.faults], []);
    t.diagnostic("card seen, corrected, withdrawn, taken along and closed");
  });

test("without script, by a code in a letter", { skip: skipped }, async () => {
  assert.ok(made && ways);
  const { page } = await open({ size: "phone", javaScriptEnabled: false });
  await page.goto(`${cards}/own?lang=fi`);
  await page.getByLabel("Sähköpostiosoitteesi").fill("maija@example.fi");
  await page.getByRole("button", { name: "Lähetä koodi" }).click();
  await page.getByLabel("Kirjeessä oleva koodi").waitFor();
  await ways.settled();
  const code =
    /(\d{4}) (\d{4})/
      .exec(letters.at(-1) ?? "")
      ?.slice(1)
      .join("") ?? "";
  assert.equal(code.length, 8);
  await page.getByLabel("Kirjeessä oleva koodi").fill(code);
  await page.getByRole("button", { name: "Avaa omat tiedot" }).click();
  await page.getByRole("heading", { name: "Kuka tietojasi on katsonut" }).waitFor();
  await page.getByRole("button", { name: "Valmis, sulje tiedot" }).first().click();
  await page.getByText("Tiedot on suljettu.", { exact: false }).waitFor();
});

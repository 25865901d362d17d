// The two-minute tour, walked by a visitor's own hands on the real pages, in Finnish and in Swedish, at a desk and on a telephone.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import type { Page } from "playwright-core";
import { openBeside } from "../src/server/demo/beside.ts";
import { IDENTITY_CODE } from "../src/test/trade.ts";
import { open, type Size, skipped } from "./browser.ts";
import { axeFaults, formFaults, settle } from "./look.ts";

const LONG = { timeout: 180_000 };

const words = {
  fi: {
    ...{
      tour: "Kahden minuutin kierros",
      begin: "Aloita",
      openForm: "Avaa lomake",
      next: "Seuraava",
      finish: "Valmis",
    },
    ...{ name: "Nimi", email: "Sähköpostiosoite", send: "Lähetä", came: "on nyt rekisterissä", card: "Avaa kortti" },
    ...{
      add: "Lisää henkilötunnus",
      code: "Henkilötunnus",
      ground: /Käsittelyn peruste/,
      from: "Mistä tieto tuli",
      save: "Tallenna",
    },
    ...{
      refused: "Tunnus ei mennyt mihinkään",
      prove: "Tarkasta nyt",
      description: "Avaa kuvaus",
      proven: /todistettu/,
    },
    ...{ step: "Vaihe", end: "Siinä se oli", close: "Sulje kierros" },
  },
  sv: {
    ...{ tour: "Två minuters rundtur", begin: "Börja", openForm: "Öppna formuläret", next: "Nästa", finish: "Klart" },
    ...{ name: "Nimi", email: "Sähköpostiosoite", send: "Skicka", came: "finns nu i registret", card: "Öppna kortet" },
    ...{
      add: "Lägg till personbeteckning",
      code: "Personbeteckning",
      ground: /Grund för behandlingen/,
      from: "Var uppgiften kom ifrån",
      save: "Spara",
    },
    ...{
      refused: "Beteckningen kom ingenvart",
      prove: "Pröva nu",
      description: "Öppna beskrivningen",
      proven: /bevisade/,
    },
    ...{ step: "Steg", end: "Det var det", close: "Stäng rundturen" },
  },
} as const;

suite("the tour", { skip: skipped, concurrency: 1 }, async () => {
  if (skipped) return;
  const above = mkdtempSync(join(tmpdir(), "tietovirta-tour-"));
  const beside = openBeside({ folder: join(above, "demo"), customers: 60 });
  after(async () => {
    await beside.throwAway();
    rmSync(above, { recursive: true, force: true });
  });
  await beside.begin();
  for (let n = 0; n < 1800 && beside.now().state !== "ready"; n++) {
    assert.equal(beside.now().problem, null);
    await new Promise((done) => setTimeout(done, 100));
  }

  const looks: { language: "fi" | "sv"; size: Size; colorScheme: "light" | "dark" }[] = [
    { language: "fi", size: "desktop", colorScheme: "light" },
    { language: "sv", size: "phone", colorScheme: "dark" },
    { language: "fi", size: "phone", colorScheme: "light" },
    { language: "sv", size: "desktop", colorScheme: "dark" },
  ];
  for (const { language, ...look } of looks) {
    test(`is walked whole: ${language}, ${Object.values(look).join(", ")}`, async () => {
      const w = words[language];
      const { page, faults } = await open({ ...look, locale: language === "fi" ? "fi-FI" : "sv-FI" });
      await page.goto(await beside.link("http://localhost:4700"));
      const guide = page.getByRole("region", { name: w.tour });
      await guide.waitFor();
      const press = (name: string) => guide.getByRole("button", { name, exact: true }).click();
      const expectStep = async (n: number) => {
        await guide.getByText(`${w.step} ${n}/4`).waitFor();
        await settle(page);
        const said = [...(await axeFaults(page)), ...(await formFaults(page, language))];
        assert.deepEqual(said, [], `step ${n}`);
        if (process.env.PICTURES)
          await page.screenshot({ path: `${process.env.PICTURES}/tour-${language}-${look.size}-${n}.png` });
      };
      await press(w.begin);

      await expectStep(1);
      const name = `Tuisku Kierros ${language === "fi" ? "Suomeksi" : "Ruotsiksi"}`;
      await fillForm(page, () => guide.getByRole("link", { name: w.openForm }).click(), w, name);
      await guide.getByText(`${name} ${w.came}`).waitFor(LONG);
      await guide.getByRole("link", { name: w.card }).click();
      await page.getByRole("heading", { name, level: 1 }).waitFor();

      await expectStep(2);
      await page.getByRole("button", { name, exact: true }).click();
      await guide.getByRole("button", { name: w.next }).waitFor();
      await page.keyboard.press("Escape");
      await press(w.next);

      await expectStep(3);
      await page.getByRole("button", { name: w.add }).click();
      await page.getByLabel(w.code).fill(IDENTITY_CODE);
      await page.getByLabel(w.ground).selectOption({ index: 1 });
      const source = await guide.getByText(`${w.from}: `).textContent();
      await page.getByLabel(w.from).selectOption({ label: /: (.+)\.$/.exec(source ?? "")?.[1] ?? "" });
      await page.getByRole("button", { name: w.save, exact: true }).click();
      await guide.getByText(w.refused).waitFor();
      // The line of the description, in the refusal itself and in the guide.
      const line = /pyorapaja\.yaml:\d+ categories\.personalIdentityCode\.givenBy/;
      assert.match((await guide.textContent()) ?? "", line);
      await page
        .getByRole("alert")
        .getByText(/pyorapaja\.yaml:\d+/)
        .first()
        .waitFor();
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}/tour-${language}-${look.size}-3b.png` });
      assert.deepEqual(await axeFaults(page), []);
      await press(w.next);

      await expectStep(4);
      await guide.getByRole("link", { name: w.description }).click();
      // What was typed and refused is not text to keep here.
      const question = page.getByRole("dialog");
      await page.getByRole("button", { name: w.prove }).or(question).first().waitFor();
      if (await question.isVisible()) await question.getByRole("button").last().click();
      await page.getByRole("button", { name: w.prove }).click();
      await guide.getByText(w.proven).waitFor(LONG);
      await settle(page);
      assert.deepEqual(await axeFaults(page), []);
      if (process.env.PICTURES)
        await page.screenshot({ path: `${process.env.PICTURES}/tour-${language}-${look.size}-4b.png` });
      await press(w.finish);
      await guide.getByRole("heading", { name: w.end }).waitFor();
      assert.deepEqual(faults, []);
    });
  }

  test("is reached, left and found again by the keyboard alone", async () => {
    const { page } = await open();
    await page.goto(await beside.link("http://localhost:4700"));
    const guide = page.getByRole("region", { name: words.fi.tour });
    await guide.waitFor();
    await settle(page);
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    await page.keyboard.press("Tab");
    for (let n = 0; n < 60 && (await focused()) !== words.fi.begin; n++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await guide.getByText("Vaihe 1/4").waitFor();
    assert.equal(await focused(), "Ihminen tulee rekisteriin");
    await page.keyboard.press("Escape");
    await guide.waitFor({ state: "detached" });
    const again = page.getByRole("button", { name: words.fi.tour });
    for (let n = 0; n < 60 && !(await again.evaluate((it) => it === document.activeElement)); n++)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await guide.getByText("Vaihe 1/4").waitFor();
  });
});

/** In a window of its own, as a customer would. */
async function fillForm(
  page: Page,
  openIt: () => Promise<void>,
  w: (typeof words)["fi" | "sv"],
  name: string,
): Promise<void> {
  const opened = page.context().waitForEvent("page");
  await openIt();
  const form = await opened;
  await form.getByLabel(w.name).first().fill(name);
  await form.getByLabel(w.email).first().fill("tuisku@example.fi");
  await form.getByRole("button", { name: w.send }).click();
  await form.waitForURL(/\/thanks/);
  await form.close();
}

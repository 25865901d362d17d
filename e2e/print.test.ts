// Paper: what is read, without what is pressed; and never what must not lie on a printer's tray.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { IDENTITY_CODE, MAIJA } from "../src/test/trade.ts";
import { open, skipped } from "./browser.ts";
import { company } from "./company.ts";
import { settle } from "./look.ts";

/** What stands on paper: text, and what is in fields. */
async function printed(page: Page): Promise<string> {
  await page.emulateMedia({ media: "print" });
  const text = await page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>("input, textarea, select")];
    const seen = fields.filter((field) => field.checkVisibility()).map(({ value }) => value);
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not printed
    return [document.body.innerText, ...seen].join("\n").replace(/\s+/g, " ");
  });
  await page.emulateMedia({ media: null });
  return text;
}

suite("printing", { skip: skipped }, async () => {
  if (skipped) return;
  const { address, session, ids } = await company({ proven: false });
  // Menus, banners, what is pressed.
  const never = [
    "Päävalikko",
    "Tietovirtakuvaus",
    "Palautusavain odottaa",
    "Etsi tai siirry",
    "Aava Kaarna",
    "Tulosta",
    "Uusi",
  ];

  const pages = [
    [`/customers/${ids.person}`, [MAIJA.name, "maija@example.fi", "Puuikkunan asennus"]],
    [`/orders/${ids.deliveredOrder}`, ["Tilaus", "Puuikkunan asennus"]],
    [`/invoices/${ids.openInvoice}`, ["Eräpäivä", "1 255,00"]],
    ["/customers", [MAIJA.name, "Puhelin"]],
    ["/invoices", ["Laskun numero", "1 255,00"]],
  ] as const;

  for (const colorScheme of ["light", "dark"] as const) {
    test(`cards, orders, invoices and lists from a ${colorScheme} screen`, async () => {
      const { page } = await open({ session, colorScheme });
      for (const [path, words] of pages) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(`${address}${path}`, { waitUntil: "networkidle" });
        await settle(page);
        const text = await printed(page);
        for (const word of words)
          assert.ok(text.includes(word), `${path}: ${word} is not printed: ${text.slice(0, 500)}`);
        for (const word of never) assert.ok(!text.includes(word), `${path}: ${word} is printed`);
        // A4 within its margins is narrower than 48em: lists stay lists there.
        await page.setViewportSize({ width: 690, height: 900 });
        await page.emulateMedia({ media: "print" });
        const look = await page.evaluate(() => ({
          ink: getComputedStyle(document.querySelector("h1") ?? document.body).color,
          wide: document.documentElement.scrollWidth,
          heads: [...document.querySelectorAll("thead")].map((one) => getComputedStyle(one).display),
        }));
        assert.equal(look.ink, "rgb(0, 0, 0)");
        assert.ok(look.wide <= 690, `${path}: wider than the paper`);
        for (const head of look.heads) assert.equal(head, "table-header-group");
        if (process.env.PICTURES)
          await page.screenshot({
            path: `${process.env.PICTURES}/print-${path.split("/")[1]}-${path.length}-${colorScheme}.png`,
          });
        await page.emulateMedia({ media: null });
      }
    });
  }

  test("never an identity code, neither shown nor being typed", async () => {
    const { page, faults } = await open({ session });
    await page.goto(`${address}/customers/${ids.person}`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Näytä tunnus" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("Luottotietojen tarkistus");
    assert.ok(!(await printed(page)).includes("Luottotietojen"), "a dialog is printed");
    await dialog.getByRole("button", { name: "Näytä tunnus" }).click();
    await page.getByText(IDENTITY_CODE).waitFor();
    const text = await printed(page);
    assert.ok(!text.includes(IDENTITY_CODE), "the code is printed");
    assert.ok(text.includes("Henkilötunnus"));

    await page.goto(`${address}/customers/new`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Osoitteet ja muut tiedot" }).click();
    await page.getByLabel("Henkilötunnus").fill(IDENTITY_CODE);
    assert.ok(!(await printed(page)).includes(IDENTITY_CODE), "what is typed is printed");
    assert.deepEqual(faults, []);
  });

  test("never the words of the recovery paper", async () => {
    const { page } = await open({ session });
    await page.goto(`${address}/keys`, { waitUntil: "networkidle" });
    await settle(page);
    const word = page.getByLabel(/^Sana \d+|sana/i).first();
    await word.fill("kuusenkerkkä");
    assert.ok(!(await printed(page)).includes("kuusenkerkkä"));
  });
});

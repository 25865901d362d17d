// The pictures of README and of the user guide, made from the made-up company: node scripts/run.mjs e2e/pictures.ts
import { mkdirSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { globalSetup, globalTeardown } from "../src/test/setup.ts";
import { languages } from "../src/values/Language.ts";
import { close, open } from "./browser.ts";
import { company } from "./company.ts";
import { guide, sumsOf, writeSums } from "./guide/files.ts";
import { walk } from "./guide/walk.ts";
import { settle } from "./look.ts";

const folder = fileURLToPath(new URL("../docs/pictures", import.meta.url));
const MOST_BYTES = 250_000;

await globalSetup();
try {
  const told = await company();
  for (const language of languages) {
    const seen = await walk(told, language, async (page, { name }) => {
      // What was pressed comes back to its place slowly.
      await page.waitForTimeout(500);
      await shoot(page, guide(`pictures/${language}/${name}.png`));
    });
    writeSums(language, sumsOf(seen));
  }

  const { address, session, ids } = await company({ proven: false });
  const { page } = await open({ session });

  await page.goto(`${address}/description`);
  await settle(page);
  await page.getByRole("button", { name: "Tarkasta nyt" }).click();
  await page.getByText("Tarkastettu: jokainen valvonta toimii.").waitFor();
  await keep(page, "description", 1150);

  await page.goto(`${address}/flows`);
  await settle(page);
  await keep(page, "flows", 1120);

  // Written down by the one who looks, so that the picture names a person.
  const deliveryAddress = { street: "Toimituspolku 14", postalCode: "90120", town: "Oulu", country: "FI" };
  const changed = await page.request.patch(`${address}/api/customers/${ids.person}`, {
    headers: { "sec-fetch-site": "same-origin" },
    data: { source: "phone", deliveryAddress },
  });
  if (!changed.ok()) throw new Error(await changed.text());
  await page.goto(`${address}/customers/${ids.person}`);
  await settle(page);
  await page.getByRole("button", { name: "Toimituspolku" }).click();
  await page.getByText(/^Alkuperä: /).waitFor();
  await keep(page, "card", 900);

  await page.goto(`${address}/requests/${ids.returning}/erasure`);
  await settle(page);
  await page.getByLabel("Tietoja ei enää tarvita").check();
  await page.getByRole("table", { name: "Mitä tapahtuu" }).waitFor();
  await keep(page, "erasure", 1090);
} finally {
  await close();
  await globalTeardown();
}
// The register has no more to do, and nobody will ask it to close.
process.exit();

async function keep(page: Page, name: string, height: number): Promise<void> {
  await page.setViewportSize({ width: 1440, height });
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await settle(page);
  await page.getByRole("button", { name: "Aava Kaarna" }).waitFor();
  // A button that was at work comes back to its place slowly.
  await page.waitForTimeout(500);
  await shoot(page, `${folder}/${name}.png`);
}

async function shoot(page: Page, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${basename(path)}: ${Math.round(size / 1000)} kB`);
  if (size > MOST_BYTES) throw new Error(`${path} is too large for a page of documentation`);
}

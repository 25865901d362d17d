// The pictures of README, made from the made-up company: node scripts/run.mjs e2e/pictures.ts
import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { globalSetup, globalTeardown } from "../src/test/setup.ts";
import { close, open } from "./browser.ts";
import { company } from "./company.ts";
import { settle } from "./look.ts";

const folder = fileURLToPath(new URL("../docs/pictures", import.meta.url));
const MOST_BYTES = 250_000;

await globalSetup();
try {
  const { address, session, ids } = await company({ proven: false });
  const { page } = await open({ session });
  mkdirSync(folder, { recursive: true });

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
  const path = `${folder}/${name}.png`;
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${name}.png: ${Math.round(size / 1000)} kB`);
  if (size > MOST_BYTES) throw new Error(`${name}.png is too large for a README`);
}

// From an empty register into the made-up company and back, by the visitor's own presses.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import type { Page } from "playwright-core";
import { openBeside } from "../src/server/demo/beside.ts";
import { open, register, type Session, skipped } from "./browser.ts";
import { account } from "./company.ts";
import { axeFaults, formFaults, settle } from "./look.ts";

const LONG = { timeout: 180_000 };
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const picture = async (page: Page, name: string) => {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
};

suite("the made-up company", { skip: skipped, concurrency: 1 }, async () => {
  if (skipped) return;
  const above = mkdtempSync(join(tmpdir(), "tietovirta-visit-"));
  const beside = openBeside({ folder: join(above, "demo"), customers: 60 });
  after(async () => {
    await beside.throwAway();
    rmSync(above, { recursive: true, force: true });
  });
  const own = await register("walttia", undefined, { beside });
  let session: Session | undefined;

  test("is told of beside the first account's form", async () => {
    const { page } = await open();
    await page.goto(own.welcome);
    await page.getByText("Haluatko ensin katsoa?").waitFor();
    assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, "fi"))], []);
    session = await account(own);
  });

  test("opens with one press from the empty home page, says on every page what it is, and is left with one", async () => {
    const { page, faults } = await open({ session });
    await page.goto(own.address);
    await settle(page);
    await page.getByRole("link", { name: "Katso keksittyä yritystä" }).click();
    await page.getByRole("heading", { name: "Keksitty yritys", level: 1 }).waitFor();
    assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, "fi"))], []);
    await button(page, "Katso keksittyä yritystä").click();
    await page.getByRole("status").getByText("Eletään sen vuosi").waitFor(LONG);
    await picture(page, "demo-making");
    assert.deepEqual(await axeFaults(page), []);
    const bar = page.getByRole("region", { name: "Tämä on esittely." });
    await bar.waitFor(LONG);
    const there = new URL(page.url());
    assert.notEqual(there.origin, own.address);
    assert.equal(there.hash, "", "the secret stays in no history");
    await page.getByRole("region", { name: "Kahden minuutin kierros" }).waitFor();
    await settle(page);
    await picture(page, "demo-home");
    assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, "fi"))], []);
    for (const path of ["/customers", "/description", "/accounts"]) {
      await page.goto(there.origin + path);
      await bar.waitFor();
    }
    await bar.getByRole("button", { name: "Poistu esittelystä" }).click();
    // Back in one's own register, still signed in there.
    await page.waitForURL(`${own.address}/`);
    await page.getByRole("heading", { name: "Hei, Aava" }).waitFor();
    const names = (await page.context().cookies()).map(({ name }) => name);
    assert.ok(names.includes("tietovirta") && names.includes("tietovirta-demo"), names.join());
    assert.deepEqual(faults, []);
  });

  test("is found again in one's own menu, quickly, and is thrown away", async () => {
    const { page, faults } = await open({ session, size: "phone", colorScheme: "dark" });
    await page.goto(own.address);
    await button(page, /Aava|AK/).click();
    await page.getByRole("link", { name: "Katso keksittyä yritystä" }).first().click();
    await page.getByRole("heading", { name: "Keksitty yritys", level: 1 }).waitFor();
    await settle(page);
    await picture(page, "demo-page-phone");
    await button(page, "Katso keksittyä yritystä").click();
    await page.getByRole("region", { name: "Tämä on esittely." }).waitFor(LONG);
    await settle(page);
    assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, "fi"))], []);
    await picture(page, "demo-home-phone");
    await page.goto(`${own.address}/demo`);
    await button(page, "Mene sisään").waitFor();
    await button(page, "Heitä se pois").click();
    const dialog = page.getByRole("dialog");
    assert.deepEqual(await axeFaults(page), []);
    await dialog.getByRole("button", { name: "Heitä se pois" }).click();
    await page.locator("button:not([data-loading])", { hasText: "Katso keksittyä yritystä" }).waitFor(LONG);
    assert.equal(beside.now().made, false);
    assert.deepEqual(faults, []);
  });
});

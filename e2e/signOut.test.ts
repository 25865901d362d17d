// What a shared computer still knows after somebody has signed out: nothing of the customers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAIJA } from "../src/test/trade.ts";
import { open, skipped } from "./browser.ts";
import { company, LOGIN, PASSWORD } from "./company.ts";

test("after signing out the browser keeps nothing, and Back shows nothing", { skip: skipped }, async () => {
  const { address, ids } = await company({ proven: false });
  const { page, faults } = await open();
  await page.goto(`${address}/customers`);
  await page.getByLabel("Sähköposti").fill(LOGIN);
  await page.getByLabel("Salasana", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Kirjaudu" }).click();
  await page.getByRole("link", { name: MAIJA.name }).click();
  await page.getByRole("heading", { name: MAIJA.name, level: 1 }).waitFor();
  assert.ok(page.url().endsWith(ids.person));
  await page.getByRole("button", { name: /Aava/ }).click();
  await page.getByRole("button", { name: "Kirjaudu ulos" }).click();
  await page.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();

  const kept = () =>
    page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys().catch(() => []),
      workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
    }));
  assert.deepEqual(await kept(), { local: [], session: [], databases: [], caches: [], workers: 0 });
  const cookies = (await page.context().cookies()).filter(({ value }) => value !== "");
  // The device is still known, so that nobody is told of it as a new one: a keyed hash of the account, of no use for signing in.
  assert.deepEqual(
    cookies.map(({ name }) => name),
    ["tietovirta-device"],
  );
  assert.match(cookies[0]?.value ?? "", /^[\w-]{22}$/);

  for (const move of [() => page.goBack(), () => page.goto(`${address}/customers/${ids.person}`)]) {
    await move();
    await page.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();
    const text = (await page.locator("body").textContent()) ?? "";
    assert.ok(!text.includes("Maija"), "a name is on the screen");
    assert.ok(!(await page.content()).includes("maija@example.fi"));
  }
  assert.deepEqual(faults, []);
});

// What was done to one's account meets one at the next sign-in (ASVS 5.0 6.3.7), and stays on one's own page.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { open, skipped } from "./browser.ts";
import { company, PASSWORD } from "./company.ts";
import { axeFaults, formFaults, settle } from "./look.ts";
import { colleague } from "./people.ts";

const PICTURES = process.env.NEWS_PICTURES;

test("roles changed by a colleague and a link to a new password are told at the next sign-in, until they are seen", {
  skip: skipped,
}, async () => {
  const made = await company({ proven: false });
  const { session, app, address } = made;
  const other = await colleague(made, { name: "Sampo Myynti", roles: ["sales"] });
  const headers = { "sec-fetch-site": "same-origin", cookie: `${session.name}=${session.value}` };
  const send = async (method: "PATCH" | "POST", url: string, payload?: object) => {
    const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
    assert.ok(answer.statusCode < 300, answer.body);
  };
  await send("PATCH", `/api/accounts/${other.id}`, { roles: ["sales", "invoicing"] });
  await send("POST", `/api/accounts/${other.id}/link`);

  const { page } = await open();
  await page.goto(address, { waitUntil: "networkidle" });
  await page.getByLabel("Sähköposti").fill(other.login);
  await page.getByLabel("Salasana", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Kirjaudu", exact: true }).click();
  const bar = page.getByRole("status").filter({ hasText: "Tunnuksellesi on tapahtunut" });
  await bar.getByText(/^Rooleja muutettiin · .* · Käyttäjien hoitaja$/).waitFor();
  await bar.getByText(/^Linkki uuteen salasanaan annettiin/).waitFor();
  await settle(page);
  assert.deepEqual([...(await formFaults(page, "fi")), ...(await axeFaults(page))], []);
  const look = async (name: string) => {
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${PICTURES}/${name}-phone.png` });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
  };
  await look("news");

  await bar.getByRole("link", { name: "Oma tili" }).click();
  const list = page.getByRole("table", { name: "Muutokset tunnuksessasi" });
  await list.getByText("Kirjautuminen uudella laitteella").waitFor();
  await list.scrollIntoViewIfNeeded();
  assert.deepEqual([...(await formFaults(page, "fi")), ...(await axeFaults(page))], []);
  await look("news-account");
  await bar.getByRole("button", { name: "Nämä ovat kunnossa" }).click();
  await bar.waitFor({ state: "hidden" });
  await page.goto(address, { waitUntil: "networkidle" });
  await settle(page);
  assert.equal(await bar.count(), 0);
});

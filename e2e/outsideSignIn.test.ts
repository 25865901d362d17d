/// <reference path="../src/test/oidc-provider.d.ts" />
// The company's own sign-in service in a browser, against a real OpenID Connect provider on this machine: an account begins with it, signs in with it, and comes
// back with it in a window of its own to a page whose session has ended.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { openProvider } from "../src/channels/oidc/provider.ts";
import { systemCaller } from "../src/gate/caller.ts";
import { inviteAccount } from "../src/registers/staff/accounts.ts";
import { testApp } from "../src/test/app.ts";
import { exampleText } from "../src/test/descriptions.ts";
import { CLIENT, signInService } from "../src/test/signInService.ts";
import { open, skipped, WEB } from "./browser.ts";

const SYSTEM = `  signInService:
    kind: helper
    serves: [signIn]
    label: { fi: Yrityksen kirjautumispalvelu, sv: Bolagets inloggningstjänst, en: Sign-in service of the company }
    runBy: controller
    location: { country: FI }
    highestRisk: low
`;
const SERVICE = "Yrityksen kirjautumispalvelu";

/** The provider must know the pages' address before they are served. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

test("ASVS 5.0 10.5.2: a person begins with the company's service, signs in with it, and comes back to a page whose session ended", {
  skip: skipped,
}, async () => {
  const text = (await exampleText("walttia")).replace(/^systems:\n/m, (found) => `${found}${SYSTEM}`);
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const service = await signInService(`${address}/signed-in`);
  service.as("aava");
  const oidc = { provider: openProvider({ issuer: service.issuer, ...CLIENT }), system: "signInService" };
  const made = await testApp({ text, web: WEB, oidc });
  made.clock.set(new Date());
  await made.app.listen({ port, host: "127.0.0.1" });
  const { secret } = await inviteAccount(made.gate, systemCaller("test"), ["sales"]);

  const { page, faults } = await open();
  await page.goto(`${address}/welcome#invitation=${secret}`, { waitUntil: "networkidle" });
  await page.getByLabel("Nimi").fill("Aava Kaarna");
  await page.getByLabel("Sähköposti, jolla kirjaudut").fill("aava@example.fi");
  await page.getByText("Kirjautumispalvelu", { exact: true }).click();
  await page.getByText("Kirjaudut yrityksesi kirjautumispalvelussa", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Luo tunnus" }).click();
  await page.getByRole("button", { name: /Aava/ }).waitFor();

  await page.getByRole("button", { name: /Aava/ }).click();
  await page.getByRole("button", { name: "Kirjaudu ulos" }).click();
  await page.getByRole("button", { name: SERVICE }).click();
  await page.getByRole("button", { name: /Aava/ }).waitFor();

  await page.goto(`${address}/customers/new`, { waitUntil: "networkidle" });
  await page.getByLabel("Nimi").fill("Tuulikki Toivoranta");
  const [{ id }] = (await made.ask("responsiblePerson", "GET", "/api/accounts")).body.items;
  const ended = await made.ask("responsiblePerson", "DELETE", `/api/accounts/${id}/sessions`);
  assert.equal(ended.status, 200);
  await page.getByLabel("Puhelin", { exact: true }).fill("050 123 4567");
  await page.getByRole("button", { name: "Lisää asiakas" }).click();
  const dialog = page.getByRole("dialog", { name: "Kirjautumisesi päättyi" });
  await dialog.getByRole("button", { name: SERVICE }).click();
  await page.getByRole("heading", { name: "Tuulikki Toivoranta" }).waitFor();
  assert.deepEqual(faults, []);
});

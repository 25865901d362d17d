// Ways to sign in as a person meets them, with Chromium's virtual authenticator: an account begins with a passkey, what is sensitive asks for it again and
// keeps what was typed, and one's own page shows it all.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { TOTP, URI } from "otpauth";
import type { Page } from "playwright-core";
import { open, register, skipped } from "./browser.ts";
import { axeFaults, formFaults, settle } from "./look.ts";

const MINUTE = 60_000;
/** A folder for pictures that are looked at by eye; none are made without it. */
const PICTURES = process.env.SIGN_IN_PICTURES;

async function device(page: Page) {
  const debug = await page.context().newCDPSession(page);
  await debug.send("WebAuthn.enable");
  await debug.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();

test("a person begins with a passkey, confirms with it, and adds and removes other ways", {
  skip: skipped,
}, async () => {
  const made = await register("walttia");
  const port = new URL(made.address).port;
  const address = `http://localhost:${port}`;
  const { page, faults } = await open();
  await device(page);
  const looked: string[] = [];
  const look = async (name: string) => {
    await settle(page);
    const found = [...(await formFaults(page, "fi")), ...(await axeFaults(page)), ...faults.splice(0)];
    looked.push(...found.map((fault) => `${name}: ${fault}`));
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForTimeout(300);
    looked.push(...(await formFaults(page, "fi")).map((fault) => `${name} on a phone: ${fault}`));
    await page.screenshot({ path: `${PICTURES}/${name}-phone.png`, fullPage: true });
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1440, height: 900 });
  };

  await page.goto(made.welcome.replace(made.address, address));
  await page.getByLabel("Nimi").fill("Aava Kaarna");
  await page.getByLabel("Sähköposti, jolla kirjaudut").fill("aava@example.fi");
  await page.getByText("Laitteesi tunnistaa sinut").waitFor();
  await look("welcome");
  await button(page, "Luo tunnus").click();
  await page.getByRole("button", { name: /Aava/ }).waitFor();

  await button(page, /Aava/).click();
  await button(page, "Kirjaudu ulos").click();
  await page.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();
  await look("sign-in");
  await button(page, "Kirjaudu pääsyavaimella").click();
  await page.getByRole("button", { name: /Aava/ }).waitFor();

  // The proof has become old: adding somebody asks for it, over the dialog whose choices stay.
  made.clock.forward(6 * MINUTE);
  await page.goto(`${address}/accounts`);
  await button(page, "Lisää käyttäjä").click();
  await page.getByLabel("Myynti").check();
  await button(page, "Tee linkki").click();
  const asks = page.getByRole("dialog", { name: "Vahvista, että olet sinä" });
  await asks.waitFor();
  await look("fresh");
  await page.keyboard.press("Escape");
  await asks.waitFor({ state: "hidden" });
  assert.ok(await page.getByLabel("Myynti").isChecked(), "what was chosen stays");
  await button(page, "Tee linkki").click();
  await asks.getByRole("button", { name: "Vahvista pääsyavaimella" }).click();
  await page.getByLabel("Kutsulinkki").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Sulje" }).last().click();

  await button(page, /Aava/).click();
  await page.getByRole("link", { name: "Oma tili" }).click();
  await page.getByRole("heading", { name: "Oma tili", level: 1 }).waitFor();
  await page.getByText("Ensimmäinen pääsyavain").first().waitFor();
  await look("account");

  await button(page, "Aseta salasana").click();
  await page.getByRole("textbox", { name: "Uusi salasana" }).fill("pitkä lause jonka muistaa");
  await page.getByLabel("Salasana uudelleen").fill("pitkä lause jonka muistaa");
  await look("password");
  await button(page, "Tallenna").click();
  await button(page, "Vaihda salasana").waitFor();

  await button(page, "Ota käyttöön").click();
  const key = ((await page.getByRole("dialog").locator("code").textContent()) ?? "").replace(/\s/g, "");
  await look("factor");
  const totp = URI.parse(`otpauth://totp/x?secret=${key}`);
  assert.ok(totp instanceof TOTP);
  const code = () => totp.generate({ timestamp: made.clock.now().getTime() });
  await page.getByLabel("Sovelluksen näyttämä koodi").fill(code());
  await page.getByRole("dialog").getByRole("button", { name: "Ota käyttöön" }).click();
  await page.getByRole("dialog", { name: "Varakoodit" }).waitFor();
  assert.equal(await page.locator(".codes li").count(), 10);
  await look("codes");
  await button(page, "Ne ovat tallessa").click();

  // Without the passkey: password and code, asked for in two steps.
  await button(page, /Aava/).click();
  await button(page, "Kirjaudu ulos").click();
  await page.getByLabel("Sähköposti").fill("aava@example.fi");
  await page.getByLabel("Salasana", { exact: true }).fill("pitkä lause jonka muistaa");
  await page.getByRole("button", { name: "Kirjaudu", exact: true }).click();
  await page.getByLabel("Koodi").waitFor();
  await look("code");
  made.clock.forward(MINUTE);
  await page.getByLabel("Koodi").fill(code());
  await page.getByRole("button", { name: "Kirjaudu", exact: true }).click();
  await page.getByRole("button", { name: /Aava/ }).waitFor();

  // The passkey goes, after the password and the next code.
  made.clock.forward(6 * MINUTE);
  await page.goto(`${address}/account`);
  await page
    .getByRole("row", { name: /Ensimmäinen pääsyavain/ })
    .getByRole("button", { name: "Poista" })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Poista" }).click();
  await asks.getByLabel("Salasana", { exact: true }).fill("pitkä lause jonka muistaa");
  await asks.getByLabel("Koodi").fill(code());
  await asks.getByRole("button", { name: "Vahvista", exact: true }).click();
  await page.getByText("Ei pääsyavaimia").waitFor();
  await page.goto(`${address}/accounts`);
  await page.getByRole("button", { name: "Kirjautuminen" }).click();
  await page.getByRole("dialog").getByText("Salasana ja koodi").waitFor();
  await look("colleague");
  await button(page, "Linkki uuteen salasanaan").click();
  const link = (await page.getByLabel("Kutsulinkki").inputValue()).split("#")[1];
  await page.goto("about:blank");
  await page.goto(`${address}/welcome#${link}`);
  await page.getByRole("heading", { name: "Uusi salasana" }).waitFor();
  await page.getByRole("textbox", { name: "Uusi salasana" }).fill("toinen lause tähän kohtaan");
  await look("back");
  await button(page, "Ota käyttöön").click();
  await page.getByRole("link", { name: "Kirjaudu sisään" }).click();
  await page.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();
  assert.deepEqual(looked, []);
});

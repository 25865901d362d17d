// An inspector at the screen: sees the description, what would be erased, the certificates and the log, finds nothing to press that changes any of them, and
// is told why.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { systemCaller } from "../src/gate/caller.ts";
import { inviteAccount } from "../src/registers/staff/accounts.ts";
import { addDays, dayInHelsinki } from "../src/values/Day.ts";
import type { Language } from "../src/values/Language.ts";
import { open, register, skipped } from "./browser.ts";
import { account, PASSWORD } from "./company.ts";
import { axeFaults, formFaults, settle } from "./look.ts";
import { colleague } from "./people.ts";
import { wordsOf } from "./words.ts";

/** A folder for pictures that are looked at by eye; none are made without it. */
const PICTURES = process.env.INSPECTOR_PICTURES;

async function look(on: Page, name: string, language: Language = "fi") {
  for (const width of [1440, 360]) {
    await on.setViewportSize({ width, height: 800 });
    await settle(on);
    assert.deepEqual([...(await formFaults(on, language)), ...(await axeFaults(on))], [], `${name} ${width}`);
    if (PICTURES === undefined) continue;
    mkdirSync(PICTURES, { recursive: true });
    await on.screenshot({ path: `${PICTURES}/${name}-${width}.png` });
  }
  await on.setViewportSize({ width: 1440, height: 900 });
}

suite("an inspector", { skip: skipped }, async () => {
  if (skipped) return;
  const made = await register("pyorapaja");
  const t = wordsOf("fi");
  const session = await account(made);
  assert.equal((await made.ask("responsiblePerson", "POST", "/api/proofs")).status, 200);
  const endsOn = addDays(dayInHelsinki(made.clock.now()), 30);
  const inspector = await colleague({ ...made, session }, { name: "Tarja Tarkastaja", roles: ["inspector"], endsOn });
  const { page, faults } = await open({ session: inspector });
  const pages: readonly { path: string; title: string; absent: readonly string[] }[] = [
    { path: "/", title: t("home.greeting", { name: "Tarja" }), absent: [] },
    { path: "/description", title: t("description.title"), absent: [t("prove.now"), t("draft.file"), t("start.door")] },
    { path: "/flows", title: t("flows.title"), absent: [] },
    { path: "/retention", title: t("retention.title"), absent: [t("retention.run"), t("retention.pause.end")] },
    { path: "/certificates", title: t("certificate.title"), absent: [] },
    { path: "/evidence", title: t("audit.title"), absent: [] },
    { path: "/evidence/log", title: t("log.title"), absent: [t("log.sign")] },
  ];

  test("has the doors of what is inspected, and no others", async () => {
    await page.goto(made.address, { waitUntil: "networkidle" });
    const doors = await page
      .getByRole("navigation", { name: t("nav.label") })
      .getByRole("link")
      .allTextContents();
    assert.deepEqual(
      doors.map((door) => door.trim()),
      ["nav.home", "nav.description", "nav.flows", "nav.retention", "nav.certificates", "nav.evidence"].map((key) =>
        t(key),
      ),
    );
  });

  test("reads every page, with nothing to press that changes what it tells of", async () => {
    for (const { path, title, absent } of pages) {
      await page.goto(`${made.address}${path}`, { waitUntil: "networkidle" });
      await page.getByRole("heading", { name: title, level: 1 }).waitFor();
      for (const name of absent) assert.equal(await page.getByRole("button", { name, exact: true }).count(), 0, name);
      await look(page, path === "/" ? "home" : path.slice(1).replaceAll("/", "-"));
    }
    assert.deepEqual(faults, []);
  });

  test("is told at the door why nothing can be changed, and whose role may", async () => {
    await page.goto(`${made.address}/retention`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: t("why.door") }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByText(t("why.roles", { roles: "Vastuuhenkilö" }))
      .first()
      .waitFor();
    await look(page, "why");
  });
});

suite("an inspector of the accounts, the copies and the keys too", { skip: skipped }, async () => {
  if (skipped) return;
  const made = await register("valokuvaamo");
  const t = wordsOf("sv");
  const endsOn = addDays(dayInHelsinki(made.clock.now()), 30);
  const { secret } = await inviteAccount(made.gate, systemCaller("test"), ["inspector"], endsOn);
  const who = { secret, name: "Greta Granskare", login: "greta@example.fi", language: "sv", password: PASSWORD };
  const joined = await made.app.inject({
    method: "POST",
    url: "/api/invitation",
    headers: { "sec-fetch-site": "same-origin" },
    payload: who,
  });
  assert.equal(joined.statusCode, 201, joined.body);
  const [cookie] = joined.cookies;
  assert.ok(cookie);
  const session = { name: cookie.name, value: cookie.value, url: made.address };
  const { page, faults } = await open({ session, locale: "sv-FI" });

  test("sees them in Swedish, with no button but those that only look", async () => {
    for (const [path, title] of [
      ["/accounts", "accounts.title"],
      ["/backups", "backups.title"],
      ["/keys", "keys.title"],
    ] as const) {
      await page.goto(`${made.address}${path}`, { waitUntil: "networkidle" });
      await page.getByRole("heading", { name: t(title), level: 1 }).waitFor();
      const main = page.getByRole("main");
      const buttons = (await main.getByRole("button").allTextContents()).map((name) => name.trim()).filter(Boolean);
      assert.deepEqual(buttons, [t("why.door")], path);
      await look(page, path.slice(1), "sv");
    }
    assert.deepEqual(faults, []);
  });
});

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { keysOfLog, signCheckpoint } from "../../registers/evidence/log/checkpoints.ts";
import { openSequencer } from "../../registers/evidence/log/sequencer.ts";
import { type TestApp, testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { IDENTITY_CODE, MAIJA, trade } from "../../test/trade.ts";

const VERIFY = join(import.meta.dirname, "../../../scripts/verify.mjs");
const list = async (t: TestApp) => (await t.ask("responsiblePerson", "GET", "/api/erasure-certificates")).body.items;

async function signed(t: TestApp): Promise<void> {
  const sequencer = openSequencer(t.gate);
  while ((await sequencer.step()) > 0);
  await signCheckpoint(t.gate);
}

const erase = async (t: TestApp, id: string) => {
  const answer = await t.ask("responsiblePerson", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
};

test("an erasure ends in a certificate that anybody can check without the program, and that nobody can change", async () => {
  const t = await testApp();
  const id = await trade(t).customer(MAIJA);
  await erase(t, id);
  // Asked for at once by several: an act has one certificate.
  const asked = await Promise.all([list(t), list(t), list(t)]);
  assert.equal(asked.length, 3);
  assert.equal((await rowsOf(t.owner, "erasure_certificate")).length, 1);
  const [before] = await list(t);
  assert.equal(before.subjectId, id);
  assert.deepEqual(before.registers, ["customers"]);
  assert.equal(before.proven, false);
  await signed(t);
  const [line] = await list(t);
  assert.equal(line.id, before.id, "one act has one certificate");
  assert.equal(line.proven, true);

  const { body } = await t.ask("responsiblePerson", "GET", `/api/erasure-certificates/${line.id}`);
  assert.deepEqual(body.certificate.kept, []);
  const gone = (await rowsOf(t.owner, "erasure_ledger")).flatMap(({ keys }) => keys as string[]);
  assert.ok(gone.length > 0);
  assert.deepEqual(
    body.certificate.erased.flatMap((one: { keyIds: string[] }) => one.keyIds).toSorted(),
    gone.toSorted(),
  );
  const text = JSON.stringify(body);
  // A whole number of a phone: few digits stand in any long hash.
  for (const value of [MAIJA.name, MAIJA.email, "401234567"]) assert.ok(!text.includes(value));

  const folder = mkdtempSync(join(tmpdir(), "certificate-"));
  const file = join(folder, "certificate.json");
  const key = join(folder, "key.txt");
  writeFileSync(key, `${(await keysOfLog(t.gate)).join("\n")}\n`);
  writeFileSync(file, text);
  const check = ["--certificate", file, "--key", key];
  assert.match(
    execFileSync(process.execPath, [VERIFY, ...check], { encoding: "utf8" }),
    /^ok: the certificate stands/m,
  );
  const changed = structuredClone(body);
  changed.certificate.erased[0].categories = ["name"];
  writeFileSync(file, JSON.stringify(changed));
  assert.equal(spawnSync(process.execPath, [VERIFY, ...check]).status, 1);
});

test("a partial erasure says what stays and until when; the page says it in three languages", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const id = await customer({ ...MAIJA, personalIdentityCode: IDENTITY_CODE, personalIdentityCodeGround: "credit" });
  await invoice(await delivered(id));
  await erase(t, id);
  await signed(t);
  const [line] = await list(t);
  const { body } = await t.ask("responsiblePerson", "GET", `/api/erasure-certificates/${line.id}`);
  assert.ok(
    body.certificate.erased.some((one: { categories: string[] }) => one.categories.includes("personalIdentityCode")),
  );
  const invoices = body.certificate.kept.find((one: { register: string }) => one.register === "invoices");
  assert.deepEqual([invoices?.until, invoices?.reason], ["2032-12-31", "keptByLaw"]);
  for (const [language, title] of [
    ["fi", "Todistus"],
    ["sv", "Intyg"],
    ["en", "Certificate of erasure"],
  ]) {
    const page = await t.ask(
      "responsiblePerson",
      "GET",
      `/api/erasure-certificates/${line.id}/print?language=${language}`,
    );
    assert.equal(page.status, 200);
    assert.match(String(page.body), new RegExp(`${title}`));
  }
  const refused = await t.ask("sales", "GET", "/api/erasure-certificates");
  assert.equal(refused.status, 403);
});

test("the proof of a consent is named and kept until the day that the answer told; what another register of the program holds is not out of reach", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const id = await customer(MAIJA);
  await invoice(await delivered(id));
  const given = { consent: "newsletter", wording: 1, language: "fi", source: "phone" };
  const consent = await t.ask("sales", "POST", `/api/customers/${id}/consents`, given);
  assert.equal(consent.status, 200, JSON.stringify(consent.body));
  const done = await t.ask("responsiblePerson", "POST", `/api/customers/${id}/erasure`, { ground: "consentWithdrawn" });
  assert.equal(done.status, 200, JSON.stringify(done.body));
  const other = await t.ask("responsiblePerson", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
  const proofOf = (lines: { register: string; until?: string }[]) =>
    lines.find((one) => one.register === "permissions");
  const told = proofOf(other.body.decisions);
  assert.equal(told?.until, "2029-11-22");
  const [line] = await list(t);
  const { body } = await t.ask("responsiblePerson", "GET", `/api/erasure-certificates/${line.id}`);
  const expected = {
    register: "permissions",
    categories: ["consentProof"],
    until: told?.until,
    reason: "consentProof",
  };
  assert.deepEqual(proofOf(body.certificate.kept), expected);
  assert.deepEqual(body.certificate.outOfReach, [], "the invoices' program is this one");
  const access = await t.ask("responsiblePerson", "GET", `/api/customers/${id}/access?language=fi`);
  assert.equal(access.status, 200, JSON.stringify(access.body));
  const toOf = (lines: { to: string }[]) => lines.map(({ to }) => to);
  assert.equal(body.certificate.within.length, 1, "the order's move to invoicing");
  assert.deepEqual(toOf(body.certificate.within), toOf(access.body.recipients), "both papers tell of the same moves");
  const page = await t.ask("responsiblePerson", "GET", `/api/erasure-certificates/${line.id}/print?language=fi`);
  assert.match(String(page.body), /Suostumukset ja kiellot<\/th><td>Todiste suostumuksesta<\/td><td>22\.11\.2029/);
  assert.match(String(page.body), /Kirjanpitolaki 1336/, "the ground of what is kept, in words");
});

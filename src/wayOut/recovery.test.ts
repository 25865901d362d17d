// The recovery paper over HTTP: printed until it is confirmed, confirmed only by its own words, and never again after that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ageRecipientOf, wordsOf } from "../documents/recoverySheet/secret.ts";
import { testApp } from "../test/app.ts";

test("who keeps the keys prints and confirms; others may not even ask", async () => {
  const { ask, gate, owner } = await testApp();
  assert.equal((await ask("sales", "GET", "/api/keys/recovery")).status, 403);
  assert.equal((await ask("sales", "POST", "/api/keys/recovery/sheet", { language: "fi" })).status, 403);
  assert.equal((await ask(null, "GET", "/api/keys/recovery")).status, 401);

  const { body: state } = await ask("responsiblePerson", "GET", "/api/keys/recovery");
  assert.equal(state.confirmed, false);
  assert.equal(state.asked.length, 3);
  const secret = await gate.keys.recoverySecret();
  assert.ok(secret);
  const words = wordsOf(secret);
  const printed = await ask("responsiblePerson", "POST", "/api/keys/recovery/sheet", { language: "sv" });
  assert.equal(printed.status, 200);
  assert.equal(Buffer.from(printed.body.pdf, "base64").subarray(0, 5).toString(), "%PDF-");

  const wrong = await ask("responsiblePerson", "POST", "/api/keys/recovery/confirm", {
    words: "abandon abandon abandon",
  });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.body.code, "recoveryWrongWords");
  assert.ok(await gate.keys.recoverySecret());

  const right = state.asked.map((number: number) => words[number - 1]).join(" ");
  const confirmed = await ask("responsiblePerson", "POST", "/api/keys/recovery/confirm", { words: right });
  assert.deepEqual([confirmed.status, confirmed.body.confirmed, confirmed.body.asked], [200, true, []]);
  assert.equal(await gate.keys.recoverySecret(), null);
  const late = await ask("responsiblePerson", "POST", "/api/keys/recovery/sheet", { language: "fi" });
  assert.deepEqual([late.status, late.body.code], [409, "recoveryConfirmed"]);

  const events = await owner
    .selectFrom("audit_event")
    .select(["verb", "place"])
    .where("place", "like", "keys.recovery%")
    .orderBy("id")
    .execute();
  assert.deepEqual(events, [
    { verb: "disclose", place: "keys.recovery.sheet" },
    { verb: "change", place: "keys.recovery.confirm" },
  ]);
});

test("a new key asks for a new paper, and the one before opens on until then", async () => {
  const { ask, gate } = await testApp();
  const state = async () => (await ask("responsiblePerson", "GET", "/api/keys/recovery")).body;
  const confirm = async () => {
    const secret = await gate.keys.recoverySecret();
    assert.ok(secret);
    const words = wordsOf(secret);
    const right = (await state()).asked.map((number: number) => words[number - 1]).join(" ");
    assert.equal((await ask("responsiblePerson", "POST", "/api/keys/recovery/confirm", { words: right })).status, 200);
  };
  await confirm();
  const { recipient } = await state();
  const renewed = (await ask("responsiblePerson", "POST", "/api/keys/recovery/renew")).body;
  assert.equal(renewed.confirmed, false);
  assert.notEqual(renewed.recipient, recipient);
  assert.deepEqual(gate.keys.recovery().recipients.map(ageRecipientOf), [recipient, renewed.recipient]);
  await confirm();
  assert.deepEqual(gate.keys.recovery().recipients.map(ageRecipientOf), [renewed.recipient]);
});

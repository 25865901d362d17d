// A refusal of marketing outlives the person's data, and yields only to their own later consent.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { banMark } from "../gate/bans.ts";
import { buildFormApp } from "../server/formApp.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { newId } from "../values/Uuid.ts";

suite("an address that comes back after a refusal", async () => {
  const { gate, owner, ask, clock, as, app, keys } = await testApp();
  const form = await buildFormApp({ gate });
  const EMAIL = "kieltaja@example.fi";
  const PHONE = "+358401234567";
  const submit = async (email: string, consents: object = {}) => {
    const payload = {
      submission: newId(),
      language: "fi",
      source: "webForm",
      values: { name: "Kieltäjä Keksitty", email },
      consents,
    };
    const { statusCode } = await form.inject({ method: "POST", url: "/api/form", payload });
    assert.equal(statusCode, 201);
    return String((await rowsOf(owner, "customer")).at(-1)?.subject_id);
  };
  const typed = async (values: object) => {
    const answer = await ask("sales", "POST", "/api/customers", {
      kind: "person",
      name: "Kieltäjä Keksitty",
      source: "phone",
      ...values,
    });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return String(answer.body.id);
  };
  const refusals = async (id: string) =>
    (await rowsOf(owner, "objection"))
      .filter((row) => row.subject_id === id && row.lifted_at === null)
      .map(({ purpose, by }) => `${purpose} ${by}`)
      .sort();
  const seenFor = async (purpose: string, id: string) => {
    const role = purpose === "offers" ? "sales" : "marketing";
    return (await app.inject({ url: `/api/customers/${id}`, headers: await as(role, purpose) })).statusCode;
  };
  const BOTH = ["directMarketing system:banList", "offers system:banList"];

  const first = await typed({ email: EMAIL, phone: "040 123 4567" });
  for (const ground of ["directMarketing", "noLongerNeeded"]) {
    const erased = await ask("administration", "POST", `/api/customers/${first}/erasure`, { ground });
    assert.equal(erased.status, 200, JSON.stringify(erased.body));
  }
  clock.forward(60_000);

  test("only marks are kept, one for the address and one for the number", async () => {
    const marks = (await rowsOf(owner, "ban")).map(({ address_mac }) =>
      String((address_mac as Buffer).toString("hex")),
    );
    const expected = [EMAIL, PHONE].map((address) => banMark(keys, address).toString("hex"));
    assert.deepEqual(marks.sort(), expected.sort());
  });

  test("what a colleague writes down brings the refusal back, whichever of the two it is", async () => {
    for (const values of [{ email: EMAIL.toUpperCase() }, { phone: "+358 40 1234567" }]) {
      const id = await typed(values);
      assert.deepEqual(await refusals(id), BOTH);
      assert.equal(await seenFor("offers", id), 404);
      assert.equal((await ask("sales", "GET", `/api/customers/${id}`)).status, 200, "for the contract they are seen");
    }
    const other = await typed({ email: "toinen@example.fi" });
    assert.deepEqual(await refusals(other), []);
    const changed = { email: EMAIL, source: "phone" };
    assert.equal((await ask("sales", "PATCH", `/api/customers/${other}`, changed)).status, 200);
    assert.equal((await ask("sales", "PATCH", `/api/customers/${other}`, changed)).status, 200);
    assert.deepEqual(await refusals(other), BOTH, "once, however often it is written");
  });

  test("the form without a tick is no consent", async () => {
    assert.deepEqual(await refusals(await submit(EMAIL)), BOTH);
  });

  test("the person's own consent opens its purpose, and no other", async () => {
    const id = await submit(EMAIL, { newsletter: 1 });
    assert.deepEqual(await refusals(id), ["offers system:banList"]);
    assert.equal(await seenFor("directMarketing", id), 200);
    assert.equal(await seenFor("offers", id), 404);
  });

  test("the mark stands against everybody else, and against an older consent", async () => {
    assert.deepEqual(await refusals(await typed({ email: EMAIL })), BOTH);
    const older = await submit("vanha@example.fi", { newsletter: 1 });
    await owner
      .updateTable("ban")
      .set({ at: new Date(clock.now().getTime() + 1000) })
      .execute();
    assert.equal(
      (await ask("sales", "PATCH", `/api/customers/${older}`, { email: EMAIL, source: "phone" })).status,
      200,
    );
    assert.deepEqual(await refusals(older), BOTH);
    assert.equal(await seenFor("directMarketing", older), 404);
  });
});

// What a write to the customer register must not get past: an erasure, the kind of subject, a restriction.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";

const { ask, owner } = await testApp();

const add = async (body: object, role = "administration"): Promise<string> =>
  (await ask(role, "POST", "/api/customers", { source: "meeting", ...body })).body.id;
const valuesOf = async (id: string) =>
  (await rowsOf(owner, "customer_value")).filter(({ subject_id }) => subject_id === id);
const code = { personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit", source: "meeting" };

test("a change of somebody who has been erased writes nothing", async () => {
  const id = await add({ kind: "person", name: "Poistuva Henkilö" });
  const erased = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
  assert.equal(erased.status, 200);
  assert.deepEqual(await valuesOf(id), []);

  const changed = await ask("sales", "PATCH", `/api/customers/${id}`, { email: "a@example.fi", source: "phone" });
  assert.equal(changed.status, 404);
  assert.deepEqual(await valuesOf(id), []);
});

test("a change gives an organisation nothing that only a person may have, and the refusal is written down", async () => {
  const id = await add({ kind: "organisation", name: "Yritys Oy" });
  const refused = await ask("administration", "PATCH", `/api/customers/${id}`, code);

  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.place],
    [403, "refused.categoryNotAllowed", "registers.customers.subjects"],
  );
  assert.deepEqual(
    (await valuesOf(id)).map(({ category }) => category),
    ["name"],
  );
  const event = (await rowsOf(owner, "audit_event")).at(-1);
  assert.deepEqual([event?.verb, event?.decision, event?.place], ["change", "refused", "registers.customers.subjects"]);
  assert.deepEqual(event?.subjects, [id]);
});

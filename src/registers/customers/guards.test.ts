// What a write to the customer register must not get past: an erasure, the kind of subject, a restriction.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { newId } from "../../values/Uuid.ts";

const { ask, owner } = await testApp();

const add = async (body: object, role = "administration"): Promise<string> =>
  (await ask(role, "POST", "/api/customers", { source: "meeting", ...body })).body.id;
const valuesOf = async (id: string) =>
  (await rowsOf(owner, "customer_value")).filter(({ subject_id }) => subject_id === id);
/** To warranty alone, which sales does not have. */
const restrict = (subject_id: string) =>
  owner
    .insertInto("restriction")
    .values({
      ...{ id: newId(), subject_id, register: "customers", purposes: ["warranty"], until: null },
      ...{ ground: "noLongerNeeded", at: new Date(), by: "test" },
    })
    .execute();
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

test("a contact person is added to an organisation that one may see, and to nobody else", async () => {
  const contact = (id: string) =>
    ask("sales", "POST", `/api/customers/${id}/contacts`, { name: "Touko Yhteys", source: "phone" });
  const organisation = await add({ kind: "organisation", name: "Kaarnan Veneet Oy" });
  const made = await contact(organisation);
  assert.equal(made.status, 201);
  const event = (await rowsOf(owner, "audit_event")).at(-1);
  assert.deepEqual([event?.verb, event?.subjects], ["collect", [organisation, made.body.id]]);

  const before = (await rowsOf(owner, "customer")).length;
  for (const id of [await add({ kind: "person", name: "Yksityinen Ihminen" }), made.body.id]) {
    const refused = await contact(id);
    assert.deepEqual([refused.status, refused.body.code], [422, "invalid.organisation"]);
  }
  await restrict(organisation);
  assert.equal((await contact(organisation)).status, 404);
  const erased = await add({ kind: "organisation", name: "Poistuva Oy" });
  await ask("administration", "POST", `/api/customers/${erased}/erasure`, { ground: "noLongerNeeded" });
  assert.equal((await contact(erased)).status, 404);
  assert.equal((await rowsOf(owner, "customer")).length, before + 1);
});

test("the card names only the contact persons one may see", async () => {
  const organisation = await add({ kind: "organisation", name: "Kahden Yhteys Oy" });
  const contact = async (name: string): Promise<string> =>
    (await ask("sales", "POST", `/api/customers/${organisation}/contacts`, { name, source: "phone" })).body.id;
  const [seen, hidden] = [await contact("Näkyvä Yhteys"), await contact("Rajattu Yhteys")];
  const contacts = async () => (await ask("sales", "GET", `/api/customers/${organisation}`)).body.contacts;
  assert.deepEqual(await contacts(), [{ id: seen }, { id: hidden }]);

  await restrict(hidden);
  assert.deepEqual(await contacts(), [{ id: seen }]);
});

test("a personal identity code is not searched for by the address", async () => {
  for (const search of ["131052-308T", "matti 131052-308t"]) {
    const refused = await ask("administration", "GET", `/api/customers?search=${encodeURIComponent(search)}`);
    assert.deepEqual([refused.status, refused.body.code], [422, "invalid.identityCodeInUrl"]);
    assert.ok(!JSON.stringify(refused.body).includes("131052"));
  }
  assert.equal((await ask("administration", "GET", "/api/customers?search=131052-308U")).status, 200);
});

test("duplicates hint at somebody one may not see, without telling who", async () => {
  const typed = async (body: object) => (await ask("sales", "POST", "/api/customers/duplicates", body)).body;
  const id = await add({ kind: "person", name: "Kaksois Olento", email: "kaksois@example.fi", phone: "041 222 3333" });
  const seen = await typed({ email: "kaksois@example.fi" });
  assert.deepEqual([seen.items.map((line: { id: string }) => line.id), seen.hidden], [[id], false]);

  await restrict(id);
  const nobody = { items: [], hidden: true };
  assert.deepEqual(await typed({ email: "kaksois@example.fi" }), nobody);
  assert.deepEqual(await typed({ phone: "+358 41 222 3333" }), nobody);
  const events = (await rowsOf(owner, "audit_event")).slice(-2);
  assert.deepEqual(new Set(events.map(({ actor }) => actor === "system:duplicates")), new Set([true, false]));

  const nothing = { items: [], hidden: false };
  for (const body of [
    { email: "a@example" },
    { name: "Kaksois Olento" },
    { email: "toinen@example.fi" },
    { phone: "0412223" },
  ])
    assert.deepEqual(await typed(body), nothing);
});

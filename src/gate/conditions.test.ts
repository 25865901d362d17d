// What must hold of a person before anything of theirs is shown or changed: each condition by itself is enough to hide them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CUSTOMERS, openDoor, staff } from "./door.test-seam.ts";

const { gate, owner, person, restrict, object, consent } = await openDoor();
const MARKETING = staff("marketing", "directMarketing");

/** Whether a reading of all and a reading of the one show the person; the two must agree. */
async function shown(id: string, by = MARKETING): Promise<boolean> {
  const all = await gate.read(by, CUSTOMERS, (grant) => grant.selectFrom("customer").select("subject_id").execute());
  const one = await gate.read(by, { ...CUSTOMERS, subject: id }, (grant) =>
    grant.selectFrom("customer").select("subject_id").execute(),
  );
  const among = all.some(({ subject_id }) => subject_id === id);
  assert.equal(one.length === 1, among);
  return among;
}
const lift = (table: "restriction" | "objection", id: string) =>
  owner.updateTable(table).set({ lifted_at: new Date() }).where("subject_id", "=", id).execute();

test("a purpose on consent needs a consent to that purpose, in force", async () => {
  const id = await person();
  assert.equal(await shown(id), false);
  await consent(id, "raffle");
  assert.equal(await shown(id), false, "consent to something else");
  await consent(id, "directMarketing");
  assert.equal(await shown(id), true);
  await owner.updateTable("consent").set({ withdrawn_at: new Date() }).where("subject_id", "=", id).execute();
  assert.equal(await shown(id), false);
});

test("an objection hides the person for its purpose, whatever they consented to, until it is lifted", async () => {
  const id = await person();
  await consent(id, "directMarketing");
  await object(id, "offers");
  assert.equal(await shown(id), true, "an objection to something else");
  assert.equal(await shown(id, staff("sales", "offers")), false);
  await object(id, "directMarketing");
  assert.equal(await shown(id), false);
  await lift("objection", id);
  assert.equal(await shown(id), true);
});

test("a restriction hides the person in its register for all but its purposes, until it is lifted", async () => {
  const id = await person();
  await consent(id, "directMarketing");
  await restrict(id, { register: "invoices" });
  await restrict(id, { purposes: ["warranty", "directMarketing"] });
  assert.equal(await shown(id), true, "of another register, and of others' purposes");
  await restrict(id);
  assert.equal(await shown(id), false);
  assert.equal(await shown(id, staff("sales", "warranty")), true);
  await lift("restriction", id);
  assert.equal(await shown(id), true);
});

test("whoever handles requests sees a restricted person too, and may carry out what they ask", async () => {
  const id = await person();
  await restrict(id);
  assert.equal(await shown(id, staff("responsiblePerson", "rightsHandling")), true);
  const ask = { ...CUSTOMERS, verb: "change", subject: id, categories: ["email"] } as const;
  const by = staff("administration", "rightsHandling");
  assert.equal(await gate.write(by, ask, async () => "changed"), "changed");
  await assert.rejects(
    gate.write(staff("administration"), ask, async () => "changed"),
    { code: "notFound", status: 404 },
  );
});

test("a condition that several need is met by each for themselves", async () => {
  const [consented, silent, objecting] = [await person(), await person(), await person()];
  await consent(consented, "directMarketing");
  await consent(objecting, "directMarketing");
  await object(objecting, "directMarketing");
  assert.deepEqual([await shown(consented), await shown(silent), await shown(objecting)], [true, false, false]);
});

// Leafing through the register by name: names are sealed, the order is the server's own, and each role gets of it what it may see.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../../../test/app.ts";

const { ask, owner, described } = await testApp();

const add = async (name: string, more: object = {}): Promise<string> => {
  const body = { kind: "person", name, source: "phone", email: "keksitty@example.fi", ...more };
  const made = await ask("sales", "POST", "/api/customers", body);
  assert.equal(made.status, 201);
  return made.body.id;
};
type Line = { id: string; name?: string };
const page = async (query: string, role = "sales") => ask(role, "GET", `/api/customers?order=name&${query}`);
const names = async (query = "limit=200", role = "sales"): Promise<string[]> => {
  const { status, body } = await page(query, role);
  assert.equal(status, 200);
  return body.items.map(({ name }: Line) => name ?? "-");
};
/** All pages after one another. */
async function leafed(limit: number, begin = ""): Promise<string[]> {
  const seen: string[] = [];
  for (let after = ""; ; ) {
    const { body } = await page(`limit=${limit}${after ? `&after=${after}` : begin}`);
    seen.push(...body.items.map(({ name }: Line) => name));
    if (body.next === undefined) return seen;
    after = body.next;
  }
}

const FIRST = [
  "Öhman Oy",
  "Aalto Aino",
  "Åström Åke",
  "Virta Ville",
  "Wirtanen Väinö",
  "Äyräpää Ääri",
  "aalto eino",
  "7 Veljestä Oy",
];
const SORTED = [
  "7 Veljestä Oy",
  "Aalto Aino",
  "aalto eino",
  "Virta Ville",
  "Wirtanen Väinö",
  "Åström Åke",
  "Äyräpää Ääri",
  "Öhman Oy",
];
const ids = new Map<string, string>();
for (const name of FIRST.slice(0, 5)) ids.set(name, await add(name));

test("customers come in the order of a Finnish list, also those who come after it was made", async () => {
  assert.deepEqual(
    await names(),
    SORTED.filter((name) => FIRST.slice(0, 5).includes(name)),
  );
  for (const name of FIRST.slice(5)) ids.set(name, await add(name));
  assert.deepEqual(await names(), SORTED);
  assert.deepEqual(await leafed(3), SORTED);
  assert.deepEqual(await leafed(1), SORTED);
});

test("a letter begins where its names do, or would", async () => {
  assert.deepEqual(await leafed(2, "&letter=V"), SORTED.slice(3));
  assert.deepEqual(await names("letter=W"), SORTED.slice(4));
  assert.deepEqual(await names(`letter=${encodeURIComponent("Å")}`), SORTED.slice(5));
  assert.deepEqual(await names("letter=B"), SORTED.slice(3));
  assert.deepEqual(await names("letter=A&limit=1"), ["Aalto Aino"]);
  assert.equal((await page("letter=aa")).status, 422);
});

test("who gets another name goes to its place, and contact persons are on their organisation's card alone", async () => {
  const id = ids.get("Virta Ville");
  await ask("sales", "PATCH", `/api/customers/${id}`, { name: "Bergman Ville", source: "phone" });
  assert.deepEqual(await names("letter=B&limit=1"), ["Bergman Ville"]);
  await ask("sales", "PATCH", `/api/customers/${id}`, { name: "Virta Ville", source: "phone" });
  assert.deepEqual(await names(), SORTED);
  const organisation = await add("Zeta Oy", { kind: "organisation" });
  const contact = { name: "Cederberg Carl", source: "phone" };
  assert.equal((await ask("sales", "POST", `/api/customers/${organisation}/contacts`, contact)).status, 201);
  assert.ok(!(await names()).includes("Cederberg Carl"));
  await ask("administration", "POST", `/api/customers/${organisation}/erasure`, { ground: "noLongerNeeded" });
});

test("who is erased is let go of, and a list that went on from them begins anew", async () => {
  const id = await add("Kuutamo Kerttu");
  assert.equal((await names()).length, SORTED.length + 1);
  const gone = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
  assert.equal(gone.status, 200);
  assert.deepEqual(await names(), SORTED);
  const moved = await page(`after=${id}`);
  assert.deepEqual([moved.status, moved.body.code], [409, "nameOrderMoved"]);
});

test("whom the conditions hide has no place that could be asked after", async () => {
  const id = ids.get("Aalto Aino") ?? "";
  const restriction = { register: "customers", purposes: ["warranty"], until: null, ground: "request" };
  const row = { id: crypto.randomUUID(), subject_id: id, at: new Date(), by: "test", lifted_at: null, ...restriction };
  await owner.insertInto("restriction").values(row).execute();
  assert.deepEqual(
    await names(),
    SORTED.filter((name) => name !== "Aalto Aino"),
  );
  assert.equal((await page(`after=${id}`)).body.code, "nameOrderMoved");
  assert.deepEqual(await names("limit=200", "responsiblePerson"), SORTED);
  await owner.updateTable("restriction").set({ lifted_at: new Date() }).where("subject_id", "=", id).execute();
});

test("of many, a role that may see few still gets its page", async () => {
  for (let n = 0; n < 30; n++) await add(`Dahl ${String(n).padStart(2, "0")}`);
  const last = ids.get("Öhman Oy") ?? "";
  const consent = { consent: "marketing", purpose: "directMarketing", channels: ["email"], wording: 1, language: "fi" };
  const given = { given_at: new Date(), given_by: "test", source: "phone", wording_hash: Buffer.alloc(32) };
  await owner
    .insertInto("consent")
    .values({ id: crypto.randomUUID(), subject_id: last, ...consent, ...given })
    .execute();
  assert.deepEqual(await names("limit=1", "marketing"), ["Öhman Oy"]);
});

test("the log names whom the page showed, and nobody else of the order", async () => {
  const { body } = await page("limit=2&letter=V");
  const events = await owner.selectFrom("audit_event").selectAll().orderBy("id").execute();
  const event = events.findLast(({ actor_kind }) => actor_kind === "token");
  assert.deepEqual(event?.subjects.toSorted(), body.items.map(({ id }: Line) => id).toSorted());
  assert.deepEqual(event?.verb, "read");
});

test("where names may not be seen the list is not in their order", async () => {
  const text = described.replace(
    "purposes: [directMarketing]\n        categories: [name, email]",
    "purposes: [directMarketing]\n        categories: [email]",
  );
  const other = await testApp({ text });
  const { status, body } = await other.ask("marketing", "GET", "/api/customers?order=name");
  assert.deepEqual([status, body.code], [403, "nameNotGranted"]);
});

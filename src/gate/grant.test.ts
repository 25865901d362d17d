// What work may do with a grant that reads, and what the log tells of what it did.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findCustomer } from "../registers/customers/store.ts";
import { AT, CUSTOMERS, openDoor, staff } from "./door.test-seam.ts";
import type { Grant } from "./grant.ts";

const door = await openDoor();
const { gate, owner, keys, sales, person, under, events, restrict, object } = door;
type Reading = Grant<"customers", "read">;

const sealedOf = async (subject: string, category: string) => {
  const row = await owner
    .selectFrom("customer_value")
    .select(["subject_id", "category", "sealed"])
    .where("subject_id", "=", subject)
    .where("category", "=", category)
    .executeTakeFirstOrThrow();
  return { ...row, row: subject };
};
const values = (shape: Reading) =>
  shape
    .selectFrom("customer_value")
    .select(["subject_id", "category"])
    .where("category", "in", [...shape.categories])
    .orderBy("category");

test("an act on many has no subject of its own: work that asks for one is refused", async () => {
  const ask = async (work: (grant: Reading) => unknown) => gate.read(sales, CUSTOMERS, async (grant) => work(grant));
  await assert.rejects(
    ask((grant) => grant.subject),
    /on many subjects/,
  );
  await assert.rejects(
    ask((grant) => grant.rows("of many", values)),
    /on many subjects/,
  );
});

test("a grant tells for what, of what and when it was given", async () => {
  const subject = await person();
  const told = await gate.read(sales, { ...CUSTOMERS, subject }, async (grant) => grant);
  assert.deepEqual(
    [told.register, told.purpose, told.subject, told.at, told.actor, told.description],
    ["customers", "customerCare", subject, AT, sales.actor, gate.inForce().description],
  );
  assert.ok(told.categories.includes("email") && !told.categories.includes("personalIdentityCode"));
});

test("a table that nobody's rows are in is read whole, also by an act on one subject", async () => {
  const subject = await person();
  const read = (by: "one" | "many") =>
    gate.serving(
      sales,
      { register: "evidence", verb: "read", place: "test", ...(by === "one" && { subject }) },
      (grant) => grant.selectFrom("audit_event").select("id").execute(),
    );
  const all = await owner.selectFrom("audit_event").select("id").execute();
  assert.ok(all.length > 0);
  assert.equal((await read("one")).length, all.length);
  assert.equal((await read("many")).length, all.length + 1, "the first reading is in the log too");
});

test("a named query is built once for what may be seen, and each subject gets their own rows by it", async () => {
  const [first, second] = [await person(), await person()];
  let built = 0;
  const read = (subject: string, by = sales) =>
    gate.read(by, { ...CUSTOMERS, subject }, (grant) =>
      grant.rows("shared", (shape) => {
        built++;
        return values(shape);
      }),
    );
  const own = (id: string) => ["email", "name"].map((category) => ({ subject_id: id, category }));
  assert.deepEqual(await read(first), own(first));
  assert.deepEqual(await read(second), own(second));
  assert.equal(built, 1);
  assert.deepEqual(await read(first, staff("sales", "serviceProvision")), own(first));
  assert.equal(built, 2, "another purpose is another query");
  const { roles } = gate.inForce().description;
  const [may] = roles.sales?.may ?? [];
  assert.ok(may && roles.sales);
  const less = { ...roles, sales: { ...roles.sales, may: [{ ...may, categories: ["email"] }] } };
  await under({ roles: less }, async () => assert.deepEqual(await read(first), own(first).slice(0, 1)));
  assert.equal(built, 3, "other categories are another query");
});

test("a purpose that a new description puts on consent asks for it from then on, also of a query that is kept", async () => {
  const subject = await person();
  const read = () => gate.read(sales, { ...CUSTOMERS, subject }, (grant) => grant.rows("consented", values));
  assert.equal((await read()).length, 2);
  const { purposes } = gate.inForce().description;
  assert.ok(purposes.customerCare);
  const asking = { ...purposes, customerCare: { ...purposes.customerCare, legalBasis: "consent" as const } };
  await under({ purposes: asking }, async () => assert.deepEqual(await read(), []));
  assert.equal((await read()).length, 2);
  await object(subject, "customerCare");
  const answering = { ...purposes.customerCare, kind: "rightsHandling", legalBasis: "legitimateInterest" } as const;
  assert.equal((await read()).length, 2, "what rests on a contract heeds no objection");
  await under({ purposes: { ...purposes, customerCare: answering } }, async () => assert.deepEqual(await read(), []));
});

test("a query of a grant stands inside an outer one", async () => {
  const subject = await person();
  const rows = await gate.read(sales, { ...CUSTOMERS, subject }, (grant) =>
    grant.around(values(grant), "inner").select("inner.category").execute(),
  );
  assert.deepEqual(rows.map(({ category }) => category).sort(), ["email", "name"]);
});

test("a reading of many names in the log those it answered, and the categories that were opened", async () => {
  const [first, second, third] = [await person(), await person(), await person()];
  await events();
  const opened = await gate.read(sales, CUSTOMERS, async (grant) => {
    grant.answering([third, null]);
    return grant.open([await sealedOf(first, "name"), await sealedOf(second, "name")]);
  });
  assert.deepEqual(opened, ["Keksitty Kuutamo", "Keksitty Kuutamo"]);
  const [event] = await events();
  assert.deepEqual(event?.subjects.sort(), [first, second, third].sort());
  assert.deepEqual(event?.categories, ["name"]);
  assert.equal(event?.sealed_why, null);
});

test("a reading that opened nothing says that nothing was seen", async () => {
  const subject = await person();
  await events();
  await gate.read(sales, { ...CUSTOMERS, subject }, async () => undefined);
  const [event] = await events();
  assert.deepEqual([event?.subjects, event?.categories], [[subject], []]);
});

test("the reason for looking is sealed with the key of what was looked at, and ends with it", async () => {
  const subject = await person();
  const value = await sealedOf(subject, "name");
  await events();
  await gate.read(sales, { ...CUSTOMERS, subject }, (grant) => grant.because(value, "Soitto asiakkaalta"));
  const [event] = await events();
  const sealed = event?.sealed_why;
  assert.ok(sealed);
  const place = { register: "customers", category: "name:why", row: subject, subject };
  const open = async () => (await keys.open([{ place, sealed }])).map((plain) => plain?.toString("utf8") ?? null);
  assert.deepEqual(await open(), ["Soitto asiakkaalta"]);
  await keys.destroy(await keys.keysOf({ register: "customers", subject }));
  assert.deepEqual(await open(), [null]);
});

test("a contact person that the conditions hide is not on the organisation's card either", async () => {
  const organisation = await person();
  const [seen, hidden] = [
    await person({ organisationId: organisation }),
    await person({ organisationId: organisation }),
  ];
  await restrict(hidden);
  const contacts = async (by = sales) =>
    (await gate.read(by, { ...CUSTOMERS, subject: organisation }, findCustomer)).contacts.map(({ id }) => id);
  assert.deepEqual(await contacts(), [seen]);
  assert.deepEqual((await contacts(staff("responsiblePerson", "rightsHandling"))).sort(), [seen, hidden].sort());
});

test("the newest restriction in force stands beside the rows, and one that is lifted does not", async () => {
  const subject = await person();
  const restriction = () =>
    gate.read(staff("sales", "warranty"), { ...CUSTOMERS, subject }, async (grant) => {
      const row = grant.selectFrom("customer").select(grant.restriction("customer").as("restriction"));
      return (await row.executeTakeFirstOrThrow()).restriction;
    });
  assert.equal(await restriction(), null);
  await restrict(subject, { register: "invoices" });
  assert.equal(await restriction(), null, "a restriction of another register");
  await restrict(subject);
  assert.deepEqual(await restriction(), { purposes: ["warranty"], until: null, ground: "request" });
  await owner.updateTable("restriction").set({ lifted_at: AT }).where("subject_id", "=", subject).execute();
  assert.equal(await restriction(), null);
});

test("words are searched in granted categories only, under the secret of now", async () => {
  const tokens = await gate.read(sales, CUSTOMERS, async (grant) => {
    assert.equal(grant.searchVersion, keys.state().search);
    return ["name", "personalIdentityCode"].map((category) => grant.tokens(category, ["kuutamo"]));
  });
  assert.deepEqual(tokens, [keys.tokens("customers", "name", ["kuutamo"]), []]);
  assert.equal(tokens[0]?.length, 1);
});

test("a value of many may be of anybody, but only of a granted category; one whose key is gone is nothing", async () => {
  const [kept, erased] = [await person(), await person()];
  await keys.destroy(await keys.keysOf({ register: "customers", subject: erased }));
  const rows = [await sealedOf(kept, "email"), await sealedOf(erased, "email")];
  assert.deepEqual(await gate.read(sales, CUSTOMERS, (grant) => grant.open(rows)), ["keksitty@example.fi", null]);
  const strange = rows.map((row) => ({ ...row, category: "personalIdentityCode" }));
  await assert.rejects(
    gate.read(sales, CUSTOMERS, (grant) => grant.open(strange)),
    /personalIdentityCode is not granted/,
  );
});

// Last, because it fills what all of them share.
test("queries are not kept without end", async () => {
  const subject = await person();
  let built = 0;
  const MORE_THAN_KEPT = 520;
  await gate.read(sales, { ...CUSTOMERS, subject }, async (grant) => {
    const read = (name: string) =>
      grant.rows(name, (shape) => {
        built++;
        return shape.selectFrom("customer").select("subject_id");
      });
    for (let n = 0; n < MORE_THAN_KEPT; n++) assert.deepEqual(await read(`many ${n}`), [{ subject_id: subject }]);
    assert.equal(built, MORE_THAN_KEPT);
    await read("many 0");
    assert.equal(built, MORE_THAN_KEPT, "the first is kept");
    assert.deepEqual(await read(`many ${MORE_THAN_KEPT - 1}`), [{ subject_id: subject }]);
    assert.equal(built, MORE_THAN_KEPT + 1, "the last is not, and answers the same");
  });
});

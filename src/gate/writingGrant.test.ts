// What work may do with a grant that writes: rows of its own subject and register, sealed under the rule that they end by.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyIdOf } from "../keys/sealed.ts";
import { newId } from "../values/Uuid.ts";
import { AT, CUSTOMERS, openDoor, system } from "./door.test-seam.ts";
import type { Steps } from "./gate.ts";
import type { WritingGrant } from "./writingGrant.ts";

const { gate, owner, keys, sales, person, under, events, object, order } = await openDoor();

type Changing = WritingGrant<"customers", "change">;
const change = <T>(subject: string, work: (grant: Changing) => Promise<T>): Promise<T> =>
  gate.write(sales, { ...CUSTOMERS, verb: "change", subject }, work);
const right = <T>(subject: string, work: (steps: Steps) => Promise<T>): Promise<T> =>
  gate.right(system, { right: "erasure", verb: "erase", subject, kinds: ["customers"] }, work);
/** An act on many: upkeep of the customers' register, in one transaction. */
const upkeep = <T>(work: (grant: Changing) => Promise<T>): Promise<T> =>
  gate.upkeep("test", { ...CUSTOMERS, values: true }, work);

const eventDays = async (subject: string) => {
  const rows = await owner.selectFrom("customer_event").selectAll().where("subject_id", "=", subject).execute();
  return Object.fromEntries(rows.map(({ event, day }) => [event, day]));
};
const TODAY = "2026-11-22";
const both = (day: string) => ({ collected: day, lastContact: day });

test("rows that are put in are the subject's own, one or several", async () => {
  const subject = await person();
  await change(subject, async (grant) => {
    await grant.insert("customer_event", { event: "first", day: "2026-01-01" }).execute();
    const several = ["second", "third"].map((event) => ({ event, day: "2026-01-02" }));
    await grant.insert("customer_event", several).execute();
  });
  assert.deepEqual(await eventDays(subject), {
    ...both(TODAY),
    first: "2026-01-01",
    second: "2026-01-02",
    third: "2026-01-02",
  });
});

test("a change and a deletion reach the subject's own rows and nobody else's", async () => {
  const [subject, other] = [await person(), await person()];
  await change(subject, (grant) => grant.update("customer_event").set({ day: "2026-02-02" }).execute());
  assert.deepEqual([await eventDays(subject), await eventDays(other)], [both("2026-02-02"), both(TODAY)]);
  await change(subject, (grant) => grant.delete("customer_event").execute());
  assert.deepEqual([await eventDays(subject), await eventDays(other)], [{}, both(TODAY)]);
});

test("upkeep reaches the rows of all", async () => {
  const [subject, other] = [await person(), await person()];
  await upkeep((grant) => grant.update("customer_event").set({ day: "2026-03-03" }).execute());
  assert.deepEqual([await eventDays(subject), await eventDays(other)], [both("2026-03-03"), both("2026-03-03")]);
  await upkeep((grant) => grant.delete("customer_event").where("event", "=", "collected").execute());
  assert.deepEqual([await eventDays(subject), await eventDays(other)], Array(2).fill({ lastContact: "2026-03-03" }));
});

test("a table that nobody's rows are in is written whole, also by an act on one subject", async () => {
  const subject = await person();
  const marker = () => owner.selectFrom("search_marker").selectAll().execute();
  const row = { register: "customers", built_at: AT, version: 1 };
  await change(subject, (grant) => grant.insert("search_marker", row).execute());
  assert.deepEqual(await marker(), [row]);
  await change(subject, (grant) => grant.update("search_marker").set({ version: 2 }).execute());
  assert.deepEqual(await marker(), [{ ...row, version: 2 }]);
  await change(subject, (grant) => grant.delete("search_marker").execute());
  assert.deepEqual(await marker(), []);
  await upkeep((grant) => grant.insert("search_marker", row).execute());
  assert.deepEqual(await marker(), [row], "by an act on many too");
});

test("an act on many names whose rows it puts in; one on a subject cannot name another", async () => {
  const [subject, other] = [await person(), await person()];
  const rows = [subject, other].map((subject_id) => ({ subject_id, event: "named", day: "2026-04-04" }));
  await upkeep((grant) => grant.insertMany("customer_event", rows).execute());
  assert.equal((await eventDays(other)).named, "2026-04-04");
  await assert.rejects(
    change(subject, (grant) => grant.insertMany("customer_event", rows).execute()),
    /on one subject/,
  );
  await assert.rejects(
    upkeep((grant) => grant.insert("customer_event", { event: "nobody's", day: "2026-04-04" }).execute()),
    /on many subjects/,
  );
});

test("a row that is cut loose stays and is nobody's; another's stays theirs", async () => {
  const [subject, other] = [await person(), await person()];
  const [mine, theirs] = [await order(subject), await order(other)];
  await right(subject, (steps) => steps.of("customers").unlink("customer_order"));
  const rows = await owner.selectFrom("customer_order").select(["id", "subject_id"]).execute();
  const byId = Object.fromEntries(rows.map(({ id, subject_id }) => [id, subject_id]));
  assert.deepEqual(byId, { [mine]: null, [theirs]: other });
});

test("a value is sealed under the rule that its category ends by, in the order asked", async () => {
  const subject = await person();
  const items = [
    { category: "appointments", row: subject, value: "maanantaina" },
    { category: "phone", row: subject, value: "+358401234567" },
  ];
  const sealed = await change(subject, (grant) => grant.seal(items));
  assert.deepEqual(
    sealed.map(({ rule }) => rule),
    ["calendarEntries", "customerCore"],
  );
  const opened = await keys.open(
    items.map(({ category, row }, n) => ({
      place: { register: "customers", category, row, subject },
      sealed: sealed[n]?.sealed ?? Buffer.alloc(0),
    })),
  );
  assert.deepEqual(
    opened.map((plain) => plain?.toString("utf8")),
    ["maanantaina", "+358401234567"],
  );
  for (const { sealed: bytes, rule } of sealed)
    assert.deepEqual(await keys.keysOf({ register: "customers", subject, rule }), [keyIdOf(bytes)]);
});

test("a value of a category that is not granted, or that nothing says the end of, is not sealed", async () => {
  const subject = await person();
  const seal = (category: string) =>
    change(subject, (grant) => grant.seal([{ category, row: subject, value: "131052-308T" }]));
  await assert.rejects(seal("personalIdentityCode"), /personalIdentityCode is not granted/);
  const { calendarEntries: _, ...retention } = gate.inForce().description.retention;
  await under({ retention }, () =>
    assert.rejects(seal("appointments"), {
      code: "noRetentionRule",
      status: 409,
      facts: { category: "appointments" },
    }),
  );
  assert.deepEqual(await keys.keysOf({ register: "customers", subject, rule: "calendarEntries" }), []);
});

test("the name of who works with the register ends with the account, under no rule of the description", async () => {
  const subject = newId();
  const [sealed] = await gate.serving(system, { register: "staff", verb: "collect", subject, place: "test" }, (grant) =>
    grant.seal([{ category: "staffName", row: subject, value: "Keksitty Kollega" }]),
  );
  assert.equal(sealed?.rule, "staff");
});

test("what is held already is sealed anew under its rule of now, or under its old one where it has none", async () => {
  const subject = await person();
  const items = [
    { category: "name", row: subject, value: "Keksitty Kuutamo", rule: "former" },
    { category: "shoeSize", row: subject, value: "42", rule: "former" },
  ];
  const sealed = await right(subject, (steps) => steps.of("customers").sealAgain(items));
  assert.deepEqual(
    sealed.map(({ rule }) => rule),
    ["customerCore", "former"],
  );
  await assert.rejects(
    change(subject, (grant) => grant.sealAgain(items)),
    /new values only/,
  );
});

test("keys of one rule go out of use, and what is sealed afterwards has another key", async () => {
  const subject = await person();
  const seal = (grant: Changing, category: string) => grant.seal([{ category, row: subject, value: "x" }]);
  await change(subject, async (grant) => {
    const [before] = await seal(grant, "name");
    const [entry] = await seal(grant, "appointments");
    assert.ok(before && entry);
    assert.deepEqual(await grant.retireKeys("customerCore"), [keyIdOf(before.sealed)]);
    const [after] = await seal(grant, "name");
    const [other] = await seal(grant, "appointments");
    assert.ok(after && other);
    assert.notEqual(keyIdOf(after.sealed), keyIdOf(before.sealed));
    assert.equal(keyIdOf(other.sealed), keyIdOf(entry.sealed), "another rule keeps its key");
  });
});

test("somebody new beside the subject gets rows of their own, and the event names both", async () => {
  const organisation = await person();
  await events();
  const contact = await change(organisation, async (grant) => {
    const beside = await grant.beside();
    await beside.insert("customer_event", { event: "beside", day: "2026-05-05" }).execute();
    return beside.subject;
  });
  assert.deepEqual(await eventDays(contact), { beside: "2026-05-05" });
  assert.deepEqual(await eventDays(organisation), both(TODAY));
  assert.ok(await owner.selectFrom("subject").select("id").where("id", "=", contact).executeTakeFirst());
  const [event] = await events();
  assert.deepEqual(event?.subjects, [organisation, contact]);
});

test("the subject's permissions are written in the same act, hold for them alone, and open no value", async () => {
  const [subject, other] = [await person(), await person()];
  await object(other, "offers");
  const written = await change(subject, async (grant) => {
    const permissions = grant.permissions();
    const { at, actor } = grant;
    await permissions.insert("objection", { id: newId(), purpose: "offers", at, by: actor.id }).execute();
    assert.deepEqual(permissions.categories, []);
    assert.equal(permissions.register, "permissions");
    return permissions.selectFrom("objection").select(["subject_id", "purpose"]).execute();
  });
  assert.deepEqual(written, [{ subject_id: subject, purpose: "offers" }]);
});

test("what the person forbids in the act hides them from it, and not their permissions", async () => {
  const subject = await person();
  const { purposes } = gate.inForce().description;
  assert.ok(purposes.customerCare);
  const balanced = {
    ...purposes,
    customerCare: { ...purposes.customerCare, legalBasis: "legitimateInterest" as const },
  };
  const seen = await under({ purposes: balanced }, () =>
    change(subject, async (grant) => {
      const permissions = grant.permissions();
      const { at, actor } = grant;
      await permissions.insert("objection", { id: newId(), purpose: "customerCare", at, by: actor.id }).execute();
      const hidden = await grant.selectFrom("customer").select("subject_id").execute();
      return [hidden.length, (await permissions.selectFrom("objection").select("id").execute()).length];
    }),
  );
  assert.deepEqual(seen, [0, 1]);
});

// The program's own acts, the registers that serve the others, and the stage on which both are rehearsed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { newId } from "../values/Uuid.ts";
import { CUSTOMERS, openDoor, system } from "./door.test-seam.ts";
import { rehearse } from "./rehearse.ts";
import { underDescription } from "./under.ts";

const { gate, owner, databases, keys, walttia, sales, person, events, order } = await openDoor();
const change = (subject: string) => ({ ...CUSTOMERS, verb: "change", subject }) as const;

test("whose thing it is, is told of a customer, an order and an invoice, and of nothing that is not there", async () => {
  const subject = await person();
  const orderId = await order(subject);
  assert.equal(await gate.subjectOf("customer", subject), subject);
  assert.equal(await gate.subjectOf("order", orderId), subject);
  for (const kind of ["customer", "order", "invoice"] as const) assert.equal(await gate.subjectOf(kind, newId()), null);
  assert.equal(await gate.subjectOf("invoice", orderId), null, "an order is no invoice");
});

test("upkeep opens values only where it says so, and is written down as the program's own act", async () => {
  await events();
  const categories = (values: boolean) =>
    gate.upkeep("search", { ...CUSTOMERS, values }, async (grant) => grant.categories);
  assert.deepEqual(await categories(true), walttia.description.registers.customers?.categories);
  assert.deepEqual(await categories(false), []);
  const [event] = await events();
  assert.deepEqual([event?.actor, event?.purpose, event?.subjects], ["system:search", "search", []]);
});

test("nobody touches those whom upkeep has locked until it is done", async () => {
  const [locked, other] = [await person(), await person()];
  const free = (id: string) =>
    sql`select from subject where id = ${id} for key share nowait`.execute(databases.write).then(
      () => true,
      () => false,
    );
  const ask = { ...CUSTOMERS, values: false, locked: [locked] };
  const seen = await gate.upkeep("test", ask, async () => [await free(locked), await free(other)]);
  assert.deepEqual(seen, [false, true]);
  assert.equal(await free(locked), true);
});

test("a document that an act is about is proven together with its event; a silent act leaves none", async () => {
  await events();
  const ask = { register: "evidence", verb: "collect", place: "test" } as const;
  const digest = Buffer.alloc(32, 7);
  await gate.serving(system, { ...ask, digest }, async () => undefined);
  await gate.serving(system, { ...ask, silent: true }, async () => undefined);
  await gate.serving(system, ask, async () => undefined);
  assert.deepEqual(
    (await events()).map((event) => event.digest),
    [digest, null],
  );
});

test("an act that answers nothing is answered so again by the same key, and is not done again", async () => {
  const subject = await person();
  const once = { key: keys.mac("idempotency", "nothing"), body: keys.mac("body", "nothing"), status: 200 };
  let done = 0;
  const ask = () => gate.write({ ...sales, once }, change(subject), async () => void done++);
  assert.deepEqual([(await ask()) ?? null, (await ask()) ?? null, done], [null, null, 1]);
});

test("what goes out of the company has the categories of its register, and no category where the description has none", async () => {
  const { registers } = walttia.description;
  const categories = await gate.leave(system, async (everything) => ({
    counts: { customers: 3 },
    of: (["customers", "invoices", "staff"] as const).map((kind) => everything.of(kind).categories),
  }));
  assert.deepEqual(categories.of, [registers.customers?.categories, registers.invoices?.categories, []]);
});

test("what is rehearsed answers and leaves nothing; what fails there fails here", async () => {
  const subject = await person();
  const days = () => owner.selectFrom("customer_event").selectAll().where("subject_id", "=", subject).execute();
  const before = await days();
  const seen = await rehearse(gate, async (stage) => {
    await stage.gate.write(sales, change(subject), (grant) => grant.delete("customer_event").execute());
    await assert.rejects(
      stage.gate.write(sales, change(subject), async (grant) => {
        await grant.delete("customer").execute();
        throw new Error("the scene failed");
      }),
      /the scene failed/,
    );
    return [await stage.rowsOf("customer_event", subject), await stage.rowsOf("customer", subject)];
  });
  assert.deepEqual(seen, [0, 1]);
  assert.ok(before.length > 0);
  assert.deepEqual(await days(), before);
  await assert.rejects(
    rehearse(gate, async () => {
      throw new Error("the rehearsal failed");
    }),
    /the rehearsal failed/,
  );
});

test("through the same door under another description acts are decided and written down by that one", async () => {
  const { description } = walttia;
  const { sales: _, ...roles } = description.roles;
  const next = underDescription(gate, { ...walttia, description: { ...description, roles, version: "next" } });
  await events();
  await assert.rejects(
    next.read(sales, CUSTOMERS, async () => undefined),
    { code: "refused.noRole" },
  );
  await gate.read(sales, CUSTOMERS, async () => undefined);
  assert.deepEqual(
    (await events()).map(({ version, decision }) => [version, decision]),
    [
      ["next", "refused"],
      [description.version, "allowed"],
    ],
  );
});

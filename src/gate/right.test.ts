// A right, or what the retention rules ask: who may, which registers it reaches, what is written down, and what is done after the commit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { newId } from "../values/Uuid.ts";
import { openDoor, staff, system } from "./door.test-seam.ts";
import type { Steps } from "./gate.ts";

const { gate, owner, databases, keys, walttia, sales, person, under, events, restrict } = await openDoor();
const KINDS = ["customers", "invoices"] as const;
const clerk = staff("administration");
const erasure = { right: "erasure", verb: "erase", kinds: KINDS } as const;
const nothing = async () => undefined;

const account = async () => {
  const subject = newId();
  const bytes = Buffer.from(subject);
  const row = { subject_id: subject, login_mac: bytes, sealed_name: bytes, sealed_login: bytes, password_hash: "x" };
  await owner
    .insertInto("account")
    .values({ ...row, language: "fi", created_at: new Date(), created_by: "test" })
    .execute();
  return subject;
};
const isSubject = async (id: string) =>
  (await owner.selectFrom("subject").select("id").where("id", "=", id).execute()).length === 1;
const told = async () =>
  (await events()).map(({ verb, register, right_kind, purpose, place, subjects, decision }) =>
    [verb, register, right_kind, purpose, place, subjects, decision].flat().join(" "),
  );

test("a right reaches every register of its kinds, with an event in each", async () => {
  const subject = await person();
  await restrict(subject);
  await events();
  const answer = await gate.right(clerk, { ...erasure, subject }, async (steps) => {
    assert.deepEqual(
      [steps.kinds, steps.subject, steps.at],
      [["customers", "invoices"], subject, gate.clock.now()],
      "restricted data too",
    );
    const rows = await steps.of("customers").selectFrom("customer").select("subject_id").execute();
    const invoices = await steps.of("invoices").selectFrom("invoice").select("id").execute();
    return [rows.length, invoices.length];
  });
  assert.deepEqual(answer, [1, 0]);
  assert.deepEqual(
    await told(),
    KINDS.map((register) => `erase ${register} erasure rightsHandling roles.administration.rights ${subject} allowed`),
  );
});

test("a register that the description does not have is not reached", async () => {
  const subject = await person();
  await events();
  const { invoices: _, ...registers } = walttia.description.registers;
  await under({ registers }, () =>
    gate.right(clerk, { ...erasure, subject }, async (steps) => {
      assert.deepEqual(steps.kinds, ["customers"]);
      assert.throws(() => steps.of("invoices"), { code: "notFound", status: 404 });
    }),
  );
  assert.deepEqual(
    (await events()).map(({ register }) => register),
    ["customers"],
  );
});

test("a role that does not carry the right out is refused before anything is done, and the refusal names whose and which", async () => {
  const subject = await person();
  await events();
  await assert.rejects(
    gate.right(sales, { ...erasure, subject }, () => assert.fail("the work was done")),
    { code: "refused.rightNotByRole", status: 403 },
  );
  assert.deepEqual(await told(), [`erase customers erasure  rights.erasure ${subject} refused`]);
});

test("retention and sealing anew are the program's own: nobody else may name them, whatever they would reach", async () => {
  const subject = await person();
  await events();
  for (const right of ["retention", "resealing"] as const)
    for (const kinds of [KINDS, []])
      await assert.rejects(
        gate.right(clerk, { right, verb: "erase", subject, kinds }, () => assert.fail("the work was done")),
        { code: "refused.rightNotByRole", status: 403 },
      );
  assert.equal(
    (await events()).filter(({ decision, reason }) => `${decision} ${reason}` === "refused rightNotByRole").length,
    4,
  );
  for (const right of ["retention", "resealing"] as const)
    await gate.right(system, { right, verb: "erase", subject, kinds: ["customers"] }, async (steps) => {
      const grant = steps.of("customers");
      assert.deepEqual(grant.categories, walttia.description.registers.customers?.categories);
      assert.equal((await grant.selectFrom("customer").select("kind").execute()).length, 1);
    });
  assert.deepEqual(
    await told(),
    ["retention", "resealing"].map((right) => `erase customers ${right} retention retention ${subject} allowed`),
  );
});

test("an act that reaches no register is written down as one on what it is about", async () => {
  const subject = await person();
  await events();
  await gate.right(system, { right: "retention", verb: "erase", subject, kinds: [] }, async (steps) => {
    assert.deepEqual(steps.kinds, []);
    assert.throws(() => steps.of("customers"), { code: "notFound" });
  });
  await gate.right(system, { right: "retention", verb: "erase", subject, kinds: [], beside: "staff" }, nothing);
  assert.deepEqual(await told(), [
    `erase permissions retention rights rights ${subject} allowed`,
    `erase staff retention rights rights ${subject} allowed`,
  ]);
});

test("what is held is reached whole, also what the description has left behind", async () => {
  const subject = await person();
  await gate.right(clerk, { ...erasure, subject }, async (steps) => {
    const [sealed] = await steps
      .of("customers")
      .sealAgain([{ category: "shoeSize", row: subject, value: "42", rule: "former" }]);
    assert.ok(sealed);
    const row = { subject_id: subject, category: "shoeSize", row: subject, sealed: sealed.sealed };
    assert.deepEqual(await steps.of("customers").open([row]), ["42"]);
    const [name] = await steps
      .staff()
      .sealAgain([{ category: "staffName", row: subject, value: "Keksitty Kollega", rule: "staff" }]);
    assert.equal(name?.rule, "staff");
  });
});

test("beside the registers stand the person's permissions and account, and the evidence of what was done", async () => {
  const [subject, other] = [await account(), await account()];
  await gate.right(
    system,
    { right: "retention", verb: "erase", subject, kinds: [], beside: "staff" },
    async (steps) => {
      const { at } = steps;
      const permissions = steps.permissions();
      await permissions.insert("objection", { id: newId(), purpose: "offers", at, by: "test" }).execute();
      const objections = await permissions.selectFrom("objection").select("purpose").execute();
      assert.deepEqual([objections, permissions.categories], [[{ purpose: "offers" }], []]);
      await steps.staff().delete("account").execute();
      const entry = { id: newId(), register: "staff", categories: [], keys: [], ground: "retention", by: "test" };
      const days = { rows_gone_at: at, keys_due_on: "2026-11-22" };
      await steps
        .evidence()
        .insert("erasure_ledger", { ...entry, ...days })
        .execute();
    },
  );
  const held = async (table: "objection" | "account" | "erasure_ledger") =>
    (await owner.selectFrom(table).select("subject_id").execute()).map(({ subject_id }) => subject_id);
  assert.deepEqual([await held("objection"), await held("erasure_ledger")], [[subject], [subject]]);
  assert.ok((await held("account")).includes(other) && !(await held("account")).includes(subject));
});

test("an account gets its row to wait at when something first has to wait for it, and for no other reason", async () => {
  const [closed, served, asked] = [await account(), await account(), await account()];
  await gate.right(system, { right: "retention", verb: "erase", subject: closed, kinds: [] }, nothing);
  await gate.right(
    system,
    { right: "resealing", verb: "change", subject: served, kinds: [], beside: "staff" },
    nothing,
  );
  assert.deepEqual([await isSubject(closed), await isSubject(served)], [true, true]);
  await assert.rejects(gate.right(clerk, { ...erasure, subject: asked }, nothing), { code: "notFound" });
  assert.equal(await isSubject(asked), false, "a right of customers reaches no account");
});

test("somebody who is not there has nothing to carry out", async () => {
  const nobody = newId();
  for (const right of ["erasure", "retention"] as const)
    await assert.rejects(gate.right(system, { right, verb: "erase", subject: nobody, kinds: KINDS }, nothing), {
      code: "notFound",
      status: 404,
    });
  assert.equal(await isSubject(nobody), false);
});

test("what erases or changes keeps everybody else from the person until it is done, what only reads does not", async () => {
  const subject = await person();
  const free = (verb: "read" | "erase" | "change") =>
    gate.right(clerk, { right: "rectification", verb, subject, kinds: KINDS }, () =>
      sql`select from subject where id = ${subject} for key share nowait`.execute(databases.write).then(
        () => true,
        () => false,
      ),
    );
  assert.deepEqual([await free("read"), await free("change"), await free("erase")], [true, false, false]);
});

test("what is promised for afterwards is done in its order once the rows are surely gone, before the answer", async () => {
  const subject = await person();
  const done: string[] = [];
  const rows = () => owner.selectFrom("customer").select("kind").where("subject_id", "=", subject).execute();
  const answer = await gate.right(clerk, { ...erasure, subject }, async (steps) => {
    await steps.of("customers").delete("customer").execute();
    steps.afterCommit(async () => void done.push(`first, ${(await rows()).length} rows`));
    steps.afterCommit(async () => void done.push("second"));
    assert.deepEqual([done, (await rows()).length], [[], 1]);
    return "gone";
  });
  assert.deepEqual([answer, done], ["gone", ["first, 0 rows", "second"]]);
});

test("nothing is done afterwards for work that failed, and once only for work that was tried again", async () => {
  const subject = await person();
  const done: string[] = [];
  const promising = (work: (steps: Steps) => void) =>
    gate.right(clerk, { ...erasure, subject }, async (steps) => {
      steps.afterCommit(async () => void done.push("done"));
      work(steps);
    });
  await assert.rejects(
    promising(() => {
      throw new Error("the work failed");
    }),
    /the work failed/,
  );
  assert.deepEqual(done, []);
  let attempts = 0;
  await promising(() => {
    if (++attempts < 3) throw Object.assign(new Error("two crossed"), { code: "40001" });
  });
  assert.deepEqual([attempts, done], [3, ["done"]]);
});

test("a right that is asked for again by the same key is answered as before, and nothing is done", async () => {
  const subject = await person();
  const once = { key: keys.mac("idempotency", "right"), body: keys.mac("body", "right"), status: 200 };
  const done: string[] = [];
  const ask = () =>
    gate.right({ ...clerk, once }, { ...erasure, subject }, async (steps) => {
      steps.afterCommit(async () => void done.push("done"));
      return { left: done.length };
    });
  assert.deepEqual([await ask(), await ask(), done], [{ left: 0 }, { left: 0 }, ["done"]]);
});

// One act on one register: what is written down of it, and how long others wait for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import { CUSTOMERS, openDoor, staff } from "./door.test-seam.ts";

const { gate, owner, databases, walttia, sales, person, under, events } = await openDoor();
const nothing = async () => undefined;
const collect = { ...CUSTOMERS, verb: "collect", categories: ["name"], source: "phone" } as const;
const told = async () =>
  (await events()).map(({ verb, decision, reason, subjects }) => [verb, decision, reason, subjects].flat().join(" "));

test("a refused act on somebody names them in the log; one on many or on somebody new names nobody", async () => {
  const subject = await person();
  const accountant = staff("accountant");
  await events();
  for (const ask of [{ ...CUSTOMERS, subject }, CUSTOMERS])
    await assert.rejects(gate.read(accountant, ask, nothing), { code: "refused.noRole" });
  await assert.rejects(gate.write(accountant, collect, nothing), { code: "refused.noRole" });
  assert.deepEqual(await told(), [`read refused noRole ${subject}`, "read refused noRole", "collect refused noRole"]);
});

test("a change is written down with whose it was, in the change's own transaction", async () => {
  const subject = await person();
  await events();
  const answer = await gate.write(sales, { ...CUSTOMERS, verb: "change", subject }, async (grant) => {
    assert.deepEqual(await told(), [], "not before its end");
    return grant.subject;
  });
  assert.equal(answer, subject);
  assert.deepEqual(await told(), [`change allowed  ${subject}`]);
});

test("what is collected of nobody before is a new subject's", async () => {
  await events();
  const id = await gate.write(sales, collect, async (grant) => grant.subject);
  assert.equal((await owner.selectFrom("subject").select("id").where("id", "=", id).execute()).length, 1);
  assert.deepEqual(await told(), [`collect allowed  ${id}`]);
});

test("looking for, or changing, somebody who is not there is written down and not found", async () => {
  const nobody = newId();
  await events();
  const missing = () => Promise.reject(new Problem("notFound", 404));
  await assert.rejects(gate.read(sales, { ...CUSTOMERS, subject: nobody }, missing), { code: "notFound" });
  await assert.rejects(gate.write(sales, { ...CUSTOMERS, verb: "change", subject: nobody }, nothing), {
    code: "notFound",
    status: 404,
  });
  const hidden = (verb: string) => `${verb} refused hidden ${nobody}`;
  assert.deepEqual(await told(), [hidden("read"), hidden("change")]);
});

test("work that fails in another way, or of nobody in particular, is no look for somebody", async () => {
  const subject = await person();
  await events();
  const fails = (error: Error) => () => Promise.reject(error);
  for (const [ask, error] of [
    [{ ...CUSTOMERS, subject }, new Problem("invalid.email", 422)],
    [{ ...CUSTOMERS, subject }, Object.assign(new Error("not one of ours"), { status: 404 })],
    [CUSTOMERS, new Problem("notFound", 404)],
  ] as const)
    await assert.rejects(gate.read(sales, ask, fails(error)), error);
  await assert.rejects(gate.write(sales, collect, fails(new Problem("notFound", 404))), { code: "notFound" });
  assert.deepEqual(await told(), []);
});

test("an erasure keeps everybody else from the person until it is done; two changes of other rows go together", async () => {
  const { sales: role } = walttia.description.roles;
  assert.ok(role);
  const may = role.may.map((one) => ({ ...one, verbs: [...one.verbs, "erase" as const] }));
  const roles = { ...walttia.description.roles, sales: { ...role, may } };
  const subject = await person();
  const free = (verb: "change" | "erase") =>
    gate.write(sales, { ...CUSTOMERS, verb, subject }, () =>
      sql`select from subject where id = ${subject} for key share nowait`.execute(databases.write).then(
        () => true,
        () => false,
      ),
    );
  await under({ roles }, async () => assert.deepEqual([await free("change"), await free("erase")], [true, false]));
});

test("a register that the description does not have is not found, and nobody is asked about", async () => {
  const { customers: _, ...registers } = walttia.description.registers;
  await events();
  await under({ registers }, async () => {
    await assert.rejects(gate.read(sales, CUSTOMERS, nothing), { code: "notFound", status: 404 });
    await assert.rejects(gate.write(sales, collect, nothing), { code: "notFound", status: 404 });
  });
  assert.deepEqual(await told(), []);
});

// What every act shares: the answer to a refusal, and a transaction that is tried again when two crossed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CUSTOMERS, openDoor, staff } from "./door.test-seam.ts";

const { gate, owner, sales, person, events } = await openDoor();
const nothing = async () => undefined;
const change = (subject: string, work: () => Promise<unknown>) =>
  gate.write(sales, { ...CUSTOMERS, verb: "change", subject }, work);
const failing = (code: string) => Object.assign(new Error("PostgreSQL says"), { code });

test("a refusal tells the place in the description, and which category it is about", async () => {
  await assert.rejects(gate.read(staff("accountant"), CUSTOMERS, nothing), (problem: Record<string, unknown>) => {
    const { place, at, category } = problem.facts as Record<string, string>;
    assert.deepEqual([problem.code, problem.status, place, category], ["refused.noRole", 403, "roles.accountant", ""]);
    assert.match(String(at), /^walttia\.yaml:\d+ roles\.accountant$/);
    return true;
  });
  const code = { ...CUSTOMERS, verb: "collect", source: "phone", categories: ["personalIdentityCode"] } as const;
  await assert.rejects(gate.write(sales, code, nothing), (problem: Record<string, unknown>) => {
    assert.deepEqual(
      [problem.code, problem.status, (problem.facts as Record<string, string>).category],
      ["refused.categoryNotAllowed", 403, "personalIdentityCode"],
    );
    return true;
  });
});

test("what the caller mends in what they sent is another answer than being the wrong person", async () => {
  const collect = { ...CUSTOMERS, verb: "collect", categories: ["name"] } as const;
  await assert.rejects(gate.write(sales, { ...collect, source: "nowhere" }, nothing), {
    code: "refused.unknownSource",
    status: 422,
  });
});

test("what was refused before it could be decided is written down, with whose it was where that is known", async () => {
  const subject = await person();
  await events();
  const about = { verb: "read", register: "customers" };
  await gate.noteRefusal(sales, about, "tooMany", "limits");
  await gate.noteRefusal(sales, about, "hidden", "roles", [subject]);
  const noted = await events();
  assert.deepEqual(
    noted.map(({ decision, reason, place, subjects }) => [decision, reason, place, subjects]),
    [
      ["refused", "tooMany", "limits", []],
      ["refused", "hidden", "roles", [subject]],
    ],
  );
});

test("an act that crossed another is done anew, and once", async () => {
  const subject = await person();
  for (const code of ["40001", "40P01"]) {
    let attempts = 0;
    await gate.write(sales, { ...CUSTOMERS, verb: "change", subject }, async (grant) => {
      await grant.insert("customer_event", { event: `crossed${code}`, day: "2026-11-22" }).execute();
      if (++attempts === 1) throw failing(code);
    });
    assert.equal(attempts, 2);
    const rows = await owner.selectFrom("customer_event").select("day").where("event", "=", `crossed${code}`).execute();
    assert.equal(rows.length, 1);
  }
});

test("an act that goes on crossing others is given up after five attempts, another fault after one", async () => {
  const subject = await person();
  const attempts = async (error: Error) => {
    let count = 0;
    await assert.rejects(
      change(subject, async () => {
        // A program that never gave up would be stopped here.
        throw ++count > 20 ? new Error("too many attempts") : error;
      }),
    );
    return count;
  };
  assert.equal(await attempts(failing("40001")), 5);
  assert.equal(await attempts(failing("23505")), 1);
  assert.equal(await attempts(new Error("not PostgreSQL's")), 1);
});

// What keeps one mistake from emptying a register: the clock, the day's limit with its second person, the pause to look, ends shown before. Over HTTP.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { sql } from "kysely";
import { replayErasures } from "../registers/evidence/ledger.ts";
import { pauseRetention } from "../registers/evidence/pauses.ts";
import { cleaning, runNightly } from "../server/nightly.ts";
import { type TestApp, testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { person } from "../test/person.ts";
import { newId } from "../values/Uuid.ts";

const KEEPER = "responsiblePerson";
const HOUR = 3_600_000;
const run = ({ ask }: TestApp) => ask(KEEPER, "POST", "/api/retention/run");
const preview = async ({ ask }: TestApp) => (await ask(KEEPER, "GET", "/api/retention/preview")).body;

async function prospects({ ask, owner }: TestApp, count: number, prefix = "Vanhentunut"): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const name = `${prefix}${String.fromCharCode(97 + (n % 26))}${n}`;
    const { status, body } = await ask("administration", "POST", "/api/customers", {
      kind: "person",
      name,
      source: "phone",
    });
    assert.equal(status, 201, JSON.stringify(body));
    ids.push(body.id);
  }
  await sql`update customer_event set day = '2020-01-31' where subject_id = any(${ids}::uuid[])`.execute(owner);
  return ids;
}

suite("the clock", async () => {
  const app = await testApp();
  const keeper = await person(app, [KEEPER]);

  test("a jump stops the run, a person who keeps retention confirms it, and a token may not", async () => {
    await prospects(app, 1);
    assert.equal((await preview(app)).clock, "ok");
    app.clock.jump("2036-11-22T10:00:00Z");
    const shown = await preview(app);
    assert.equal(shown.clock, "jumped");
    assert.deepEqual(shown.doubt, {
      why: "ahead",
      now: "2036-11-22T10:00:00.000Z",
      seenAt: "2026-11-22T10:00:00.000Z",
    });
    const refused = await run(app);
    assert.deepEqual([refused.status, refused.body.code], [409, "clockJumped"]);
    assert.equal((await rowsOf(app.owner, "customer")).length, 1);

    const token = await app.ask(KEEPER, "POST", "/api/retention/clock");
    assert.deepEqual([token.status, token.body.code], [403, "personNeeded"]);
    assert.equal((await app.ask("sales", "POST", "/api/retention/clock")).status, 403);
    assert.equal((await keeper.ask("POST", "/api/retention/clock")).status, 200);
    const acts = (await rowsOf(app.owner, "audit_event")).filter(({ place }) => place === "retention.clock");
    assert.deepEqual(
      acts.map(({ actor }) => actor),
      [keeper.id],
    );
    assert.equal((await run(app)).status, 200);
    assert.equal((await rowsOf(app.owner, "customer")).length, 0);
  });

  test("while the clock is not believed no grace ends, no kept answer is forgotten, and an erasure without a grace is finished", async () => {
    const [mac, sessions] = [Buffer.alloc(32, 7), (await rowsOf(app.owner, "session")).length];
    assert.ok(sessions > 0);
    await sql`insert into idempotency values (${mac}, ${mac}, 200, 'null', '2036-11-22T10:00:00Z')`.execute(app.owner);
    const entry = (keys: string, gone: string, due: string) =>
      sql`insert into erasure_ledger (id, subject_id, register, categories, keys, ground, by, rows_gone_at, keys_due_on)
        values (${newId()}, ${newId()}, 'customers', '{name}', ${[keys]}, 'noLongerNeeded', 'x', ${gone}, ${due})`.execute(
        app.owner,
      );
    await entry("00".repeat(16), "2036-11-22T10:00:00Z", "2036-12-06");
    await entry("11".repeat(16), "2036-11-22T10:00:00Z", "2036-11-22");
    app.clock.jump("2046-11-22T10:00:00Z");
    const open = async () =>
      (await rowsOf(app.owner, "erasure_ledger"))
        .filter((row) => row.keys_destroyed_at === null)
        .map(({ keys }) => keys);
    assert.equal((await open()).length, 2);
    assert.equal(await replayErasures(app.gate), 1);
    assert.deepEqual(await open(), [["00".repeat(16)]]);
    assert.deepEqual(await runNightly(app.owner, cleaning(app.gate)), []);
    assert.equal((await rowsOf(app.owner, "idempotency")).length, 1);
    assert.equal((await rowsOf(app.owner, "session")).length, sessions);
    assert.equal((await keeper.ask("POST", "/api/retention/clock")).status, 200);
    await replayErasures(app.gate);
    assert.deepEqual(await open(), []);
    assert.deepEqual(await runNightly(app.owner, cleaning(app.gate)), []);
    assert.equal((await rowsOf(app.owner, "idempotency")).length, 0);
  });
});

suite("the day's limit", async () => {
  const app = await testApp();
  const [one, other] = [await person(app, [KEEPER]), await person(app, [KEEPER])];
  const items = async (who = one) => (await who.ask("GET", "/api/retention/approvals")).body.items;

  test("more than the limit needs another person, who sees who asked; it counts for what had ended then, for a day", async () => {
    await prospects(app, 25);
    const before = await preview(app);
    assert.deepEqual(before.limits, [{ register: "customers", people: 25, limit: 20, due: 25 }]);
    const token = await app.ask(KEEPER, "POST", "/api/retention/approvals", { register: "customers" });
    assert.equal(token.body.code, "personNeeded");
    const asked = await one.ask("POST", "/api/retention/approvals", { register: "customers" });
    assert.equal(asked.status, 201, JSON.stringify(asked.body));
    assert.equal((await preview(app)).items.length, 20, "asking allows nothing");

    const path = `/api/retention/approvals/${asked.body.id}/approve`;
    const [own] = await items();
    assert.deepEqual([own.youMay, own.people, own.askedByName], ["another", 25, one.name]);
    assert.equal((await one.ask("POST", path)).body.code, "approvalNeedsAnother");
    app.clock.forward(30 * HOUR);
    assert.equal(
      (await one.ask("POST", path)).body.code,
      "approvalNeedsAnother",
      "time stands in for nobody where there are two",
    );
    assert.equal((await items(other))[0].youMay, "now");
    const approved = await other.ask("POST", path);
    assert.equal(approved.status, 200, JSON.stringify(approved.body));
    const [row] = await rowsOf(app.owner, "retention_approval");
    assert.deepEqual([row?.asked_by, row?.approved_by], [one.id, other.id]);
    const acts = (await rowsOf(app.owner, "audit_event")).filter(({ place }) => place === "retention.approval");
    assert.deepEqual(
      acts.map(({ actor }) => actor),
      [one.id, other.id],
    );

    // Somebody whose time ends later does not ride on it.
    const [late] = await prospects(app, 1, "Myohempi");
    await sql`update customer_event set day = '2025-11-23' where subject_id = ${late}`.execute(app.owner);
    const allowed = await preview(app);
    assert.equal(allowed.items.length, 25);
    assert.ok(!allowed.items.some(({ subjectId }: { subjectId: string }) => subjectId === late));
    assert.equal((await run(app)).body.erased, 25);
    assert.equal((await rowsOf(app.owner, "customer")).length, 1);
    assert.equal((await items())[0].youMay, "done");
    app.clock.forward(25 * HOUR);
    assert.deepEqual(await items(), [], "after its day it is over");
  });

  test("what the limit allows needs no approval, and another description needs another", async () => {
    const unneeded = await one.ask("POST", "/api/retention/approvals", { register: "customers" });
    assert.deepEqual([unneeded.status, unneeded.body.code], [409, "nothingBeyond"]);
    await prospects(app, 22);
    const { body } = await one.ask("POST", "/api/retention/approvals", { register: "customers" });
    const [seen] = (await app.ask(KEEPER, "GET", "/api/retention/approvals")).body.items;
    assert.deepEqual([seen.id, seen.youMay], [body.id, "another"], "a program may look and not allow");
    await sql`update retention_approval set version = 'before' where id = ${body.id}`.execute(app.owner);
    const stale = await other.ask("POST", `/api/retention/approvals/${body.id}/approve`);
    assert.deepEqual([stale.status, stale.body.code], [409, "approvalStale"]);
  });
});

test("where one person has the duty, a day stands in for the second", async () => {
  const app = await testApp();
  const only = await person(app, [KEEPER]);
  await person(app, ["sales"]);
  await prospects(app, 23);
  const { body } = await only.ask("POST", "/api/retention/approvals", { register: "customers" });
  const path = `/api/retention/approvals/${body.id}/approve`;
  app.clock.forward(23 * HOUR);
  const [waiting] = (await only.ask("GET", "/api/retention/approvals")).body.items;
  assert.deepEqual([waiting.youMay, waiting.from], ["later", "2026-11-23T10:00:00.000Z"]);
  assert.deepEqual((await only.ask("POST", path)).body.code, "approvalNotYet");
  app.clock.jump("2026-11-26T10:00:00Z");
  assert.deepEqual(
    (await only.ask("POST", path)).body.code,
    "clockJumped",
    "a clock set ahead does not wait for anybody",
  );
  app.clock.jump("2026-11-23T09:00:00Z");
  app.clock.forward(HOUR);
  assert.equal((await only.ask("POST", path)).status, 200);
  assert.equal((await run(app)).body.erased, 23);
});

suite("the pause", async () => {
  const app = await testApp();
  const keeper = await person(app, [KEEPER]);

  test("for thirty days from the first start and from an import retention only shows; a person ends it early", async () => {
    await sql`insert into installation (id, created_at) values (${newId()}, ${app.clock.now()})`.execute(app.owner);
    await prospects(app, 2);
    assert.deepEqual((await preview(app)).pause, { why: "firstStart", until: "2026-12-22T10:00:00.000Z" });
    const refused = await run(app);
    assert.deepEqual([refused.status, refused.body.code], [409, "retentionPaused"]);
    assert.equal((await rowsOf(app.owner, "customer")).length, 2);
    app.clock.set("2026-12-22T10:00:00Z");
    assert.equal((await preview(app)).pause, null);
    await pauseRetention(app.gate, "import");
    assert.equal((await preview(app)).pause.why, "import");
    assert.equal((await run(app)).body.code, "retentionPaused");
    assert.equal((await app.ask(KEEPER, "POST", "/api/retention/pause/end")).body.code, "personNeeded");
    assert.deepEqual((await keeper.ask("POST", "/api/retention/pause/end")).body, { ended: 1 });
    const acts = (await rowsOf(app.owner, "audit_event")).filter(({ place }) => place === "retention.pause");
    assert.deepEqual(
      acts.map(({ actor }) => actor),
      [keeper.id],
    );
    assert.equal((await run(app)).body.erased, 2);
    assert.equal((await rowsOf(app.owner, "retention_pause")).length, 2);
  });
});

test("the end of a draw goes without the limit once a person has been shown it a day before", async () => {
  const { described } = await testApp();
  const before = "    from: warrantyEnd\n";
  assert.ok(described.includes(before), "the description has changed: mend this test");
  const app = await testApp({ text: described.replace(before, "    from: raffleDraw\n") });
  const keeper = await person(app, [KEEPER]);
  const ids = await prospects(app, 24, "Osallistuja");
  await sql`insert into customer_event select id, 'raffleDraw', '2020-01-01' from unnest(${ids}::uuid[]) id`.execute(
    app.owner,
  );
  const due = await preview(app);
  assert.equal(due.items.length, 20);
  assert.deepEqual(due.draws, [{ register: "customers", rule: "customerCore", people: 24, free: false }]);
  app.clock.forward(25 * HOUR);
  assert.equal((await preview(app)).items.length, 20, "a program that looked is nobody");
  assert.deepEqual((await keeper.ask("GET", "/api/retention/count")).body, { people: 20, doubt: null, pause: null });
  app.clock.forward(25 * HOUR);
  assert.equal((await preview(app)).items.length, 20, "whoever was told a number has seen no list");
  assert.equal((await keeper.ask("GET", "/api/retention/preview")).body.items.length, 20);
  app.clock.forward(23 * HOUR);
  assert.equal((await preview(app)).items.length, 20);
  app.clock.forward(2 * HOUR);
  const shown = await preview(app);
  assert.equal(shown.items.length, 24);
  assert.deepEqual(shown.limits, [{ register: "customers", people: 24, limit: 20, due: 24, shown: 24 }]);
  assert.equal((await run(app)).body.erased, 24);
  await prospects(app, 3);
  await sql`delete from customer_event where event = 'raffleDraw'`.execute(app.owner);
  assert.equal((await preview(app)).items.length, 3, "the draw has used up nothing of the day");
});

// Exactly once, in the order of transactions, whatever happens in between: on a real PostgreSQL.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { Db, Tx } from "../../../db/connect.ts";
import { type Gate, openGate, PARTS } from "../../../gate/gate.ts";
import { emptyRoot, Frontier } from "../../../keys/tree.ts";
import { testApp } from "../../../test/app.ts";
import { leafOf } from "./event.ts";
import { type EvidenceLog, openEvidenceLog } from "./evidenceLog.ts";
import { BATCH, openSequencer } from "./sequencer.ts";

/** An event as any transaction writes it; answers its id. */
async function note(db: Db | Tx, actor: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`insert into audit_event
    (actor, actor_kind, roles, verb, register, subjects, categories, decision, place, version, request_id)
    values (${actor}, 'system', '{}', 'read', 'customers', '{}', '{}', 'allowed', 'x', '1', 'x') returning id`.execute(
    db,
  );
  return rows[0]?.id ?? 0;
}
const notes = (db: Db | Tx, actor: string, count: number) =>
  sql`insert into audit_event (actor, actor_kind, roles, verb, register, subjects, categories, decision, place, version, request_id)
    select ${actor}::text || n, 'system', '{}', 'read', 'customers', '{}', '{}', 'allowed', 'x', '1', 'x' from generate_series(1, ${count}::int) n`.execute(
    db,
  );

/** Other test files share the server: their open transactions hold every log back, as they should. */
async function sequenced(log: EvidenceLog, owner: Db): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    await log.sequence();
    const { rows } =
      await sql`select from audit_event e where not exists (select from log_leaf l where l.event_id = e.id)`.execute(
        owner,
      );
    if (rows.length === 0) return;
    await pause(50);
  }
  assert.fail("events were not sequenced");
}
const leaves = async (owner: Db) =>
  (await sql<{ index: number; event_id: number }>`select index, event_id from log_leaf order by index`.execute(owner))
    .rows;

/** What must hold of every log: indexes without a gap, each event once, in the order of transactions, roots that fit. */
async function expectWhole(log: EvidenceLog, owner: Db): Promise<void> {
  const rows = await leaves(owner);
  assert.deepEqual(
    rows.map(({ index }) => index),
    rows.map((_, n) => n),
  );
  const { rows: inOrder } = await sql<{ id: number }>`select id from audit_event order by xid, id`.execute(owner);
  assert.deepEqual(
    rows.map(({ event_id }) => event_id),
    inOrder.map(({ id }) => id),
  );
  const tree = new Frontier();
  for await (const { event, hash } of log.entries()) {
    assert.ok(event);
    assert.equal(leafOf(event).toString("hex"), hash);
    tree.grow(leafOf(event));
  }
  assert.deepEqual((await log.checkpoint()).root, tree.root());
  assert.equal((await log.verify()).bad, null);
}

suite("the sequencer", async () => {
  const statements: string[] = [];
  const { gate, owner, db } = await testApp({ statements: (text) => void statements.push(text) });
  const log = openEvidenceLog(gate);

  test("takes what is committed, once", async () => {
    assert.deepEqual((await log.checkpoint()).root.length, emptyRoot().length);
    const before = (await log.head()).size;
    const id = await note(db, "one");
    await sequenced(log, owner);
    assert.equal((await log.head()).size, before + 1);
    assert.equal(await log.sequence(), 0);
    assert.equal((await leaves(owner)).at(-1)?.event_id, id);
  });

  test("does not pass over the older event of a transaction that is still under way", async () => {
    const begun = Promise.withResolvers<number>();
    const end = Promise.withResolvers<void>();
    const long = owner.transaction().execute(async (tx) => {
      begun.resolve(await note(tx, "long"));
      await end.promise;
      return note(tx, "long again");
    });
    const older = await begun.promise;
    const younger = await note(db, "short");
    assert.ok(older < younger);
    assert.equal(await log.sequence(), 0, "the younger waits for the older");
    const { size } = await log.head();
    end.resolve();
    const last = await long;
    assert.ok(last > younger);
    await sequenced(log, owner);
    const taken = (await leaves(owner)).slice(size).map(({ event_id }) => event_id);
    assert.deepEqual(taken, [older, last, younger], "in the order of transactions, not of ids");
  });

  test("leaves out what was rolled back, and takes what comes after it", async () => {
    await assert.rejects(
      owner.transaction().execute(async (tx) => {
        await note(tx, "never");
        throw new Error("rolled back");
      }),
    );
    await note(db, "after");
    await sequenced(log, owner);
    await expectWhole(log, owner);
  });

  test("goes on after a crash between two batches with nothing twice and nothing left out", async () => {
    await sequenced(log, owner);
    await notes(db, "many", BATCH * 2 + 7);
    const first = openSequencer(gate);
    while ((await first.step()) === 0) await pause(50);
    const { size } = await log.head();
    // The process is gone here: another begins from what is on disk.
    const again = openEvidenceLog(gate);
    await sequenced(again, owner);
    assert.equal((await again.head()).size, size + BATCH + 7);
    await expectWhole(again, owner);
    // The one before, had it only slept, finds that it is behind.
    await note(db, "woken");
    while ((await first.step()) === 0) await pause(50);
    await expectWhole(log, owner);
  });

  test("goes on after a crash in the middle of a batch with nothing of it left", async () => {
    await sequenced(log, owner);
    await notes(db, "cut", 20);
    const parts = gate[PARTS];
    const cut = openGate({
      ...parts,
      run: (work) =>
        parts.databases.write.transaction().execute(async (tx) => {
          const answer = await work(tx);
          const { rows } = await sql`select from log_leaf where index >= ${size}`.execute(tx);
          if (rows.length > 0) throw new Error("the power went");
          return answer;
        }),
    });
    const { size } = await log.head();
    const dying = openSequencer(cut);
    await assert.rejects(async () => {
      for (;;) {
        await dying.step();
        await pause(50);
      }
    }, /the power went/);
    assert.equal((await leaves(owner)).length, size);
    await sequenced(log, owner);
    assert.equal((await log.head()).size, size + 20);
    await expectWhole(log, owner);
  });

  test("two writers at once take turns", async () => {
    await notes(db, "both", 300);
    const other: Gate = openGate(gate[PARTS]);
    const [one, two] = [openEvidenceLog(gate), openEvidenceLog(other)];
    await Promise.all([sequenced(one, owner), sequenced(two, owner)]);
    await expectWhole(one, owner);
  });

  test("nodes that are missing are made anew, and then they are as they were", async () => {
    const nodes = () =>
      sql`select level, index, encode(hash, 'hex') as hash from log_node order by level, index`.execute(owner);
    const before = (await nodes()).rows;
    assert.ok(before.length >= 8, "found too few nodes for this test to mean anything");
    await sql`alter table log_node disable trigger user`.execute(owner);
    await sql`delete from log_node where index >= 2`.execute(owner);
    await sql`alter table log_node enable trigger user`.execute(owner);
    await note(db, "after");
    const fresh = openEvidenceLog(gate);
    await sequenced(fresh, owner);
    await fresh.checkpoint();
    assert.deepEqual((await nodes()).rows.slice(0, before.length), before);
    await expectWhole(fresh, owner);
  });

  test("the application can add to the tree, and change nothing in it", async () => {
    for (const table of ["log_leaf", "log_node", "log_checkpoint", "log_anchor"])
      for (const change of [
        `update ${table} set ${table === "log_anchor" ? "sink = ''" : "index = 0"}`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        const text = change.replace("log_checkpoint set index", "log_checkpoint set size");
        await assert.rejects(sql.raw(text).execute(db), /permission denied|append-only/, text);
        await assert.rejects(sql.raw(text).execute(owner), /append-only/, text);
      }
    for (const call of ["forget_audit_events('2100-01-01')", "put_back_log('[]', '[]')"])
      await assert.rejects(sql.raw(`select ${call}`).execute(db), /permission denied/);
  });

  test("what waits is found by the index of transactions, and each leaf by its event", async () => {
    await sql`vacuum analyze audit_event, log_leaf`.execute(owner);
    statements.length = 0;
    await openEvidenceLog(gate).sequence();
    const asked = statements.find((text) => text.includes("pg_snapshot_xmin"));
    assert.ok(asked);
    const { rows } = await sql.raw<Record<string, string>>(`explain (generic_plan, costs off) ${asked}`).execute(owner);
    const plan = rows.map((row) => Object.values(row)[0]).join("\n");
    assert.match(plan, /Scan (using|on) audit_event_xid/);
    assert.match(plan, /Index (Only )?Scan using log_leaf_event_id_key/);
    assert.doesNotMatch(plan, /Seq Scan|Hash|Merge/);
  });
});

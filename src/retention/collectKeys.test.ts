// Keys without rows go, and no value ever loses its key for it, whatever is sealed meanwhile.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { keysCommands } from "../cli/keysCommands.ts";
import { openKeyring } from "../keys/keyring.ts";
import { replayErasures } from "../registers/evidence/ledger.ts";
import { pauseRetention } from "../registers/evidence/pauses.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { newId } from "../values/Uuid.ts";
import { collectKeys } from "./collectKeys.ts";

const DAY_MS = 24 * 3600_000;
const CODE = { personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit", source: "meeting" };
const noCopies = { oldestCopy: async () => null, settleMs: 0 };

async function ready() {
  const t = await testApp();
  // Keys are dated by the machine's own clock.
  const tomorrow = () => t.clock.set(new Date(Date.now() + DAY_MS + 1000));
  const held = () => new Set([...t.keys.list()].map(({ id }) => id));
  const oneKey = async (rule = "customerCore") => {
    const [key = assert.fail()] = await t.keys.keysFor([{ register: "customers", subject: newId(), rule }]);
    return key;
  };
  /** Of every value of customers: whether it opens. */
  const opening = async () => {
    const rows = (await rowsOf(t.owner, "customer_value")) as {
      subject_id: string;
      category: string;
      sealed: Buffer;
    }[];
    const opened = await t.keys.open(
      rows.map(({ subject_id: subject, category, sealed }) => ({
        place: { register: "customers", category, row: subject, subject },
        sealed,
      })),
    );
    return opened.map((plain) => plain !== null);
  };
  return { ...t, tomorrow, held, oneKey, opening };
}

test("a key whose act was rolled back is gone after a day, and not before; every value opens", async () => {
  const t = await ready();
  await trade(t).customer(MAIJA);
  const left = await t.oneKey();
  const before = t.held();
  t.clock.set(new Date());
  assert.equal(await collectKeys(t.gate, noCopies), 0, "it is too young");
  assert.ok(t.held().has(left));
  t.tomorrow();
  assert.equal(await collectKeys(t.gate, noCopies), 1);
  before.delete(left);
  const [line, ...none] = await rowsOf(t.owner, "erasure_ledger");
  assert.deepEqual([line?.keys, none], [[left], []], "a restore of an older copy must not take it for lost");
  assert.ok(line?.keys_destroyed_at);
  assert.deepEqual(t.held(), before);
  assert.ok((await t.opening()).every(Boolean));
  assert.equal(await collectKeys(t.gate, noCopies), 0);
});

test("a key that waits in the ledger for its day stays, and after a restore nothing is collected", async () => {
  const t = await ready();
  const key = await t.oneKey();
  const line = { id: newId(), subject_id: newId(), register: "customers", categories: ["name"], keys: [key] };
  const when = { rows_gone_at: t.clock.now(), keys_due_on: "2027-01-01" };
  await t.owner
    .insertInto("erasure_ledger")
    .values({ ...line, ...when, ground: "noLongerNeeded", by: "test" })
    .execute();
  t.tomorrow();
  assert.equal(await collectKeys(t.gate, noCopies), 0);
  assert.ok(t.held().has(key));
  const other = await t.oneKey();
  t.clock.forward(DAY_MS);
  await pauseRetention(t.gate, "restore");
  assert.equal(await collectKeys(t.gate, noCopies), 0);
  assert.ok(t.held().has(other));
});

test("an act that got its key before the collector and writes its row after keeps the key", async () => {
  const t = await ready();
  const subject = newId();
  await t.owner.insertInto("subject").values({ id: subject }).execute();
  const owner = { register: "customers", subject, rule: "customerCore" };
  await t.keys.keysFor([owner]);
  t.tomorrow();
  let collecting: Promise<number> | undefined;
  await t.db.transaction().execute(async (tx) => {
    // Nothing is written yet: the transaction has no number of its own.
    await tx.selectFrom("subject").select("id").execute();
    const [key = ""] = await t.keys.keysFor([owner]);
    const place = { register: "customers", category: "name", row: subject, subject };
    collecting = collectKeys(t.gate, noCopies);
    assert.equal(await Promise.race([collecting, wait(400, "waits")]), "waits");
    const [sealed = assert.fail()] = await t.keys.seal([{ place, key, plain: Buffer.from("Meri") }]);
    const told = { source: "phone", at: new Date(), by: "x", purpose: "customerCare", basis: "contract" };
    await tx
      .insertInto("customer_value")
      .values({ ...told, subject_id: subject, category: "name", sealed, rule: "customerCore", ground: null })
      .execute();
  });
  assert.equal(await collecting, 0);
  assert.deepEqual(await t.opening(), [true]);
});

test("values taken away and told again while the collector runs never lose their key", async () => {
  const t = await ready();
  const ids = await Promise.all([1, 2, 3, 4].map(() => trade(t).customer({ ...MAIJA, ...CODE })));
  const change = async (id: string, body: object) => {
    const { status } = await t.ask("administration", "PATCH", `/api/customers/${id}`, { source: "meeting", ...body });
    assert.equal(status, 200);
  };
  let over = false;
  const writing = ids.map(async (id) => {
    while (!over) {
      await change(id, { personalIdentityCode: null });
      await change(id, CODE);
    }
  });
  let collected = 0;
  for (let round = 0; round < 8; round += 1) {
    // Every key counts as a day old: the hardest case.
    t.tomorrow();
    collected += await collectKeys(t.gate, noCopies);
  }
  over = true;
  await Promise.all(writing);
  const opens = await t.opening();
  assert.ok(opens.length >= 2 * ids.length);
  assert.ok(opens.every(Boolean), "a value lost its key");
  assert.ok(collected > 0, "nothing was ever collected, so nothing was raced");
});

test("former versions go when no row and no copy of the database needs them", async () => {
  const t = await ready();
  const id = await trade(t).customer({ ...MAIJA, ...CODE });
  await trade(t).delivered(id);
  const former = t.held();
  const { persons, resealed } = await keysCommands["keys rotate"]({ gate: t.gate }, { level: "persons" });
  assert.deepEqual([persons, resealed], [former.size, 1]);
  assert.ok((await t.opening()).every(Boolean));
  t.tomorrow();
  const copied = (oldest: Date) => collectKeys(t.gate, { oldestCopy: async () => oldest, settleMs: 0 });
  assert.equal(await copied(new Date(0)), 0);
  assert.equal(await copied(t.clock.now()), 0, "a copy begun before they were found unused may hold their rows");
  const unknown = async () => {
    throw new Error("the target is away");
  };
  assert.equal(await collectKeys(t.gate, { oldestCopy: unknown, settleMs: 0 }), 0);
  t.clock.forward(DAY_MS);
  assert.equal(await copied(t.clock.now()), former.size);
  assert.ok([...t.held()].every((key) => !former.has(key)));
  assert.ok((await t.opening()).every(Boolean));
  const lines = await t.ask("sales", "GET", `/api/orders?customerId=${id}`);
  assert.ok(JSON.stringify(lines.body).includes("Puuikkunan"));
});

test("without copies former versions go at once, but for those of reasons in the log", async () => {
  const t = await ready();
  const id = await trade(t).customer({ ...MAIJA, ...CODE });
  const shown = await t.ask("administration", "POST", `/api/customers/${id}/identity-code`, { reason: "credit check" });
  assert.equal(shown.status, 200);
  await keysCommands["keys rotate"]({ gate: t.gate }, { level: "persons" });
  t.tomorrow();
  const [before, reasons] = [t.held().size, (await rowsOf(t.owner, "audit_event")).filter((row) => row.sealed_why)];
  assert.equal(reasons.length, 1);
  assert.equal(await collectKeys(t.gate, noCopies), before / 2 - 1);
});

test("cut short between the entry and the destroying it is carried out by the next start", async () => {
  const t = await ready();
  const left = await t.oneKey();
  t.tomorrow();
  const { destroy } = t.keys;
  Object.assign(t.keys, {
    destroy: async () => {
      throw new Error("cut short");
    },
  });
  await assert.rejects(collectKeys(t.gate, noCopies), /cut short/);
  Object.assign(t.keys, { destroy });
  assert.ok(t.held().has(left));
  await replayErasures(t.gate);
  assert.ok(!t.held().has(left));
});

test("killed between the two steps nothing has happened", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-collect-"));
  try {
    const owner = { register: "customers", subject: newId(), rule: "customerCore" };
    const place = { register: "customers", category: "name", row: owner.subject, subject: owner.subject };
    const first = await openKeyring({ folder, mode: "create" });
    const [key = ""] = await first.keysFor([owner]);
    const [sealed = assert.fail()] = await first.seal([{ place, key, plain: Buffer.from("Meri") }]);
    first.retire([key]);
    await first.close();
    const again = await openKeyring({ folder, mode: "existing" });
    assert.deepEqual(await again.keysFor([owner]), [key]);
    assert.deepEqual(await again.open([{ place, sealed }]), [Buffer.from("Meri")]);
    await again.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { type TestApp, testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { MAIJA, trade } from "../../test/trade.ts";
import { newId } from "../../values/Uuid.ts";
import { renewValues } from "../../versions/renewValues.ts";
import { reconcile } from "../reconcile.ts";
import type { JournalFiles } from "./files.ts";
import { type JournalLog, openJournal } from "./journal.ts";
import { chaptersOf, segmentsOf } from "./read.ts";

/** Files in memory; what the target promises is tested where the target is. */
function memoryFiles(): JournalFiles & { kept: Map<string, readonly string[]> } {
  const kept = new Map<string, readonly string[]>();
  return {
    kept,
    write: async (path, lines) => void kept.set(path, lines),
    list: async () => [...kept.keys()].sort(),
    lines: async (path) => [...(kept.get(path) ?? [])],
  };
}

/** A delivered order of a new customer, invoiced; and the journal of it all. */
async function invoiced() {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const id = await customer(MAIJA);
  const { id: issued, number } = await invoice(await delivered(id));
  const held = () => new Set([...t.keys.list()].map((line) => line.id));
  const tables = async () => ({ invoice: await rowsOf(t.owner, "invoice"), vat: await rowsOf(t.owner, "invoice_vat") });
  /** What a restore to before the invoice leaves. */
  const backInTime = async () => {
    for (const table of ["invoice_vat", "invoice", "invoice_series"] as const)
      await t.owner.deleteFrom(table).execute();
  };
  return { t, id, issued, number, held, tables, backInTime, ...(await journalOf(t)) };
}

const INSTALLATION = newId();
const restored = { base: "20261122T080000Z", target: null, at: new Date() };
const noLog: JournalLog = {
  size: async () => 0,
  leaves: async function* () {},
  checkpoints: async function* () {},
};

async function journalOf(t: TestApp) {
  const files = memoryFiles();
  let at = Date.UTC(2026, 10, 22, 9);
  const now = () => {
    at += 1000;
    return new Date(at);
  };
  return { files, journal: openJournal({ db: t.owner, files, log: noLog, installation: INSTALLATION, now }) };
}

async function recordsIn(files: JournalFiles): Promise<Record<string, Record<string, unknown>[]>> {
  const found: Record<string, Record<string, unknown>[]> = {};
  for (const chapter of await chaptersOf(files))
    for await (const { records } of segmentsOf(files, chapter, INSTALLATION))
      for (const record of records)
        if ("table" in record) found[record.table] = [...(found[record.table] ?? []), record.row];
  return found;
}

test("a chapter holds all that is so, a segment what was written since, and neither a value", async () => {
  const t = await testApp();
  const { customer, delivered, invoice } = trade(t);
  const id = await customer(MAIJA);
  await invoice(await delivered(id));
  const { files, journal } = await journalOf(t);
  await journal.begin();
  assert.equal(files.kept.size, 1);
  const first = await recordsIn(files);
  assert.equal(first.invoice?.length, 1);
  const [row = {}] = first.invoice ?? [];
  const [kept] = await rowsOf(t.owner, "invoice");
  assert.deepEqual(Object.keys(row).sort(), [...Object.keys(kept ?? {}), "vat"].sort());
  assert.equal(row.sealed, `\\x${Buffer.from(kept?.sealed as Buffer).toString("hex")}`, "as it stands, sealed");

  await journal.write();
  assert.equal(files.kept.size, 1, "nothing was written, so nothing is journalled");
  await t.owner
    .insertInto("objection")
    .values({ id: newId(), subject_id: id, purpose: "marketing", at: new Date(), by: "test" })
    .execute();
  await journal.write();
  assert.equal(files.kept.size, 2);
  assert.equal((await recordsIn(files)).objection?.[0]?.subject_id, id);
  const all = [...files.kept.values()].flat().join("\n");
  for (const value of [MAIJA.name, MAIJA.email, "Kuvitteellinenkatu"]) assert.ok(!all.includes(value));
});

test("a transaction that was under way at one segment is in the next", async () => {
  const t = await testApp();
  const id = await trade(t).customer(MAIJA);
  const { files, journal } = await journalOf(t);
  await journal.begin();
  let commit = (): void => {};
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  const slow = t.owner.transaction().execute(async (tx) => {
    await tx
      .insertInto("objection")
      .values({ id: newId(), subject_id: id, purpose: "slow", at: new Date(), by: "test" })
      .execute();
    await mayCommit;
  });
  await t.db
    .insertInto("objection")
    .values({ id: newId(), subject_id: id, purpose: "quick", at: new Date(), by: "test" })
    .execute();
  await journal.write();
  assert.deepEqual(
    (await recordsIn(files)).objection?.map(({ purpose }) => purpose),
    ["quick"],
  );
  commit();
  await slow;
  await journal.write();
  const purposes = (await recordsIn(files)).objection?.map(({ purpose }) => purpose);
  assert.ok(purposes?.includes("slow"), "the transaction that ended later was missed");
});

test("a segment that is missing, cut, changed or exchanged is found", async () => {
  const t = await testApp();
  const id = await trade(t).customer(MAIJA);
  const { files, journal } = await journalOf(t);
  await journal.begin();
  for (const purpose of ["one", "two", "three"]) {
    await t.db
      .insertInto("objection")
      .values({ id: newId(), subject_id: id, purpose, at: new Date(), by: "test" })
      .execute();
    await journal.write();
  }
  const whole = new Map(files.kept);
  assert.equal(whole.size, 4);
  const [, second = "", third = ""] = [...whole.keys()].sort();
  const harmed: [string, () => void][] = [
    ["missing", () => files.kept.delete(second)],
    ["cut", () => files.kept.set(second, (whole.get(second) ?? []).slice(0, -1))],
    [
      "changed",
      () =>
        files.kept.set(
          second,
          (whole.get(second) ?? []).map((line) => line.replace('"one"', '"won"')),
        ),
    ],
    ["exchanged", () => files.kept.set(second, whole.get(third) ?? [])],
    ["empty", () => files.kept.set(second, [])],
  ];
  await recordsIn(files);
  for (const [name, harm] of harmed) {
    harm();
    await assert.rejects(recordsIn(files), { code: "journalBroken" }, name);
    await assert.rejects(reconcile(t.owner, { ...restored, files, installation: INSTALLATION }), {
      code: "journalBroken",
    });
    for (const [path, lines] of whole) files.kept.set(path, lines);
  }
  await assert.rejects(reconcile(t.owner, { ...restored, files, installation: newId() }), { code: "journalBroken" });
});

test("a database from before learns what was withdrawn, refused and restricted since; of people it does not know, nothing", async () => {
  const t = await testApp();
  const { customer } = trade(t);
  const id = await customer(MAIJA);
  const consent = newId();
  await t.owner
    .insertInto("consent")
    .values({
      ...{ id: consent, subject_id: id, consent: "newsletter", purpose: "marketing", channels: ["email"], wording: 1 },
      ...{
        wording_hash: Buffer.from("wording"),
        language: "fi",
        source: "webForm",
        given_at: new Date(),
        given_by: "test",
      },
    })
    .execute();
  const { files, journal } = await journalOf(t);
  await journal.begin();
  const stranger = newId();
  await t.owner.updateTable("consent").set({ withdrawn_at: new Date(), withdrawn_by: "test" }).execute();
  for (const subject_id of [id, stranger])
    await t.owner
      .insertInto("objection")
      .values({ id: newId(), subject_id, purpose: "marketing", at: new Date(), by: "test" })
      .execute();
  await t.owner
    .insertInto("ban")
    .values({ address_mac: Buffer.alloc(32, 7), purposes: ["marketing"], at: new Date() })
    .execute();
  await journal.write();
  // Back in time.
  await t.owner.updateTable("consent").set({ withdrawn_at: null, withdrawn_by: null }).execute();
  await t.owner.deleteFrom("objection").execute();
  await t.owner.deleteFrom("ban").execute();

  const told = await reconcile(t.owner, { ...restored, files, installation: INSTALLATION });
  assert.equal(told.uncertain, 0);
  const [row] = await rowsOf(t.owner, "consent");
  assert.ok(row?.withdrawn_at instanceof Date);
  assert.deepEqual(
    (await rowsOf(t.owner, "objection")).map(({ subject_id }) => subject_id),
    [id],
  );
  assert.deepEqual(
    (await rowsOf(t.owner, "ban")).map(({ address_mac }) => address_mac),
    [Buffer.alloc(32, 7)],
  );
});

test("a journal that lacks an erasure of this database, and no journal at all, refuse", async () => {
  const t = await testApp();
  const id = await trade(t).customer(MAIJA);
  const { files, journal } = await journalOf(t);
  await assert.rejects(reconcile(t.owner, { ...restored, files, installation: INSTALLATION }), {
    code: "journalMissing",
  });
  await journal.begin();
  await t.owner
    .insertInto("erasure_ledger")
    .values({
      ...{
        id: newId(),
        subject_id: id,
        register: "customers",
        categories: ["name"],
        keys: [],
        ground: "noLongerNeeded",
        by: "test",
      },
      ...{ rows_gone_at: new Date("2026-11-01T00:00:00Z"), keys_due_on: "2026-11-01" },
    })
    .execute();
  await assert.rejects(reconcile(t.owner, { ...restored, files, installation: INSTALLATION }), {
    code: "ledgerMismatch",
  });
});

test("an invoice that the restored database lacks comes back byte for byte, whatever became of the customer", async () => {
  const { t, id, issued, number, held, tables, backInTime, files, journal } = await invoiced();
  await journal.begin();
  const restriction = { id: newId(), subject_id: id, register: "customerRegister", purposes: [], until: null };
  await t.owner
    .insertInto("restriction")
    .values({ ...restriction, ground: "test", at: new Date(), by: "test", lifted_at: null })
    .execute();
  await journal.write();
  const before = await tables();
  assert.ok(before.vat.length > 0);
  await backInTime();
  // The customer was added after the moment too: nobody here knows them.
  for (const table of [
    "restriction",
    "order_line",
    "customer_order",
    "customer_value",
    "customer_event",
    "customer",
  ] as const)
    await t.owner.deleteFrom(table).where("subject_id", "=", id).execute();
  await t.owner.deleteFrom("subject").where("id", "=", id).execute();

  const told = await reconcile(t.owner, { ...restored, files, installation: INSTALLATION, held: held() });
  assert.deepEqual([told.rows.invoice, told.uncertain], [1, 0]);
  assert.deepEqual(await tables(), before);
  const [series] = await rowsOf(t.owner, "invoice_series");
  assert.equal(series?.next_number, Number(number.slice(4)) + 1, "the number is taken");
  assert.equal(
    (await rowsOf(t.owner, "restriction")).length,
    1,
    "who is known again by the invoice is restricted as before",
  );
  const { status, body } = await t.ask("invoicing", "GET", `/api/invoices/${issued}`);
  assert.equal(status, 200);
  assert.equal(body.buyerName, MAIJA.name);
  await backInTime();
  const again = await reconcile(t.owner, { ...restored, files, installation: INSTALLATION, held: held() });
  assert.equal(again.rows.invoice, 1);
});

test("an invoice that was paid and sealed anew since is as it is now, not as the restored database had it", async () => {
  const { t, id, issued, held, tables, files, journal } = await invoiced();
  const [old] = await rowsOf(t.owner, "invoice");
  await t.keys.rotatePersons([...t.keys.list()]);
  await renewValues(t.gate);
  await t.ask("invoicing", "POST", `/api/invoices/${issued}/payment`, { day: "2026-11-22" });
  await journal.begin();
  const before = await tables();
  await t.owner
    .updateTable("invoice")
    .set({ sealed: old?.sealed as Buffer, paid_on: null })
    .where("subject_id", "=", id)
    .execute();
  const told = await reconcile(t.owner, { ...restored, files, installation: INSTALLATION, held: held() });
  assert.equal(told.rows.invoice, 1);
  assert.deepEqual(await tables(), before);
});

test("an invoice whose key is gone, or that is older than every copy, is uncertain and its number is taken", async () => {
  for (const why of ["key", "age"] as const) {
    const { t, number, held, backInTime, files, journal } = await invoiced();
    if (why === "age")
      await t.owner
        .updateTable("invoice")
        .set({ at: new Date("2026-01-01") })
        .execute();
    await journal.begin();
    if (why === "age") assert.equal((await recordsIn(files)).invoice?.[0]?.sealed, undefined);
    await backInTime();
    const about = { ...restored, files, installation: INSTALLATION, held: why === "key" ? new Set<string>() : held() };
    const told = await reconcile(t.owner, about);
    assert.deepEqual([told.rows.invoice, told.uncertain], [0, 1], why);
    assert.deepEqual(await rowsOf(t.owner, "invoice"), []);
    const [series] = await rowsOf(t.owner, "invoice_series");
    assert.equal(series?.next_number, Number(number.slice(4)) + 1);
    assert.equal((await rowsOf(t.owner, "uncertain_transfer"))[0]?.number, number);
  }
});

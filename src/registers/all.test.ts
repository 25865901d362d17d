// Nobody is forgotten: the catalog of the database decides which tables can hold a person, and every one of them is exported and erased, or says why not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { rightsWords } from "../documents/rightsWords.ts";
import { hasSubject, OWNED } from "../gate/owned.ts";
import { eraseSubject } from "../rights/erasure.ts";
import { correct } from "../rights/ownCard/card.ts";
import { testApp } from "../test/app.ts";
import { newId } from "../values/Uuid.ts";
import { kinds, registers } from "./all.ts";

const { gate, owner, ask } = await testApp();

type Column = { table: string; column: string; type: string };
const { rows: columns } = await sql<Column>`select c.relname as table, a.attname as column, t.typname as type
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and c.relname <> 'migration'`.execute(
  owner,
);
const tables = [...new Set(columns.map(({ table }) => table))].sort();

test("every table is owned by exactly one register", () => {
  assert.ok(tables.length > 20, "found too few tables for this test to mean anything");
  const owned = registers.flatMap((register) => register.tables);
  assert.deepEqual([...owned].sort(), tables);
  assert.deepEqual(registers.map(({ name }) => name).sort(), Object.keys(OWNED).sort());
});

test("every column of sealed values belongs to exactly one register, so that no key in use is taken for one that is not", () => {
  const sealed = columns.filter(({ column, type }) => type === "bytea" && column.includes("sealed"));
  assert.ok(sealed.length > 5, "found too few columns for this test to mean anything");
  assert.deepEqual(
    registers.flatMap((one) => one.sealed.map(([table, column]) => `${table}.${column}`)).sort(),
    sealed.map(({ table, column }) => `${table}.${column}`).sort(),
  );
  for (const { name, tables: owned, sealed: columns } of registers)
    for (const [table] of columns) assert.ok((owned as readonly string[]).includes(table), `${name}: ${table}`);
});

test("the gate knows which tables have a subject", () => {
  for (const table of tables)
    assert.equal(
      hasSubject(table),
      columns.some((one) => one.table === table && one.column === "subject_id"),
      table,
    );
});

/** Columns that can name a person: subject_id, and arrays of ids. */
const naming = columns.filter(({ column, type }) => column === "subject_id" || type === "_uuid");

test("a row of one subject in every such table is exported and erased, or the register says why not", async () => {
  const { id } = (
    await ask("sales", "POST", "/api/customers", {
      kind: "person",
      name: "Planted Zyxwvut",
      email: "planted@example.org",
      source: "phone",
    })
  ).body;
  const order = (
    await ask("sales", "POST", "/api/orders", {
      customerId: id,
      lines: [{ description: "Planted chair", quantity: 1, unitPriceCents: 12400, vatClass: "standard" }],
    })
  ).body;
  await ask("sales", "POST", `/api/orders/${order.id}/delivery`, { day: "2019-11-20" });
  const delivered = await ask("invoicing", "POST", `/api/orders/${order.id}/invoice`);
  assert.equal(delivered.status, 201, JSON.stringify(delivered.body));
  const invoice = delivered.body.id;
  await ask("invoicing", "POST", `/api/invoices/${invoice}/payment`, { day: "2026-11-22" });
  await sql`update invoice set financial_year_end = '2019-12-31' where id = ${invoice}`.execute(owner);
  const oneself = { actor: { kind: "subject", id, source: "ownCard" } as const, requestId: newId() };
  const proposed = { category: "phone", typed: { phone: "+358409998888" }, language: "en" } as const;
  await correct(gate, { id: newId(), subject: id, caller: oneself }, proposed);
  await sql`insert into consent values (${newId()}, ${id}, 'newsletter', 'directMarketing', '{email}', 1, '\\x00', 'fi', 'webForm', now(), 'x', null, null)`.execute(
    owner,
  );
  await sql`insert into objection values (${newId()}, ${id}, 'offers', now(), 'x', null)`.execute(owner);
  await sql`insert into restriction values (${newId()}, ${id}, 'contracts', '{warranty}', null, 'x', now(), 'x', null)`.execute(
    owner,
  );
  await sql`insert into hold values (${newId()}, ${id}, 'openMatter', now(), 'x', now())`.execute(owner);

  const apart = new Map(registers.flatMap((register) => Object.entries(register.apart)));
  for (const reason of apart.values()) assert.ok(reason.length > 20);
  const subjectTables = [...new Set(naming.map(({ table }) => table))].filter((table) => !apart.has(table));
  const left = async () => {
    const counts: Record<string, number> = {};
    for (const table of subjectTables) {
      const found = await sql<{
        n: number;
      }>`select count(*)::int as n from ${sql.table(table)} where subject_id = ${id}`.execute(owner);
      counts[table] = found.rows[0]?.n ?? 0;
    }
    return counts;
  };
  for (const [table, count] of Object.entries(await left())) assert.ok(count > 0, `nothing was planted in ${table}`);

  const caller = { actor: { kind: "system", id: "system:test" } as const, requestId: newId() };
  const voice = { language: "en", words: rightsWords("en"), known: { days: {}, openInvoice: false } } as const;
  const exported = await gate.right(caller, { right: "access", verb: "read", subject: id, kinds }, async (steps) => {
    const found = [];
    for (const register of registers) found.push(...(await register.exportOf(steps, voice)));
    return found;
  });
  const text = JSON.stringify(exported);
  // What only a row of the table can have put there.
  const trace: Record<string, string> = {
    customer: "customerKind",
    customer_value: "Planted Zyxwvut",
    customer_event: "Last contact",
    customer_order: "Order of",
    order_line: "Planted chair",
    invoice: "Invoice 2026",
    invoice_vat: "VAT 24%",
    consent: "newsletter",
    objection: "offers",
    restriction: "contracts",
    hold: "openMatter",
    customer_correction: "+358 40 999 8888",
  };
  assert.deepEqual(Object.keys(trace).sort(), subjectTables.sort());
  for (const [table, words] of Object.entries(trace)) assert.ok(text.includes(words), `${table} is not in the export`);

  await gate.right(caller, { right: "erasure", verb: "erase", subject: id, kinds }, (steps) =>
    eraseSubject(gate, steps, { ground: "noLongerNeeded" }),
  );
  const after = await left();
  // The proof of the consent waits for its own period, with its withdrawal.
  assert.deepEqual(
    Object.entries(after).filter(([, count]) => count > 0),
    [["consent", 1]],
  );
});

test("what left the description is still exported and erased", async () => {
  const { id } = (
    await ask("sales", "POST", "/api/customers", { kind: "person", name: "Stray Quixote", source: "phone" })
  ).body;
  const [key] = await gate.keys.keysFor([{ register: "customers", subject: id, rule: "customerCore" }]);
  const [sealed] = await gate.keys.seal([
    {
      place: { register: "customers", category: "hatSize", row: id, subject: id },
      key: key ?? "",
      plain: Buffer.from("fifty-eight"),
    },
  ]);
  await sql`insert into customer_value values (${id}, 'hatSize', ${sealed}, 'phone', now(), 'x', 'customerCare', 'contract', null, 'customerCore')`.execute(
    owner,
  );
  const access = await ask("administration", "GET", `/api/customers/${id}/access`);
  assert.equal(access.status, 200, JSON.stringify(access.body));
  assert.ok(JSON.stringify(access.body.registers).includes("fifty-eight"));
  const erased = await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
  assert.deepEqual(
    erased.body.decisions.map((one: { categories: string[]; reason: string }) => [...one.categories, one.reason]),
    [
      ["hatSize", "notDeclared"],
      ["name", "notNeeded"],
    ],
  );
  const rows = await sql`select 1 from customer_value where subject_id = ${id}`.execute(owner);
  assert.equal(rows.rows.length, 0);
});

// Every statement that a working day sends, as PostgreSQL gets it: reviewed in each change, and none reaches the tables of two registers.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { OWNED } from "./gate/owned.ts";
import { openProver } from "./proofs/prove.ts";
import { testApp } from "./test/app.ts";
import { trade } from "./test/trade.ts";

const seen = new Set<string>();
const app = await testApp({ statements: (text: string) => seen.add(text) });
const { ask, gate, search, clock } = app;
const { customer, delivered, invoice } = trade(app);

/** Tables that the gate itself puts beside a register's rows: conditions, locks, the log, idempotency. */
const OF_THE_GATE = new Set(["subject", "restriction", "consent", "objection", "audit_event", "idempotency"]);
const owners = Object.entries(OWNED).flatMap(([owner, tables]) => tables.map((table) => [table, owner] as const));

function ownersIn(statement: string): string[] {
  const words = new Set(statement.match(/[a-z_]+/g));
  return [
    ...new Set(owners.filter(([table]) => words.has(table) && !OF_THE_GATE.has(table)).map(([, owner]) => owner)),
  ];
}

async function workingDay(): Promise<void> {
  await search.ready();
  const id = await customer();
  for (const url of [`/api/customers/${id}`, "/api/customers", `/api/orders?customerId=${id}`, "/api/invoices"])
    await ask("administration", "GET", url);
  await ask("sales", "POST", "/api/customers/search", { search: "mai" });
  await ask("sales", "POST", "/api/customers/duplicates", { name: "Maija", phone: "040 123 4567" });
  await ask("sales", "PATCH", `/api/customers/${id}`, { email: "uusi@example.fi", source: "email" });
  const order = await delivered(id);
  await ask("invoicing", "GET", `/api/orders/${order}/invoice-preview`);
  await invoice(order);
  await ask("administration", "GET", `/api/customers/${id}/access`);
  await ask("administration", "POST", `/api/customers/${id}/erasure/preview`, { ground: "noLongerNeeded" });
  await ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
  for (const url of [
    "/api/retention/preview",
    "/api/audit-events",
    "/api/proofs",
    "/api/accounts",
    "/api/documents/dataflow",
    "/api/description/picture",
  ])
    await ask("responsiblePerson", "GET", url);
  await openProver(gate).prove();
  clock.forward(1000);
}

test("the statements of a working day are those in the golden file, each of one register", async () => {
  await workingDay();
  const statements = [...seen]
    .map((text) => text.replace(/\s+/g, " ").trim())
    .filter((text) => /^(select|insert|update|delete|with)\b/.test(text));
  assert.ok(statements.length > 60, "found too few statements for this test to mean anything");
  for (const statement of statements) {
    const reached = ownersIn(statement);
    assert.ok(reached.length <= 1, `a statement reaches ${reached.join(" and ")}: ${statement.slice(0, 200)}`);
  }
  const file = new URL("../golden/queries.sql", import.meta.url);
  const text = `${[...new Set(statements)].sort().join(";\n\n")};\n`;
  if (process.env.GOLDEN === "write") await writeFile(file, text);
  assert.equal(text, await readFile(file, "utf8"));
});

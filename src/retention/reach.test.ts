// How far an erasure reaches: every table and every folder that could hold a person is named here with how it is reached. A new one fails until
// somebody has thought about it.
import assert from "node:assert/strict";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { listenLocally } from "../cli/local.ts";
import { openLogFolder } from "../server/logFolder.ts";
import { openRegister } from "../server/openRegister.ts";
import { type TestApp, testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { newId } from "../values/Uuid.ts";
import { eraseAgain, type LedgerLine } from "./eraseAgain.ts";

const BY_REGISTER = "its register's eraseOf";
const NOBODY = "says nothing of a person";
const PROOF = "an id and what was done, no value: kept as proof, ends by the log's own period";
const STAFF = "ends with the account and its period";
const TABLES: Record<string, string> = {
  customer: BY_REGISTER,
  customer_value: BY_REGISTER,
  customer_event: BY_REGISTER,
  customer_order: BY_REGISTER,
  order_line: BY_REGISTER,
  customer_search: BY_REGISTER,
  customer_correction: BY_REGISTER,
  own_card_link: BY_REGISTER,
  own_card_code: BY_REGISTER,
  own_card_session: BY_REGISTER,
  invoice: BY_REGISTER,
  invoice_vat: BY_REGISTER,
  uncertain_transfer: BY_REGISTER,
  consent: "withdrawn by the erasure; its proof ends by its own period, with a line of the ledger",
  objection: BY_REGISTER,
  restriction: BY_REGISTER,
  hold: BY_REGISTER,
  ban: "a keyed hash of an address, kept so that a refusal of marketing outlives the person (Art. 21(3))",
  person_request: "its words go with the person; the proof that they were answered ends by requests.kept",
  request_task: "what was written goes with the person, the rest with its request",
  idempotency: "answers that name what goes are forgotten with it, the others after a day",
  subject: "an id and nothing else",
  audit_event: PROOF,
  erasure_ledger: "what was erased, without saying what it was: a restore carries it out again",
  erasure_certificate:
    "which keys went and which copies remain, without saying what they opened: the proof of the erasure itself",
  account: STAFF,
  account_role: STAFF,
  session: STAFF,
  token: STAFF,
  invitation: STAFF,
  passkey: STAFF,
  second_factor: STAFF,
  recovery_code: STAFF,
  outside_identity: STAFF,
  saved_view: STAFF,
  retention_approval: "who of the staff asked and allowed",
  retention_shown: "which of the staff was shown which rule",
  retention_pause: "who of the staff ended it",
  retention_clock: "who of the staff confirmed it",
  description_version: NOBODY,
  installation: NOBODY,
  invoice_series: NOBODY,
  migration: NOBODY,
  proof_run: NOBODY,
  search_marker: NOBODY,
  restore_mark: NOBODY,
  backup_run: NOBODY,
  log_leaf: "the hash of an event",
  log_node: "a hash",
  log_checkpoint: NOBODY,
  log_anchor: NOBODY,
  log_position: NOBODY,
  unused_key: "ids of keys that no row uses",
};
const FOLDERS: Record<string, string> = {
  keyring: "keys of what is erased are destroyed in it",
  postgres: "the cluster: sealed values only, which die with their keys",
  "postgres.json": "passwords of the database's roles",
  "postgres.lock": "a process number",
  log: "requests by route, without values; old ones are deleted",
  "log.checkpoint": "the size and the root of the log",
  "nightly.json": "when the last night's work was done",
  "control.sock": "a socket",
};

test("every table is named with how an erasure reaches it", async () => {
  const { owner } = await testApp();
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm') order by 1`.execute(owner);
  assert.ok(rows.length > 25, "found too few tables for this test to mean anything");
  assert.deepEqual(
    rows.map(({ name }) => name).filter((name) => TABLES[name] === undefined),
    [],
  );
});

test("every folder and file of a running server's data folder is named", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "tietovirta-reach-"));
  await chmod(dataDir, 0o711);
  after(() => rm(dataDir, { recursive: true, force: true }));
  const description = fileURLToPath(new URL("../../descriptions/walttia.yaml", import.meta.url));
  const settings = { port: 0, publicPort: 0, host: "127.0.0.1", dataDir, description };
  const register = await openRegister(settings, { log: () => undefined, language: "en" });
  const log = openLogFolder(join(dataDir, "log"), register.gate.clock, async () => true);
  const close = await listenLocally(dataDir, { ...register, forgetToken: () => undefined });
  try {
    const found = await readdir(dataDir);
    assert.ok(found.includes("keyring"));
    assert.deepEqual(
      found.filter((name) => FOLDERS[name] === undefined),
      [],
    );
  } finally {
    await close();
    await log.close();
    await register.close();
  }
});

const KEEPER = "responsiblePerson";
async function add({ ask }: TestApp, kind: string, name: string, headers = {}): Promise<string> {
  const body = { kind, name, email: `${name.toLowerCase()}@example.org`, source: "phone" };
  const answer = await ask("administration", "POST", "/api/customers", body, headers);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}
async function contact({ ask }: TestApp, organisation: string, name: string): Promise<string> {
  const answer = await ask("administration", "POST", `/api/customers/${organisation}/contacts`, {
    name,
    source: "phone",
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}
const erase = ({ ask }: TestApp, id: string) =>
  ask("administration", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
const customers = async ({ owner }: TestApp) => (await rowsOf(owner, "customer")).map(({ subject_id }) => subject_id);

suite("what else goes", async () => {
  const app = await testApp();
  const { owner } = app;

  test("kept answers that name the person go with them, those of others stay", async () => {
    const gone = await add(app, "person", "Poistuva", { "idempotency-key": "first" });
    const stays = await add(app, "person", "Jaava", { "idempotency-key": "second" });
    const kept = async () => JSON.stringify(await rowsOf(owner, "idempotency"));
    assert.ok((await kept()).includes(gone));
    assert.equal((await erase(app, gone)).status, 200);
    assert.ok(!(await kept()).includes(gone));
    assert.ok((await kept()).includes(stays));
  });

  test("contact persons go with their organisation, unless a hold or a consent of their own keeps them", async () => {
    const company = await add(app, "organisation", "Yhtio");
    const [plain, held, willing] = [
      await contact(app, company, "Tavallinen"),
      await contact(app, company, "Pidetty"),
      await contact(app, company, "Suostunut"),
    ];
    await sql`insert into hold values (${newId()}, ${held}, 'openMatter', now(), 'x', null)`.execute(owner);
    await sql`insert into consent values (${newId()}, ${willing}, 'newsletter', 'directMarketing', '{email}', 1, '\\x00', 'fi', 'webForm', now(), 'x', null, null)`.execute(
      owner,
    );
    const { status, body } = await erase(app, company);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.contactPersons, 1);
    const left = await customers(app);
    assert.ok(!left.includes(company) && !left.includes(plain));
    assert.ok(left.includes(held) && left.includes(willing));
    const lines = (await rowsOf(owner, "erasure_ledger")).filter(({ subject_id }) => subject_id === plain);
    assert.deepEqual(
      lines.map(({ ground, everything, keys_destroyed_at }) => [ground, everything, keys_destroyed_at !== null]),
      [["organisationGone", true, true]],
    );
    const shown = (await app.ask(KEEPER, "GET", "/api/retention/preview")).body;
    assert.deepEqual(
      shown.held.map(({ subjectId, hold }: { subjectId: string; hold: string }) => [subjectId, hold]).sort(),
      [
        [held, "openMatter"],
        [willing, "consent"],
      ].sort(),
    );
    // When the reason ends, retention finds them by itself.
    await sql`update hold set lifted_at = now() where subject_id = ${held}`.execute(owner);
    const due = (await app.ask(KEEPER, "GET", "/api/retention/preview")).body;
    assert.deepEqual(
      due.items.map(({ subjectId, because }: { subjectId: string; because: string }) => [subjectId, because]),
      [[held, "organisationGone"]],
    );
    assert.equal((await app.ask(KEEPER, "POST", "/api/retention/run")).body.erased, 1);
    assert.ok(!(await customers(app)).includes(held));
  });

  test("an organisation whose time ends is shown with its contact persons, and they go in the same run", async () => {
    const company = await add(app, "organisation", "Paattyva");
    const colleague = await contact(app, company, "Kumppani");
    await sql`update customer_event set day = '2020-01-31' where subject_id = ${company}`.execute(owner);
    const due = (await app.ask(KEEPER, "GET", "/api/retention/preview")).body;
    assert.deepEqual(
      due.items.map(({ subjectId }: { subjectId: string }) => subjectId).sort(),
      [company, colleague].sort(),
    );
    assert.equal((await app.ask(KEEPER, "POST", "/api/retention/run")).body.erased, 2);
    const left = await customers(app);
    assert.ok(!left.includes(company) && !left.includes(colleague));
  });
});

suite("the ledger carried out again on older rows", async () => {
  const app = await testApp();
  const { owner, gate, ask } = app;
  const TABLES_OF_ROWS = [
    "customer",
    "customer_value",
    "customer_event",
    "customer_order",
    "order_line",
    "invoice",
    "invoice_vat",
    "consent",
  ];
  const snapshot = async () =>
    new Map(await Promise.all(TABLES_OF_ROWS.map(async (t) => [t, await rowsOf(owner, t)] as const)));
  /** As a restore to an earlier time leaves it: the rows are back, the keyring and the ledger are today's. */
  async function putBack(rows: ReadonlyMap<string, Record<string, unknown>[]>): Promise<void> {
    for (const [table, all] of rows) {
      await sql`delete from ${sql.table(table)}`.execute(owner);
      for (const row of all)
        await sql`insert into ${sql.table(table)} select * from jsonb_populate_record(null::${sql.table(table)}, ${JSON.stringify(
          row,
          (_, value) => (value?.type === "Buffer" ? `\\x${Buffer.from(value.data).toString("hex")}` : value),
        )}::jsonb)`.execute(owner);
    }
  }
  const ledger = async () => (await rowsOf(owner, "erasure_ledger")) as unknown as LedgerLine[];

  test("whole people, parts, invoices, anonymised orders and proofs of consent go again; once more changes nothing", async () => {
    const whole = await add(app, "person", "Kokonaan");
    const part = await add(app, "person", "Osittain");
    const untouched = await add(app, "person", "Ennallaan");
    const line = { description: "Korituoli", quantity: 1, unitPriceCents: 10000, vatClass: "standard" };
    const orders: string[] = [];
    for (const customerId of [part, part]) {
      const { body } = await ask("administration", "POST", "/api/orders", { customerId, lines: [line] });
      await ask("administration", "POST", `/api/orders/${body.id}/delivery`, { day: "2026-11-20" });
      const invoice = await ask("administration", "POST", `/api/orders/${body.id}/invoice`);
      await ask("invoicing", "POST", `/api/invoices/${invoice.body.id}/payment`, { day: "2026-11-22" });
      orders.push(invoice.body.id);
    }
    await sql`update invoice set financial_year_end = '2015-12-31' where id = ${orders[0]}`.execute(owner);
    const proof = newId();
    await sql`insert into consent values (${proof}, ${part}, 'newsletter', 'directMarketing', '{email}', 1, '\\x00', 'fi', 'webForm', '2015-01-01', 'x', '2015-02-01', 'x')`.execute(
      owner,
    );
    await sql`insert into customer_value select ${part}, 'notes', sealed, source, at, by, purpose, 'consent', null, rule from customer_value
      where subject_id = ${part} and category = 'email'`.execute(owner);
    const before = await snapshot();

    assert.equal((await erase(app, whole)).status, 200);
    assert.equal((await erase(app, part)).status, 200);
    const run = await ask(KEEPER, "POST", "/api/retention/run");
    assert.equal(run.status, 200, JSON.stringify(run.body));
    const after = await snapshot();
    const keysOf = (rows: typeof before) =>
      [...rows].flatMap(([table, all]) =>
        all.map((row) => [table, row.id ?? row.subject_id, row.category ?? row.event ?? row.line ?? ""].join(" ")),
      );
    assert.ok(keysOf(after).length < keysOf(before).length - 5, "the premise: much has gone");
    const lines = await ledger();
    assert.ok(lines.some(({ everything }) => everything) && lines.some(({ everything }) => !everything));
    assert.ok(lines.some(({ rows }) => rows.includes(orders[0] ?? "")));
    assert.ok(lines.some(({ rows }) => rows.includes(proof)));

    await putBack(before);
    assert.deepEqual(keysOf(await snapshot()), keysOf(before));
    assert.equal(await eraseAgain(gate, lines), 2);
    assert.deepEqual(keysOf(await snapshot()).sort(), keysOf(after).sort());
    assert.ok((await customers(app)).includes(untouched));
    assert.equal((await ledger()).length, lines.length, "the ledger is read, not written");
    await eraseAgain(gate, lines);
    assert.deepEqual(keysOf(await snapshot()).sort(), keysOf(after).sort());
  });

  test("people whom the restored database does not know are passed over", async () => {
    const [line] = await ledger();
    assert.ok(line);
    assert.equal(await eraseAgain(gate, [{ ...line, subject_id: newId() }]), 0);
    assert.equal(await eraseAgain(gate, [{ ...line, ground: "resealed" }]), 0);
  });
});

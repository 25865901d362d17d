// The way out, taken: the archive opened by our own reader and by the stock tar, every hash right, every value the register's own.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { html } from "../documents/html.ts";
import { secretFrom } from "../documents/recoverySheet/secret.ts";
import { documentNow } from "../proofs/documents.ts";
import { openProver } from "../proofs/prove.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { candidateOf, putInForce } from "../registers/evidence/versions.ts";
import { testApp } from "../test/app.ts";
import { customerAt } from "../test/people.ts";
import { IDENTITY_CODE, trade } from "../test/trade.ts";
import { newId } from "../values/Uuid.ts";
import type { Sources } from "./company.ts";
import { csvLine, unescapedCell } from "./csv.ts";
import { takeOut } from "./export.ts";
import { logFiles } from "./log.ts";
import { openExport } from "./open.ts";

const OPERATOR = { actor: { kind: "system", id: "system:operator" } as const, requestId: newId() };
const folder = await mkdtemp(join(tmpdir(), "tietovirta-way-out-"));
after(() => rm(folder, { recursive: true, force: true }));

const app = await testApp();
const { gate, ask, owner } = app;
const { customer, delivered, invoice } = trade(app);
const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);
const sources = {
  document: async (...[kind, language]: Parameters<Sources["document"]>) =>
    html(documentNow({ gate, proofs: await openProver(gate).last(), served: [] }, kind, language)),
  log: () => logFiles(gate),
};
let count = 0;
const take = (more: object = {}) =>
  takeOut(gate, OPERATOR, { file: join(folder, `${++count}.tar.age`), recipients: [recipient], sources, ...more });

const people = Array.from({ length: 12 }, (_, n) => customerAt(n));
const ids: string[] = [];
for (const person of people) ids.push(await customer(person));
const [first = "", second = "", third = ""] = ids;
const TRICKY = '=HYPERLINK("x"), "quoted"\nnext line';
await customer({ kind: "person", name: TRICKY, source: "phone" });
const coded = await ask("administration", "PATCH", `/api/customers/${first}`, {
  personalIdentityCode: IDENTITY_CODE,
  personalIdentityCodeGround: "credit",
  source: "phone",
});
assert.equal(coded.status, 200, JSON.stringify(coded.body));
const { number } = await invoice(await delivered(second));
await delivered(third);
const erased = await customer({ kind: "person", name: "Poistettu Esimerkki-Kadonnut", source: "phone" });
const gone = await ask("administration", "POST", `/api/customers/${erased}/erasure`, { ground: "noLongerNeeded" });
assert.equal(gone.status, 200, JSON.stringify(gone.body));

const candidate = candidateOf(app.described, "walttia.yaml", app.clock.now()) ?? assert.fail("no description");
const asEvidence = { register: "evidence", verb: "change", place: "description" } as const;
await gate.serving(OPERATOR, asEvidence, (grant) => putInForce(grant, candidate, "system:test"));

const asked = await ask("responsiblePerson", "POST", "/api/requests", {
  ...{ right: "access", channel: "letter", receivedOn: "2026-11-20", name: "Kysyvä Kanerva", asks: "Mitä minusta on?" },
});
assert.equal(asked.status, 201, JSON.stringify(asked.body));
const known = { method: "knownPerson", customerId: null };
assert.equal((await ask("responsiblePerson", "POST", `/api/requests/${asked.body.id}/identity`, known)).status, 200);

// Certificates are issued when somebody asks, as by the server every minute; the second time with their proof.
const certify = async () =>
  assert.equal((await ask("responsiblePerson", "GET", "/api/erasure-certificates")).status, 200);
await certify();
await evidenceLogOf(gate).checkpoint();
await certify();
const taken = await take();
const out = join(folder, "out");
await openExport(taken.file, secretFrom(identity), out);
const text = (path: string) => readFile(join(out, path), "utf8");
const json = async (path: string) => JSON.parse(await text(path));

test("every file is in the index with its size and hash, and nothing else is there", async () => {
  const index = await json("index.json");
  assert.equal(index.format, "tietovirta-export");
  const found = (await readdir(out, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
    .sort();
  assert.ok(found.length > 25);
  assert.deepEqual([...index.files.map(({ path }: { path: string }) => path), "index.json"].sort(), found);
  for (const { path, bytes, sha256 } of index.files) {
    const content = await readFile(join(out, path));
    assert.equal(content.length, bytes, path);
    assert.equal(createHash("sha256").update(content).digest("hex"), sha256, path);
  }
  assert.equal(index.counts.customers, 13);
  assert.equal(taken.counts.files, found.length);
});

test("the stock tar unpacks it to the same files", async () => {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const archive = join(folder, "plain.tar");
  await writeFile(archive, await decrypter.decrypt(await readFile(taken.file)));
  const names = execFileSync("tar", ["-tf", archive], { encoding: "utf8" }).trim().split("\n").sort();
  const { files } = await json("index.json");
  assert.deepEqual(names, [...files.map(({ path }: { path: string }) => path), "index.json"].sort());
  assert.equal(execFileSync("tar", ["-xOf", archive, "index.json"], { encoding: "utf8" }), await text("index.json"));
});

test("what people have asked goes with the company, with the places to look through", async () => {
  const [request] = await json("registers/requests.json");
  assert.deepEqual([request.right, request.outcome, request.identityMethod], ["access", null, "knownPerson"]);
  assert.ok(request.words.includes("Kysyvä Kanerva") && request.words.includes("Mitä minusta on?"));
  assert.ok(request.tasks.length >= 3);
  assert.ok((await text("registers/requests.csv")).includes("Kanerva"));
});

test("CSV and JSON give back what the register shows", async () => {
  const [head = [], ...rows] = parseCsv(await text("registers/customers.csv"));
  const records: Customer[] = await json("registers/customers.json");
  assert.equal(rows.length, 13);
  for (const id of ids) {
    const card = (await ask("administration", "GET", `/api/customers/${id}`)).body;
    const row = rows.find((cells) => cells[0] === id) ?? assert.fail("a customer is missing");
    const cell = (name: string) => unescapedCell(row[head.indexOf(name)] ?? "");
    const record = records.find((one) => one.id === id) ?? assert.fail("a record is missing");
    for (const name of ["name", "email", "phone"]) {
      assert.equal(cell(name), card[name] ?? "", name);
      const value = record.values.find(({ category }) => category === name);
      const { source, purpose, basis, by, at, rule } = card.origins[name];
      assert.deepEqual(
        [value?.value, value?.source, value?.purpose, value?.basis, value?.by, value?.at, value?.rule],
        [card[name], source, purpose, basis, by, at, rule],
      );
    }
    for (const part of ["street", "postalCode", "town", "country"])
      assert.equal(cell(`billingAddress.${part}`), card.billingAddress[part]);
  }
  const code = records.find(({ id }) => id === first)?.values.find(({ type }) => type === "personalIdentityCode");
  assert.deepEqual([code?.value, code?.ground], [IDENTITY_CODE, "credit"]);
});

test("a line opens in a spreadsheet whose decimal sign is a comma, and no text of it becomes a number, two cells or a formula", () => {
  assert.equal(csvLine(["a", 1.5, -3, 1_000, true, null, undefined]), "a;1,5;-3;1000;yes;;\r\n");
  assert.equal(csvLine(["a;b", "c,d", "e\tf", 'g"h', "i\nj"]), '"a;b";"c,d";"e\tf";"g""h";"i\nj"\r\n');
  assert.equal(csvLine(["=1+1", "-3", "'=x", "\uFF1Dx", "'tis"]), "'=1+1;'-3;''=x;'\uFF1Dx;'tis\r\n");
});

test("a cell that looks like a formula is text, and comes back as it was", async () => {
  const csv = await text("registers/customers.csv");
  assert.ok(csv.startsWith("\uFEFFid;kind;"));
  assert.ok(csv.includes(`"'=HYPERLINK(""x""), ""quoted""\nnext line"`));
  const [head = [], ...rows] = parseCsv(csv);
  const names = rows.map((row) => unescapedCell(row[head.indexOf("name")] ?? ""));
  assert.ok(names.includes(TRICKY));
});

test("orders, deliveries and invoices are whole; the invoice reads as it was printed", async () => {
  const orders = await json("registers/orders.json");
  assert.equal(orders.length, 2);
  assert.equal(
    orders.find(({ customerId }: { customerId: string }) => customerId === second).lines[0].description.slice(0, 9),
    "Puuikkuna",
  );
  const [only, ...more] = await json("registers/invoices.json");
  assert.equal(more.length, 0);
  assert.equal(only.number, number);
  const printed = await ask("invoicing", "GET", `/api/invoices/${only.id}/print?language=fi`);
  assert.equal(await text(only.page), printed.body);
  assert.match(await text(`invoices/${only.issuedOn.slice(0, 4)}.html`), new RegExp(`${number}\\.html`));
});

test("whoever has been erased is nowhere; restricted people are marked", async () => {
  const all = (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  for (const entry of all) {
    const content = await readFile(join(entry.parentPath, entry.name), "utf8");
    assert.ok(!content.includes("Kadonnut"), entry.name);
  }
  const customers: Customer[] = await json("registers/customers.json");
  assert.ok(!customers.some(({ id }) => id === erased));
  const erasures = await json("registers/erasures.json");
  assert.ok(erasures.some(({ customerId }: { customerId: string }) => customerId === erased));

  const at = new Date();
  await owner
    .insertInto("restriction")
    .values({
      id: newId(),
      subject_id: third,
      register: "customers",
      purposes: ["legalClaims"],
      until: null,
      ground: "test",
      at,
      by: "system:test",
    })
    .execute();
  const again = await take();
  const folderAgain = join(folder, "again");
  await openExport(again.file, secretFrom(identity), folderAgain);
  const rows = parseCsv(await readFile(join(folderAgain, "registers/customers.csv"), "utf8"));
  const restricted = rows.filter((row) => row[4] === "yes");
  assert.deepEqual(
    restricted.map(([id]) => id),
    [third],
  );
  assert.equal(restricted[0]?.[6], "legalClaims");
});

test("the first page has every table in each language and needs nothing from outside", async () => {
  for (const name of ["index.html", "index.sv.html", "index.en.html"]) {
    const page = await text(name);
    assert.doesNotMatch(page, /<script|<link|src=|url\(|https?:/i);
    for (const [, href = ""] of page.matchAll(/href="([^"]+)"/g)) await stat(join(out, href));
    assert.ok([...page.matchAll(/href=/g)].length > 25);
  }
  for (const name of ["dataflow.fi.html", "notice.sv.html", "record.en.html"])
    assert.match(await text(`documents/${name}`), /<h1>/);
  const [version = "", ...more] = await readdir(join(out, "description"));
  assert.deepEqual(more, []);
  assert.equal(await text(`description/${version}`), app.described);
});

test("accounts have no hash in them; the log tells who took the company out, and how much", async () => {
  const staff = await text("registers/staff.json");
  assert.ok(staff.includes('"kind":"token"'));
  assert.doesNotMatch(staff, /hash|digest|mac/i);
  const events = await owner
    .selectFrom("audit_event")
    .selectAll()
    .where("right_kind", "=", "wayOut")
    .where("decision", "=", "allowed")
    .orderBy("id")
    .execute();
  const [event] = events;
  assert.ok(event);
  assert.deepEqual(
    [event.actor, event.actor_kind, event.verb, event.subjects],
    ["system:operator", "system", "disclose", []],
  );
  assert.ok(event.categories.includes("customers: 13"));
  assert.match(event.place, /^roles\.\w+\.keeps$/);
});

test("the log in it is checked by the verifier in it, against the key in it", async () => {
  const told = execFileSync(process.execPath, [join(out, "log/verify.mjs"), join(out, "log")], { encoding: "utf8" });
  assert.match(told, /^ok: [1-9]\d* entries, 0 of them without/);
  const lines = (await text("log/entries.jsonl")).trimEnd().split("\n");
  const at = lines.findIndex((line) => line.includes('"verb":"collect"'));
  assert.ok(at >= 0);
  await writeFile(
    join(out, "log/entries.jsonl"),
    `${lines.with(at, (lines[at] ?? "").replace("collect", "read")).join("\n")}\n`,
  );
  const bad = spawnSync(process.execPath, [join(out, "log/verify.mjs"), join(out, "log")], { encoding: "utf8" });
  assert.equal(bad.status, 1);
  assert.match(bad.stdout, new RegExp(`^BAD: entry ${at}:`));
  await writeFile(join(out, "log/entries.jsonl"), `${lines.join("\n")}\n`);
});

test("the certificate of the erasure is there, and the verifier takes it", async () => {
  const names = await readdir(join(out, "certificates"));
  assert.equal(names.length, 1);
  const file = join(out, "certificates", names[0] ?? "");
  const told = JSON.parse(await readFile(file, "utf8"));
  assert.equal(told.certificate.subject, erased);
  const args = [join(out, "log/verify.mjs"), "--certificate", file, "--key", join(out, "log/key.txt")];
  assert.match(execFileSync(process.execPath, args, { encoding: "utf8" }), /^ok/);
});

test("another key does not open it, nor does a file that has been touched", async () => {
  const other = secretFrom(await generateX25519Identity());
  await assert.rejects(openExport(taken.file, other, join(folder, "other")), { code: "exportUnopened" });
  const bytes = await readFile(taken.file);
  const at = bytes.length - 40;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const touched = join(folder, "touched.age");
  await writeFile(touched, bytes);
  await assert.rejects(openExport(touched, secretFrom(identity), join(folder, "touched")), { code: "exportUnopened" });
});

test("only its owner reads the file, nothing is left beside it, and it replaces nothing", async () => {
  assert.equal((await stat(taken.file)).mode & 0o777, 0o600);
  const names = await readdir(folder);
  assert.ok(!names.some((name) => name.includes(".new")));
  await assert.rejects(takeOut(gate, OPERATOR, { file: taken.file, recipients: [recipient], sources }), {
    code: "exportExists",
  });
});

test("a failure leaves no file and no event", async () => {
  const count = async () =>
    (await owner.selectFrom("audit_event").select("id").where("right_kind", "=", "wayOut").execute()).length;
  const before = await count();
  const broken = { ...sources, document: async () => Promise.reject(new Error("broken on purpose")) };
  await assert.rejects(take({ sources: broken }), /broken on purpose/);
  await assert.rejects(take({ file: join(folder, "nowhere/x.age") }), { code: "exportUnwritable" });
  assert.equal(await count(), before);
  assert.ok(!(await readdir(folder)).some((name) => name.includes(".new")));
});

test("where the description names nobody who may, it is refused and written down", async () => {
  const without = app.described.replace(/, backups(?=[,\]])/g, "");
  assert.notEqual(without, app.described);
  app.putInForce(without);
  try {
    await assert.rejects(take(), { code: "refused.keepingNotByRole" });
    const sales = { actor: { kind: "token", id: newId(), roles: ["sales"] } as const, requestId: newId() };
    app.putInForce(app.described);
    await assert.rejects(takeOut(gate, sales, { file: join(folder, "sales.age"), recipients: [recipient], sources }), {
      code: "refused.keepingNotByRole",
    });
  } finally {
    app.putInForce(app.described);
  }
  const refused = await owner
    .selectFrom("audit_event")
    .select("actor")
    .where("right_kind", "=", "wayOut")
    .where("decision", "=", "refused")
    .execute();
  assert.equal(refused.length, 2);
});

type Customer = { id: string; values: { category: string; type: string; value: unknown; [origin: string]: unknown }[] };

/** RFC 4180, written from its grammar: nothing of the writer is used. */
function parseCsv(csv: string): string[][] {
  assert.equal(csv.charCodeAt(0), 0xfeff);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 1;
  while (at < csv.length) {
    let cell = "";
    if (csv[at] === '"') {
      for (at++; csv[at] !== '"' || csv[at + 1] === '"'; at++) {
        if (csv[at] === '"') at++;
        cell += csv[at];
      }
      at++;
    } else while (at < csv.length && csv[at] !== ";" && csv[at] !== "\r") cell += csv[at++];
    row.push(cell);
    if (csv[at] === ";") at++;
    else {
      assert.equal(csv.slice(at, at + 2), "\r\n");
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

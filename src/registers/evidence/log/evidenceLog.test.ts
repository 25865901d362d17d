// The log as those see it who look after it: over HTTP, on the command line, in a folder that an outsider verifies, and after somebody has been at the tables.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { logCommands } from "../../../cli/logCommands.ts";
import { inDatabase } from "../../../db/connect.ts";
import { putBackLog } from "../../../db/logUpkeep.ts";
import { openGate, PARTS } from "../../../gate/gate.ts";
import { digest } from "../../../keys/token.ts";
import { testApp } from "../../../test/app.ts";
import { testServer } from "../../../test/database.ts";
import { parseDay } from "../../../values/Day.ts";
import { newId } from "../../../values/Uuid.ts";
import { anchorFolder } from "./anchorFolder.ts";
import { anchorLine, anchorOf, base32, listAnchors } from "./anchors.ts";
import { canonicalJson } from "./event.ts";
import { evidenceLogOf, openEvidenceLog } from "./evidenceLog.ts";
import { forgetEnded, forgetLog, lastEnded } from "./forget.ts";

const VERIFIER = fileURLToPath(new URL("../../../../scripts/verify.mjs", import.meta.url));
const verifier = (...args: string[]) =>
  new Promise<{ code: number; out: string }>((done) =>
    execFile(process.execPath, [VERIFIER, ...args], (error, out, err) =>
      done({ code: typeof error?.code === "number" ? error.code : 0, out: out + err }),
    ),
  );

async function opened() {
  const app = await testApp();
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-log-"));
  after(() => rm(folder, { recursive: true }));
  const log = evidenceLogOf(app.gate);
  const { ask, owner } = app;
  const customer = async (): Promise<string> =>
    (await ask("sales", "POST", "/api/customers", { kind: "person", name: "Testi Esimerkki", source: "phone" })).body
      .id;
  /** Other test files share the server: their open transactions hold every log back. */
  async function settled(): Promise<void> {
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
  /** Past every guard, as somebody who holds the machine. */
  async function meddle(...statements: string[]): Promise<void> {
    const tables = ["audit_event", "log_leaf", "log_node", "log_checkpoint"];
    await owner.transaction().execute(async (tx) => {
      for (const table of tables) await sql.raw(`alter table ${table} disable trigger user`).execute(tx);
      for (const statement of statements) await sql.raw(statement).execute(tx);
      for (const table of tables) await sql.raw(`alter table ${table} enable trigger user`).execute(tx);
    });
  }
  /** As `tietovirta log export` writes it. */
  async function exported(name: string, subject?: string): Promise<string> {
    const to = join(folder, name);
    await mkdir(to);
    const context = { gate: app.gate };
    const { size } = await logCommands["log checkpoint"](context, undefined);
    let text = "";
    for (let from = 0; from < size; ) {
      const { lines, next } = await logCommands["log entries"](context, {
        from,
        end: size,
        ...(subject && { subject }),
      });
      text += lines.map((line) => `${line}\n`).join("");
      from = next;
    }
    await writeFile(join(to, "entries.jsonl"), text);
    const { notes } = await logCommands["log checkpoints"](context, { after: 0 });
    await writeFile(join(to, "checkpoints.txt"), notes.map((note) => `${note}\n`).join(""));
    await writeFile(
      join(to, "key.txt"),
      (await logCommands["log keys"](context, undefined)).map((key) => `${key}\n`).join(""),
    );
    return to;
  }
  return { ...app, folder, log, customer, settled, meddle, exported };
}

suite("the evidence log", async () => {
  const { ask, gate, owner, clock, folder, log, customer, settled, exported } = await opened();
  const someone = await customer();

  test("is exported, and an outsider verifies it with the key and an anchor", async () => {
    await settled();
    const early = await log.checkpoint();
    await customer();
    await settled();
    const to = await exported("whole");
    const anchor = join(folder, "anchor.txt");
    await writeFile(anchor, early.note);
    const letter = join(folder, "letter.txt");
    await writeFile(letter, `${anchorLine(anchorOf(early))}\n`);
    const { code, out } = await verifier(to, "--key", join(to, "key.txt"), "--anchor", anchor, "--anchor", letter);
    assert.match(out, /^ok: \d+ entries, 0 of them without their content, 2 checkpoints, 2 anchors$/m);
    assert.equal(code, 0);
    assert.match((await verifier(to)).out, /note: .*--key[\s\S]*note: .*--anchor/);
    const entries = await readFile(join(to, "entries.jsonl"), "utf8");
    await writeFile(join(to, "entries.jsonl"), entries.replace('"decision":"allowed"', '"decision":"refused"'));
    const changed = await verifier(to);
    assert.equal(changed.code, 1);
    assert.match(changed.out, /^BAD: entry 0: /);
    assert.equal((await verifier(to, "--loud")).code, 2);
    assert.equal((await verifier(join(folder, "nowhere"))).code, 2);
  });

  test("of one person shows their entries and withholds the others, whose hashes stay", async () => {
    await settled();
    const to = await exported("extract", someone);
    const lines = (await readFile(join(to, "entries.jsonl"), "utf8")).trim().split("\n");
    const shown = lines.map((line) => JSON.parse(line).event).filter((event) => event !== null);
    assert.ok(shown.length > 0 && shown.length < lines.length);
    assert.ok(shown.every(({ subjects }) => subjects.includes(someone)));
    assert.equal((await verifier(to, "--extract")).code, 0);
    assert.match((await verifier(to)).out, /^BAD: entry \d+: it is missing/);
  });

  test("proves one event over HTTP, signing where it must", async () => {
    const { body } = await ask("responsiblePerson", "GET", `/api/audit-events?subject=${someone}`);
    const id = body.items.at(-1).id;
    await settled();
    const proof = await ask("responsiblePerson", "GET", `/api/audit-events/${id}/proof`);
    assert.equal(proof.status, 200, JSON.stringify(proof.body));
    const file = join(folder, "proof.json");
    await writeFile(file, JSON.stringify(proof.body));
    const key = join(folder, "key.txt");
    const head = (await ask("responsiblePerson", "GET", "/api/evidence/head")).body;
    await writeFile(key, `${head.keys[0]}\n`);
    assert.deepEqual(await verifier("--proof", file, "--key", key).then(({ code }) => code), 0);
    await writeFile(file, JSON.stringify({ ...proof.body, event: { ...proof.body.event, actor: "nobody" } }));
    assert.match(
      (await verifier("--proof", file, "--key", key)).out,
      /^BAD: entry \d+: the entry does not fit its hash/,
    );
    assert.equal((await ask("responsiblePerson", "GET", "/api/audit-events/99999999/proof")).status, 404);
    assert.equal((await ask("sales", "GET", `/api/audit-events/${id}/proof`)).status, 403);
  });

  test("proves that a checkpoint continues an older one", async () => {
    const first = await log.checkpoint();
    await customer();
    await settled();
    const proof = await log.consistency(first.size);
    const file = join(folder, "consistency.json");
    await writeFile(file, JSON.stringify(proof));
    assert.match((await verifier("--proof", file, "--key", join(folder, "key.txt"))).out, /^ok: the log of/);
  });

  test("proves a document with the event that carries its digest", async () => {
    const certificate = { what: "erasure", on: "2026-11-22", keys: ["00ff"] };
    const caller = { actor: { kind: "system", id: "system:test" } as const, requestId: newId() };
    const ask = {
      register: "evidence",
      verb: "collect",
      place: "rights",
      digest: digest(canonicalJson(certificate)),
    } as const;
    await gate.serving(caller, ask, async () => undefined);
    await settled();
    const { rows } = await sql<{ id: number }>`select id from audit_event where digest is not null`.execute(owner);
    const proof = await log.inclusionOf(rows[0]?.id ?? 0);
    const file = join(folder, "certificate.json");
    await writeFile(file, JSON.stringify({ certificate, proof }));
    const key = join(folder, "key.txt");
    assert.match((await verifier("--certificate", file, "--key", key)).out, /^ok: the certificate stands in the log/);
    await writeFile(file, JSON.stringify({ certificate: { ...certificate, on: "2026-11-23" }, proof }));
    assert.match(
      (await verifier("--certificate", file, "--key", key)).out,
      /^BAD: .*not the one that was written down/,
    );
  });

  test("is downloaded over HTTP as the outsider's verifier takes it", async () => {
    await settled();
    const to = join(folder, "http");
    await mkdir(to);
    const { size } = (await ask("responsiblePerson", "POST", "/api/evidence/checkpoints")).body;
    await customer();
    await settled();
    await log.checkpoint();
    const entries = await ask("responsiblePerson", "GET", `/api/evidence/entries?size=${size}`);
    assert.equal(entries.headers["content-type"], "application/x-ndjson; charset=utf-8");
    const checkpoints = await ask("responsiblePerson", "GET", `/api/evidence/checkpoints?size=${size}`);
    const { keys } = (await ask("responsiblePerson", "GET", "/api/evidence/head")).body;
    await writeFile(join(to, "entries.jsonl"), entries.body);
    await writeFile(join(to, "checkpoints.txt"), checkpoints.body);
    await writeFile(join(to, "key.txt"), keys.join("\n"));
    const { code, out } = await verifier(to);
    assert.equal(code, 0, out);
    assert.equal((await ask("sales", "GET", "/api/evidence/entries")).status, 403);
  });

  test("is searched by who, what, where, why and when", async () => {
    const list = async (query: string) => {
      const { status, body } = await ask("responsiblePerson", "GET", `/api/audit-events?limit=200&${query}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body.items as { actor: string; verb: string; register: string; purpose: string; at: string }[];
    };
    const all = await list("");
    const collected = await list("verb=collect&register=customers");
    assert.ok(collected.length > 0 && collected.length < all.length);
    assert.ok(collected.every(({ verb, register }) => verb === "collect" && register === "customers"));
    const [{ actor, purpose, at } = { actor: "", purpose: "", at: "" }] = collected;
    assert.ok((await list(`actor=${actor}`)).every((event) => event.actor === actor));
    assert.ok((await list(`purpose=${purpose}`)).every((event) => event.purpose === purpose));
    assert.equal((await list("flow=nowhere")).length, 0);
    // PostgreSQL's own clock writes the events.
    const today = at.slice(0, 10);
    assert.ok((await list("from=2020-01-01&to=2099-12-31")).length >= all.length);
    assert.equal((await list(`from=2020-01-01&to=2020-12-31`)).length, 0);
    assert.ok((await list(`from=${today.slice(0, 4)}-01-01`)).length > 0);
    assert.equal((await ask("responsiblePerson", "GET", "/api/audit-events?from=2026-02-30")).status, 422);
  });

  test("signs by itself after so many entries, and after five minutes, and when it stops", async () => {
    await settled();
    const before = await log.checkpoint();
    const told: string[] = [];
    const stop = log.start({ sinks: [], tell: (line) => void told.push(line), everyMs: 20 });
    await customer();
    const until = async (done: () => Promise<boolean>) => {
      for (let attempt = 0; attempt < 300; attempt++) {
        if (await done()) return;
        await pause(20);
      }
      assert.fail("it did not come");
    };
    await until(async () => (await log.head()).waiting > 0);
    assert.equal((await log.head()).checkpoint?.number, before.number, "too few, too soon");
    clock.forward(5 * 60_000);
    await until(async () => (await log.head()).waiting === 0);
    await customer();
    await sql`insert into audit_event (actor, actor_kind, roles, verb, register, subjects, categories, decision, place, version, request_id)
      select 'x', 'system', '{}', 'read', 'customers', '{}', '{}', 'allowed', 'x', '1', 'x' from generate_series(1, 1200)`.execute(
      owner,
    );
    await until(async () => (await log.head()).waiting < 1000 && (await log.head()).size > before.size + 1000);
    await customer();
    await settled();
    await stop();
    assert.equal((await log.head()).waiting, 0);
    assert.deepEqual(told, []);
    assert.equal((await log.verify()).bad, null);
  });

  test("puts anchors outside, and goes on where it cannot", async () => {
    const stick = join(folder, "stick");
    const told: string[] = [];
    const stop = log.start({
      sinks: [
        anchorFolder(stick, "anchorStick"),
        { name: "weekly", everyMs: 7 * 24 * 3600_000, put: async () => undefined },
      ],
      tell: (line) => void told.push(line),
      everyMs: 3600_000,
    });
    await customer();
    await settled();
    await log.checkpoint();
    assert.deepEqual(told, [
      "The log's anchor could not be put to folder anchorStick; trying again at the next checkpoint.",
    ]);
    await mkdir(stick);
    await customer();
    await settled();
    await log.checkpoint();
    await log.checkpoint();
    assert.equal(told.at(-1), "The log's anchors go to folder anchorStick again.");
    await customer();
    await settled();
    await log.checkpoint();
    const [installation = ""] = await readdir(stick);
    assert.equal(installation, gate.keys.installation);
    const days = await readdir(join(stick, installation));
    assert.deepEqual(days, ["2026-11-22.txt"]);
    const anchors = await readFile(join(stick, installation, "2026-11-22.txt"), "utf8");
    const verdict = await log.verify([anchors]);
    assert.deepEqual([verdict.anchors, verdict.bad], [2, null]);
    const known = await listAnchors(gate);
    assert.deepEqual(known.map(({ sink }) => sink).toSorted(), ["folder anchorStick", "folder anchorStick", "weekly"]);
    await stop();
  });

  test("is signed by the next key after a rotation, which the one before it names", async () => {
    await gate.keys.rotateSigner();
    assert.equal(gate.keys.signers().length, 2, "the premise");
    await log.checkpoint();
    assert.equal(gate.keys.signers().length, 1);
    await customer();
    await settled();
    const to = await exported("rotated");
    const [first = "", second = "", ...more] = (await readFile(join(to, "key.txt"), "utf8")).trim().split("\n");
    assert.ok(first !== second && more.length === 0);
    for (const key of [first, second]) {
      await writeFile(join(folder, "one.txt"), key);
      assert.equal((await verifier(to, "--key", join(folder, "one.txt"))).code, 0);
    }
    assert.equal((await log.verify()).bad, null);
  });

  test("has a line for print that a person can read aloud", () => {
    assert.equal(base32(Buffer.from("foobar")), "MZXW-6YTB-OI");
    assert.equal(
      anchorLine({ size: 12, at: new Date("2026-11-22T23:00:00Z"), root: Buffer.from("foobar") }),
      "12 2026-11-23 MZXW-6YTB-OI",
    );
  });
});

suite("the log's own retention", async () => {
  const { gate, owner, log, clock, customer, settled, exported, meddle } = await opened();
  const { rows: at } = await sql<{ name: string }>`select current_database() as name`.execute(owner);
  const asOwner = inDatabase(testServer().owner, at[0]?.name ?? "");
  const left = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from audit_event`.execute(owner)).rows[0]?.n ?? 0;

  test("drops entries at the end of their period, and the tree stays as it was", async () => {
    for (let n = 0; n < 5; n++) await customer();
    await settled();
    const before = await log.checkpoint();
    await meddle("alter table audit_event disable trigger user");
    const all = await left();
    // Nothing is that old.
    assert.equal(await forgetLog(gate, asOwner, parseDay("2020-01-01")), 0);
    const gone = await forgetLog(gate, asOwner, parseDay("2999-01-01"));
    assert.ok(gone >= all);
    const { rows } = await sql<{ verb: string; place: string }>`select verb, place from audit_event`.execute(owner);
    assert.deepEqual(rows, [{ verb: "erase", place: "staff.log" }]);
    await settled();
    const now = await log.checkpoint();
    assert.equal(now.dropped, before.size);
    const proof = await log.inclusionOf(1);
    assert.equal(proof.event, null);
    const verdict = await log.verify([before.note]);
    assert.deepEqual([verdict.bad, verdict.dropped], [null, before.size]);
    const { code, out } = await verifier(await exported("dropped"));
    assert.equal(code, 0, out);
    assert.match(out, new RegExp(`${before.size} of them without their content`));
  });

  test("never drops what is not sequenced, nor out of the middle", async () => {
    await customer();
    const waiting = await sql<{ id: number }>`insert into audit_event
      (actor, actor_kind, roles, verb, register, subjects, categories, decision, place, version, request_id)
      values ('late', 'system', '{}', 'read', 'customers', '{}', '{}', 'allowed', 'x', '1', 'x') returning id`.execute(
      owner,
    );
    // Without the log: only the owner's function, as the night calls it.
    await sql`select forget_audit_events('2999-01-01')`.execute(owner);
    const { rows } = await sql`select from audit_event where id = ${waiting.rows[0]?.id}`.execute(owner);
    assert.equal(rows.length, 1);
    await settled();
    await log.checkpoint();
    await meddle("delete from audit_event where actor = 'late'");
    const { bad } = await log.verify();
    assert.equal(bad?.what, "entryWithheld");
  });

  test("goes by the description's period, to the day", async () => {
    for (const [today, period, last] of [
      ["2026-11-22", "P2Y", "2024-11-22"],
      ["2026-03-01", "P1M", "2026-02-01"],
      ["2028-02-29", "P1Y", "2027-02-28"],
      ["2026-11-22", "P30D", "2026-10-23"],
    ] as const)
      assert.equal(lastEnded(parseDay(today), period), last);
    assert.equal(gate.inForce().description.staff?.log.period, "P2Y", "the description has changed: mend this test");
    assert.equal(await forgetEnded(gate, asOwner), 0);
    const day = clock.now();
    clock.set("2040-01-01T00:00:00Z");
    assert.ok((await forgetEnded(gate, asOwner)) > 0);
    clock.set(day);
  });
});

suite("whoever holds the machine", async () => {
  const { gate, owner, log, customer, settled, meddle } = await opened();
  for (let n = 0; n < 12; n++) await customer();
  await settled();
  const outside = await log.checkpoint();
  for (let n = 0; n < 3; n++) await customer();
  await settled();
  await log.checkpoint();
  const verify = () => openEvidenceLog(gate).verify([outside.note]);

  test("changes an entry: named", async () => {
    assert.equal((await verify()).bad, null, "the premise");
    await meddle(
      "update audit_event set actor = actor || 'x' where id = (select event_id from log_leaf where index = 7)",
    );
    assert.deepEqual((await verify()).bad, { what: "entryChanged", index: 7 });
    await meddle(
      "update audit_event set actor = left(actor, -1) where id = (select event_id from log_leaf where index = 7)",
    );
    await meddle(
      "update audit_event set at = at + interval '1 microsecond' where id = (select event_id from log_leaf where index = 7)",
    );
    assert.deepEqual((await verify()).bad, { what: "entryChanged", index: 7 });
    await meddle(
      "update audit_event set at = at - interval '1 microsecond' where id = (select event_id from log_leaf where index = 7)",
    );
    assert.equal((await verify()).bad, null);
  });

  test("changes an entry's hash with it: nothing more is signed", async () => {
    await meddle(
      "create table kept as select * from log_leaf where index = 3",
      "update log_leaf set hash = decode(repeat('00', 32), 'hex') where index = 3",
    );
    assert.deepEqual((await verify()).bad, { what: "entryChanged", index: 3 });
    await customer();
    await settled();
    await assert.rejects(openEvidenceLog(gate).checkpoint(), { code: "logBroken" });
    await meddle("update log_leaf set hash = (select hash from kept) where index = 3");
    assert.ok(await openEvidenceLog(gate).checkpoint());
  });

  test("puts back an older log with its checkpoints: only the anchor tells", async () => {
    const { rows: kept } = await sql`select * from log_checkpoint order by number`.execute(owner);
    assert.ok(kept.length >= 3);
    const back = outside.size - 2;
    // A state that the log really had, as far as anybody in it can tell.
    const cut = openGate(gate[PARTS]);
    await meddle(
      `delete from audit_event where id in (select event_id from log_leaf where index >= ${back})`,
      `delete from log_leaf where index >= ${back}`,
      "delete from log_checkpoint",
      `update log_position set size = ${back}`,
    );
    const older = openEvidenceLog(cut);
    await older.checkpoint();
    assert.equal((await older.verify()).bad, null, "without an anchor nothing is seen");
    const { bad } = await older.verify([outside.note]);
    assert.equal(bad?.what, "rolledBack");
  });
});

suite("a restore to an earlier time", async () => {
  const { gate, owner, log, customer, settled, meddle } = await opened();

  test("gets back what the log said after it, so that anchors still fit and new events come after", async () => {
    await customer();
    await settled();
    const { size } = await log.checkpoint();
    await customer();
    await settled();
    const later = await log.checkpoint();
    const leaves = [];
    for await (const leaf of log.entries(size)) leaves.push(leaf);
    assert.ok(leaves.length > 0);
    const { number, root, dropped, at, public_key, note } = later;
    const checkpoint = {
      number,
      size: later.size,
      root: root.toString("hex"),
      dropped,
      at: at.toISOString(),
      publicKey: public_key.toString("hex"),
      note,
    };
    // The database as it was then: its events, leaves and the numbers that it gives.
    await meddle(
      `delete from audit_event where id in (select event_id from log_leaf where index >= ${size})`,
      `delete from log_leaf where index >= ${size}`,
      `delete from log_checkpoint where number >= ${number}`,
      `update log_position set size = ${size}`,
      "select setval(pg_get_serial_sequence('audit_event', 'id'), (select max(id) from audit_event))",
    );
    await putBackLog(owner, leaves, [checkpoint]);
    const again = openEvidenceLog(openGate(gate[PARTS]));
    assert.equal((await again.verify([later.note])).bad, null);
    await customer();
    await settled();
    const now = await again.checkpoint();
    assert.ok(now.size > later.size);
    const verdict = await again.verify([later.note]);
    assert.deepEqual([verdict.bad, verdict.entries], [null, now.size]);
  });
});

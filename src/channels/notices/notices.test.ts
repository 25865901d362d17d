import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { openActors } from "../../actors/actors.ts";
import { inviteFirst } from "../../registers/staff/accounts.ts";
import { buildApp } from "../../server/app.ts";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import type { Letter, Mail } from "../mail/smtp.ts";
import { NoticeKind } from "./contract.ts";
import { openNotices } from "./notices.ts";
import { letterOf } from "./words.ts";

const HOUR = 3600_000;

suite("notices", async () => {
  const { gate, clock, owner, as, putInForce, described } = await testApp();
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-notices-"));
  after(() => rm(folder, { recursive: true, force: true }));
  const letters: Letter[] = [];
  let broken = false;
  const send: Mail["send"] = async (letter) => {
    if (broken) throw new Error("the relay is away");
    letters.push(letter);
  };
  const where = () => "https://register.example";
  const notices = openNotices({ gate, folder, mail: { system: "noticeRelay", send }, where });
  const actors = openActors({ gate, https: false });
  const { app } = await buildApp({ gate, actors, version: "test", origin: where, notices });
  const one = async (kind: string) => (await notices.list()).find((notice) => notice.kind === kind);

  test("nobody to tell is said", async () => {
    await notices.tell("backupFailed", { problem: "backupTarget", folder: "/mnt/copies", reason: "ENOENT" });
    assert.equal((await one("backupFailed"))?.mail, "nobody");
    assert.deepEqual(letters, []);
  });

  test("who keeps backups is told in their language, once a day a kind", async () => {
    const payload = {
      secret: await inviteFirst(gate),
      name: "Testi Henkilö",
      login: "vastuu@firm.example",
      password: "a quiet harbour at noon",
      language: "sv",
    };
    const made = await app.inject({
      method: "POST",
      url: "/api/invitation",
      headers: { "sec-fetch-site": "same-origin" },
      payload,
    });
    assert.equal(made.statusCode, 201, made.body);
    clock.forward(HOUR);
    for (let look = 0; look < 3; look++) {
      await notices.tell("backupFailed", { problem: "backupTarget", folder: "/mnt/copies", reason: "ENOENT" });
      clock.forward(HOUR);
    }
    assert.equal(letters.length, 1);
    assert.deepEqual(letters[0], {
      to: "vastuu@firm.example",
      ...letterOf(
        { kind: "backupFailed", facts: { problem: "backupTarget", folder: "/mnt/copies", reason: "ENOENT" } },
        "sv",
        where(),
      ),
    });
    assert.match(letters[0]?.subject ?? "", /^Tietovirta: Säkerhetskopieringen/);
    await notices.tell("drillFailed", { problem: "unexpected" });
    assert.equal(letters.length, 2, "another kind is another letter");
    clock.forward(24 * HOUR);
    await notices.tell("backupFailed", { problem: "backupTarget", folder: "/mnt/copies", reason: "ENOENT" });
    assert.equal(letters.length, 3);
    const reads = (await rowsOf(owner, "audit_event")).filter(({ actor }) => actor === "system:notices");
    assert.ok(reads.length >= 3, "reading the addresses stands in the log");
  });

  test("a relay that is away is tried again after an hour", async () => {
    clock.forward(24 * HOUR);
    broken = true;
    await notices.tell("backupFailed", { problem: "backupTarget", folder: "/mnt/copies", reason: "ENOENT" });
    assert.equal((await one("backupFailed"))?.mail, "failed");
    broken = false;
    const before = letters.length;
    await notices.tell("backupFailed", { problem: "backupTarget", folder: "/mnt/copies", reason: "ENOENT" });
    assert.equal(letters.length, before, "not at every look");
    clock.forward(HOUR);
    await notices.tell("backupFailed", { problem: "backupTarget", folder: "/mnt/copies", reason: "ENOENT" });
    assert.equal(letters.length, before + 1);
    assert.equal((await one("backupFailed"))?.mail, "sent");
  });

  test("a relay that the description in force does not allow gets nothing", async () => {
    putInForce(described.replace("serves: [relay]", "serves: [timestamp]"));
    const before = letters.length;
    await notices.tell("clockJumped");
    assert.equal((await one("clockJumped"))?.mail, "refused");
    assert.equal(letters.length, before);
    putInForce(described);
  });

  test("the web shows open ones first, to those who keep backups only", async () => {
    await notices.mended("backupFailed");
    const ask = async (role: string) => app.inject({ url: "/api/notices", headers: await as(role) });
    const answer = await ask("responsiblePerson");
    assert.equal(answer.statusCode, 200, answer.body);
    const items: { kind: string; mendedAt: string | null }[] = answer.json().items;
    assert.equal(items.at(-1)?.kind, "backupFailed");
    assert.ok(items[0]?.mendedAt === null);
    assert.ok(!answer.body.includes("firm.example"), "no address of anybody");
    assert.equal((await ask("sales")).statusCode, 403);
    const again = openNotices({ gate, folder, where });
    assert.deepEqual(await again.list(), items, "kept over a restart");
    assert.equal((await stat(join(folder, "notices.json"))).mode & 0o077, 0);
    assert.ok(!(await readFile(join(folder, "notices.json"), "utf8")).includes("@"));
  });

  test("a torn file and a folder that cannot be written stop nothing", async () => {
    await writeFile(join(folder, "notices.json"), '[{"kind":');
    assert.deepEqual(await notices.list(), []);
    const lost = openNotices({ gate, folder: join(folder, "nowhere"), mail: { system: "noticeRelay", send }, where });
    const before = letters.length;
    await lost.tell("diskNearlyFull", { freeMB: 12 });
    await lost.tell("diskNearlyFull", { freeMB: 11 });
    assert.equal(letters.length, before + 1);
    assert.equal((await lost.list())[0]?.facts.freeMB, 11);
  });
});

test("every kind has its letter in three languages", () => {
  const facts = {
    problem: "backupTarget",
    folder: "/mnt/copies",
    reason: "ENOENT",
    freeMB: 5,
    days: 3,
    line: "tietovirta …",
  };
  for (const kind of NoticeKind.options)
    for (const language of ["fi", "sv", "en"] as const) {
      const { subject, text } = letterOf({ kind, facts }, language, "https://register.example");
      assert.ok(subject.length > 15 && !/[\r\n]/.test(subject), kind);
      if (/Failed$/.test(kind)) assert.match(text, /\/mnt\/copies.*ENOENT/, "what is wrong, with its facts");
      assert.ok(text.length > 100 && text.includes("https://register.example"), kind);
    }
});

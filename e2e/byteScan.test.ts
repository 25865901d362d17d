// After a working day no file of the register holds a planted value in any writing; the control shows that the scan would find one.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { backupsTo, hasCommand, SYSTEMS } from "../bench/backups.ts";
import { clusterOf, inTemporaryFolder, makeToken, runCommand, startRegister } from "../bench/register.ts";
import { asSuperuser } from "../bench/superuser.ts";
import { FEWEST_CHARACTERS, needlesOf } from "./byteScan/needles.ts";
import { openedCopies } from "./byteScan/opened.ts";
import { ownersIdentity } from "./byteScan/owner.ts";
import { Scanner } from "./byteScan/scan.ts";
import { type Ask, workingDay } from "./byteScan/workingDay.ts";

const description = "descriptions/pyorapaja.yaml";
const ENCODINGS = [
  ...["utf8", "utf16le", "utf16be", "latin1", "base64+0", "base64+1", "base64+2", "quoted-printable"],
  ...["hex", "hex upper", "url", "form", "json"],
];

test("after a working day 400 planted values are in no file and no copy, and the control's are found", async (context) => {
  await inTemporaryFolder(async (folder) => {
    const [dataDir, temporary, copies] = [join(folder, "data"), join(folder, "tmp"), join(folder, "copies")];
    await mkdir(dataDir, { mode: 0o711 });
    for (const made of [temporary, copies]) await mkdir(made);
    const env = { TMPDIR: temporary, ...(hasCommand("backup") ? backupsTo(copies, SYSTEMS[description]) : {}) };
    const register = await startRegister({ dataDir, description, env });
    let stopped = false;
    try {
      const tokens = new Map<string, string>();
      for (const role of ["sales", "invoicing", "administration"])
        tokens.set(role, await makeToken(dataDir, role, description));
      const ask: Ask = async (role, method, path, body) => {
        const answer = await fetch(`${register.url}/api${path}`, {
          method,
          headers: { authorization: `Bearer ${tokens.get(role)}`, ...(body && { "content-type": "application/json" }) },
          ...(body && { body: JSON.stringify(body) }),
        });
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
      };
      const planted = await workingDay(ask);
      assert.ok(planted.length >= 400, "too few planted values for this test to mean anything");
      assert.ok(planted.every((value) => value.length >= FEWEST_CHARACTERS));

      const shortOne = "Selväkielinen-kyltti-q7x";
      const longOne = `${"Pitkä selväkielinen teksti, jota kukaan ei lue. ".repeat(110)}Loppukaneetti-z9w`;
      assert.ok(longOne.length > 5000);
      const needles = needlesOf([...planted, shortOne, "Loppukaneetti-z9w"]);
      for (const encoding of ENCODINGS) assert.ok(needles.some((needle) => needle.encoding === encoding));
      const scanner = new Scanner(needles);
      // What is still in PostgreSQL's memory goes to its files.
      await asSuperuser(dataDir, ["select pg_switch_wal()", "checkpoint"]);
      if (hasCommand("backup")) {
        const { code, said } = await runCommand(["backup"], { dataDir, description, env });
        assert.equal(code, 0, said);
        assert.deepEqual(scanner.text("backup", said), []);
      }
      const cluster = await clusterOf(dataDir);
      const places = [dataDir, temporary, copies, ...(cluster.startsWith(dataDir) ? [] : [cluster])];
      const clean = scanner.paths(places);
      const speed = Math.round(clean.bytes / 1000 / clean.milliseconds);
      const size = Math.round(clean.bytes / 2 ** 20);
      context.diagnostic(`${planted.length} values, ${clean.files} files, ${size} MB, ${speed} MB/s`);
      assert.ok(clean.files > 500 && clean.bytes > 2 ** 24, "too few files for this test to mean anything");
      assert.deepEqual([...clean.hits, ...scanner.text("said", register.said())], []);

      if (hasCommand("backup")) {
        let [files, bytes] = [0, 0];
        for await (const copy of openedCopies(copies, await ownersIdentity(dataDir))) {
          assert.deepEqual(scanner.text(copy.name, copy.bytes), []);
          files += 1;
          bytes += copy.bytes.length;
        }
        context.diagnostic(`${files} copies opened with the owner's key, ${Math.round(bytes / 2 ** 20)} MB unpacked`);
        assert.ok(files >= 3 && bytes > 2 ** 24, "too little in the copies for this test to mean anything");
      } else context.diagnostic("No command `backup` in this version: copies were not looked into.");

      await asSuperuser(dataDir, [
        "create table control (note text, longer text)",
        "alter table control alter column note set storage external, alter column longer set storage external",
        `insert into control values ('${shortOne}', '${longOne}')`,
        "checkpoint",
      ]);
      await register.stop();
      stopped = true;
      const found = new Set(scanner.paths(places).hits.map(({ value }) => value));
      assert.deepEqual(found, new Set([shortOne, "Loppukaneetti-z9w"]));
    } finally {
      if (!stopped) await register.stop();
    }
  });
});

test("the scan finds a value in every writing, also across the edge of what is read at once", async () => {
  const value = "Äkkijyrkkä-kyltti/7 %";
  const needles = needlesOf([value]);
  assert.ok(needles.length > 25);
  const chunk = 4096;
  await inTemporaryFolder(async (folder) => {
    for (const needle of needles) {
      const edge = Buffer.alloc(chunk - (needle.bytes.length >> 1), 0x2e);
      await writeFile(join(folder, "file"), Buffer.concat([edge, needle.bytes]));
      assert.deepEqual(
        new Scanner([needle], chunk).paths([join(folder, "file")]).hits.map(({ encoding }) => encoding),
        [needle.encoding],
      );
    }
  });
});

test("many needles at once are found wherever they stand, and nothing else is", () => {
  const values = Array.from({ length: 200 }, (_, n) => `Neula-${String(n * 7919).padStart(8, "0")}-äö`);
  const needles = needlesOf(values);
  const scanner = new Scanner(needles);
  const parts = needles.map(({ bytes }, n) => Buffer.concat([Buffer.alloc(n % 7, 0x41 + (n % 3)), bytes]));
  const found = new Set(scanner.text("all", Buffer.concat(parts)).map(({ value, encoding }) => `${value} ${encoding}`));
  assert.deepEqual(found, new Set(needles.map(({ value, encoding }) => `${value} ${encoding}`)));
  const broken = needles.map(({ bytes }) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([0])]));
  const short = new Scanner(needles.filter(({ encoding }) => encoding === "utf8"));
  assert.deepEqual(short.text("broken", Buffer.concat(broken.filter((_, n) => needles[n]?.encoding === "utf8"))), []);
});

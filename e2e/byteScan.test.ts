// After a working day no file of the register holds a planted value in any writing; the control shows that the scan would find one.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { clusterOf, inTemporaryFolder, makeToken, startRegister } from "../bench/register.ts";
import { asSuperuser } from "../bench/superuser.ts";
import { FEWEST_CHARACTERS, needlesOf } from "./byteScan/needles.ts";
import { Scanner } from "./byteScan/scan.ts";
import { type Ask, workingDay } from "./byteScan/workingDay.ts";

const description = "descriptions/pyorapaja.yaml";

test("after a working day the planted values are in no file, and the control's are found", async (context) => {
  await inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, "data");
    await mkdir(dataDir, { mode: 0o711 });
    const register = await startRegister({ dataDir, description });
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
      assert.ok(planted.length >= 40, "too few planted values for this test to mean anything");
      assert.ok(planted.every((value) => value.length >= FEWEST_CHARACTERS));

      const shortOne = "Selväkielinen-kyltti-q7x";
      const longOne = `${"Pitkä selväkielinen teksti, jota kukaan ei lue. ".repeat(110)}Loppukaneetti-z9w`;
      assert.ok(longOne.length > 5000);
      const scanner = new Scanner(needlesOf([...planted, shortOne, "Loppukaneetti-z9w"]));
      // What is still in PostgreSQL's memory goes to its files.
      await asSuperuser(dataDir, ["checkpoint"]);
      const cluster = await clusterOf(dataDir);
      const places = cluster.startsWith(dataDir) ? [dataDir] : [dataDir, cluster];
      const clean = scanner.paths(places);
      context.diagnostic(`${planted.length} values, ${clean.files} files, ${Math.round(clean.bytes / 2 ** 20)} MB`);
      assert.ok(clean.files > 500 && clean.bytes > 2 ** 24, "too few files for this test to mean anything");
      assert.deepEqual([...clean.hits, ...scanner.text("said", register.said())], []);

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

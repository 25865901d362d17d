import assert from "node:assert/strict";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { sql } from "kysely";
import { testApp } from "../../../test/app.ts";
import { MAIJA, trade } from "../../../test/trade.ts";
import { openEvidenceLog } from "./evidenceLog.ts";
import { besideDatabase, refuseBehind } from "./lastKnown.ts";

test("a database that went back in time is not opened; a torn or foreign note stops nobody", async () => {
  const t = await testApp();
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-known-"));
  await refuseBehind(t.gate, folder);
  await trade(t).customer(MAIJA);
  const log = openEvidenceLog(t.gate);
  const stop = log.start({ sinks: [besideDatabase(folder)], tell: () => undefined });
  await log.checkpoint();
  await stop();
  assert.deepEqual(await readdir(folder), ["log.checkpoint"]);
  await refuseBehind(t.gate, folder);

  await sql`update log_position set size = size - 1`.execute(t.owner);
  await assert.rejects(refuseBehind(t.gate, folder), { code: "databaseBehind" });
  for (const text of ["", "torn", "tietovirta/other\n9\nAAAA\n\n"]) {
    await writeFile(join(folder, "log.checkpoint"), text);
    await refuseBehind(t.gate, folder);
  }
});

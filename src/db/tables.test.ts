import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { testDatabase } from "../test/database.ts";
import { describeTables } from "./describeTables.ts";

test("the types of the tables are those of the migrations (golden)", async () => {
  const { owner } = await testDatabase();
  const made = await describeTables(owner);
  assert.ok(made.includes("  customer_value: {"), "found no tables");
  const file = join(import.meta.dirname, "tables.ts");
  if (process.env.GOLDEN === "write") writeFileSync(file, made);
  assert.equal(readFileSync(file, "utf8"), made, "run with GOLDEN=write and review the change");
});

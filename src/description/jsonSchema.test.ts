import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { jsonSchema } from "./jsonSchema.ts";

const file = join(import.meta.dirname, "../../schema/tietovirta.schema.json");

test("the schema that editors read is made from the shapes that the parser checks by", () => {
  const made = jsonSchema();
  if (process.env.GOLDEN === "write") writeFileSync(file, made);
  assert.equal(readFileSync(file, "utf8"), made, "run with GOLDEN=write and review the change");
  const schema: unknown = JSON.parse(made);
  assert.ok(typeof schema === "object" && schema !== null && "properties" in schema && "required" in schema);
});

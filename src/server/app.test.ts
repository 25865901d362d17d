import assert from "node:assert/strict";
import { test } from "node:test";
import { testApp } from "../test/app.ts";

test("a token of sales reads who it is", async () => {
  const { ask } = await testApp();
  const { status, body } = await ask("sales", "GET", "/api/session");
  assert.equal(status, 200, JSON.stringify(body));
  assert.ok(body.may.includes("read customers"));
  const made = await ask("sales", "POST", "/api/customers", { kind: "person", name: "Testi Henkilö", source: "phone" });
  assert.equal(made.status, 201, JSON.stringify(made.body));
});

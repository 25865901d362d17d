import assert from "node:assert/strict";
import { test } from "node:test";
import { isUuid, newId } from "./Uuid.ts";

test("an id is a UUIDv7 of its moment, and none is made twice", () => {
  const moment = new Date("2026-11-22T10:00:00.123Z");
  const ids = Array.from({ length: 5000 }, () => newId(moment));
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16), moment.getTime());
  }
  assert.ok(newId(new Date(moment.getTime() + 1)) > newId(moment));
  assert.ok(isUuid(newId()));
});

test("other text is not an id", () => {
  for (const text of [
    "",
    "0",
    "019AAAAA-0000-7000-8000-000000000000",
    "019aaaaa00007000800000000000000",
    `${newId()} `,
  ]) {
    assert.ok(!isUuid(text), text);
  }
});

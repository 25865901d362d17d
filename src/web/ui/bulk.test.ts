import assert from "node:assert/strict";
import { test } from "node:test";
import { foretell, runOneByOne } from "./bulk.ts";

const keys = ["a", "b", "c", "d", "e", "f"];

test("every row is looked at once, and told of", async () => {
  const told: string[] = [];
  const look = async (key: string) => ({ will: key !== "c", text: key });
  await foretell(
    keys,
    look,
    (key, { will }) => told.push(`${key} ${will}`),
    () => false,
  );
  assert.deepEqual(
    told.toSorted(),
    keys.map((key) => `${key} ${key !== "c"}`),
  );
});

test("rows are done one after another, a refused one stops nobody, and stopping leaves the rest undone", async () => {
  const order: string[] = [];
  let going = 0;
  const act = async (key: string) => {
    assert.equal(going++, 0, "one at a time");
    await Promise.resolve();
    going--;
    return { state: key === "b" ? ("refused" as const) : ("done" as const), text: "" };
  };
  await runOneByOne(
    keys,
    act,
    (key, { state }) => order.push(`${key} ${state}`),
    () => order.length === 4,
  );
  assert.deepEqual(order, ["a done", "b refused", "c done", "d done"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Keys } from "../../../keys/keys.ts";
import { testApp } from "../../../test/app.ts";
import { rowsOf } from "../../../test/database.ts";

const { ask, owner, keys, search } = await testApp();

const CODE = "131052-308T";
const codes = async () => {
  const { status, body } = await ask("administration", "POST", "/api/customers/search", { search: CODE });
  assert.equal(status, 200);
  return body.items.length;
};

/** Lets `meanwhile` begin when the rebuild has read its page, and gives it time to end if nothing stops it. */
async function rebuildDuring(meanwhile: () => Promise<unknown>): Promise<void> {
  await owner.deleteFrom("search_marker").execute();
  await owner.deleteFrom("customer_search").execute();
  const open = keys.open.bind(keys);
  let begun: Promise<unknown> | undefined;
  const slow: Keys["open"] = async (items) => {
    const opened = await open(items);
    if (!begun) {
      begun = meanwhile();
      await Promise.race([begun, wait(500)]);
    }
    return opened;
  };
  Object.assign(keys, { open: slow });
  await search.ready();
  Object.assign(keys, { open });
  assert.ok(begun, "the rebuild opened something");
  await begun;
}

const customer = async () => {
  const code = { personalIdentityCode: CODE, personalIdentityCodeGround: "credit", source: "meeting" };
  const body = { kind: "person", name: "Haku Henkilö", ...code };
  return (await ask("administration", "POST", "/api/customers", body)).body.id;
};

test("a rebuilt search does not bring back what was changed or erased while its page was read", async () => {
  const id = await customer();
  assert.equal(await codes(), 1);
  await rebuildDuring(() =>
    ask("administration", "PATCH", `/api/customers/${id}`, { personalIdentityCode: null, source: "meeting" }),
  );
  assert.equal(await codes(), 0);

  const gone = await customer();
  assert.equal(await codes(), 1);
  await rebuildDuring(() =>
    ask("administration", "POST", `/api/customers/${gone}/erasure`, { ground: "noLongerNeeded" }),
  );
  assert.equal(await codes(), 0);
  const ids = (await rowsOf(owner, "customer_search")).map(({ subject_id }) => subject_id);
  assert.ok(ids.includes(id) && !ids.includes(gone));
});

test("an index of a former secret answers nothing and is built anew: a rotation cut short leaves no old tokens in use", async () => {
  const id = await customer();
  assert.equal(await codes(), 1);
  const old = (await rowsOf(owner, "customer_search")).find(({ subject_id }) => subject_id === id)?.tokens;
  // The process ends here: the marker of the former secret stands.
  await keys.rotateSearch();
  assert.equal((await rowsOf(owner, "search_marker")).length, 1);
  const { status, body } = await ask("administration", "POST", "/api/customers/search", { search: CODE });
  assert.deepEqual([status, body.code], [503, "searchRebuilding"]);
  await search.ready();
  assert.equal(await codes(), 1);
  const now = (await rowsOf(owner, "customer_search")).find(({ subject_id }) => subject_id === id)?.tokens;
  assert.notDeepEqual(now, old);
  assert.deepEqual(
    (await rowsOf(owner, "search_marker")).map(({ version }) => version),
    [keys.state().search],
  );
});

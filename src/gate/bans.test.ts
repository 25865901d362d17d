// A refusal of marketing that outlived the person's data comes back with the address, once, and yields to a later consent only.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "../values/Uuid.ts";
import { banMark } from "./bans.ts";
import { AT, CUSTOMERS, openDoor } from "./door.test-seam.ts";

const { gate, owner, keys, sales, person, consent, object } = await openDoor();

const ban = (address: string, purposes: string[], at = AT) =>
  owner
    .insertInto("ban")
    .values({ address_mac: banMark(keys, address), purposes, at })
    .execute();
const heed = (subject: string, ...addresses: string[]) =>
  gate.write(sales, { ...CUSTOMERS, verb: "change", subject }, (grant) => grant.heedBans(addresses));
const objections = async (subject: string) => {
  const rows = await owner.selectFrom("objection").selectAll().where("subject_id", "=", subject).execute();
  return rows.map(({ purpose, by }) => `${purpose} ${by}`).sort();
};
const day = (n: number) => new Date(AT.getTime() + n * 86_400_000);
const unique = () => `${newId()}@example.fi`;

test("the mark is of the address, however it is written, and does not change from one version to the next", () => {
  const written = "  Ma\u0308kinen@Example.FI ";
  assert.deepEqual(banMark(keys, written), keys.mac("ban", "m\u00e4kinen@example.fi"));
});

test("a refusal of any of the addresses becomes the subject's own objections", async () => {
  const [first, second, free] = [unique(), unique(), unique()];
  await ban(first, ["offers"]);
  await ban(second, ["offers", "directMarketing"]);
  const subject = await person();
  await heed(subject, free, first.toUpperCase(), second);
  const BOTH = ["directMarketing system:banList", "offers system:banList"];
  assert.deepEqual(await objections(subject), BOTH, "once a purpose");
  await heed(subject, first);
  assert.deepEqual(await objections(subject), BOTH, "once, however often it is written");
});

test("an address that nobody refused, and no address at all, change nothing", async () => {
  const subject = await person();
  await heed(subject, unique());
  await heed(subject);
  assert.deepEqual(await objections(subject), []);
});

test("an objection that the person lifted comes back with the address; one in force is not written again", async () => {
  const [address, subject] = [unique(), await person()];
  await ban(address, ["offers"]);
  await object(subject, "offers");
  await heed(subject, address);
  assert.deepEqual(await objections(subject), ["offers test"]);
  await owner.updateTable("objection").set({ lifted_at: AT }).where("subject_id", "=", subject).execute();
  await heed(subject, address);
  assert.deepEqual(await objections(subject), ["offers system:banList", "offers test"]);
});

test("a consent given since the refusal outweighs it for its purpose, an older or withdrawn one does not", async () => {
  const address = unique();
  await ban(address, ["offers", "directMarketing"]);
  const [later, older, withdrawn] = [await person(), await person(), await person()];
  await consent(later, "directMarketing", day(1));
  await consent(older, "directMarketing", day(-1));
  await consent(withdrawn, "directMarketing", day(1));
  await owner
    .updateTable("consent")
    .set({ withdrawn_at: day(2) })
    .where("subject_id", "=", withdrawn)
    .execute();
  for (const subject of [later, older, withdrawn]) await heed(subject, address);
  assert.deepEqual(await objections(later), ["offers system:banList"]);
  for (const subject of [older, withdrawn])
    assert.deepEqual(await objections(subject), ["directMarketing system:banList", "offers system:banList"]);
});

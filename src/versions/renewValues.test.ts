// New versions of persons' keys: what is held is sealed under them, in every register, and a run that was cut short goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keyIdOf } from "../keys/sealed.ts";
import { digest } from "../keys/token.ts";
import { ownData } from "../registers/staff/own.ts";
import { addSession } from "../registers/staff/sessionStore.ts";
import { addOutside, addPasskey, setSecondFactor } from "../registers/staff/signIn/store.ts";
import { addAccount } from "../registers/staff/store.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { newId } from "../values/Uuid.ts";
import { renewValues } from "./renewValues.ts";

const { gate, keys, owner, ask, ...more } = await testApp();
const { customer, delivered, invoice } = trade({ gate, keys, owner, ask, ...more });

const COLUMNS = [
  ["customer_value", "sealed"],
  ["order_line", "sealed"],
  ["invoice", "sealed"],
  ["account", "sealed_name"],
  ["account", "sealed_login"],
  ["session", "sealed_device"],
  ["passkey", "sealed_credential"],
  ["passkey", "sealed_label"],
  ["second_factor", "sealed_secret"],
  ["outside_identity", "sealed_identity"],
] as const;

async function underFormer(): Promise<string[]> {
  const former = new Set([...keys.list()].filter(({ current }) => !current).map(({ id }) => id));
  const found: string[] = [];
  for (const [table, column] of COLUMNS) {
    const rows = await rowsOf(owner, table);
    assert.ok(rows.length > 0, `nothing stands in ${table}`);
    if (rows.some((row) => former.has(keyIdOf(row[column] as Buffer)))) found.push(`${table}.${column}`);
  }
  return found;
}

test("everything held is sealed anew and read as before, also by a run that goes on where one ended", async () => {
  const id = await customer(MAIJA);
  const { id: issued } = await invoice(await delivered(id));
  await customer({ ...MAIJA, name: "Paula Pysyväinen", email: "paula@example.fi" });
  const caller = { actor: { kind: "system", id: "system:test" } as const, requestId: newId() };
  const adding = { register: "staff", verb: "collect", place: "roles", subject: newId() } as const;
  await gate.serving(caller, adding, async (grant) => {
    await addAccount(grant, {
      ...{ name: "Milla Myyjä", login: "milla@example.fi", loginMac: keys.mac("login", "milla@example.fi") },
      ...{ passwordHash: "none", language: "fi", roles: ["sales"], by: "system:test", endsOn: null },
    });
    await addSession(grant, { digest: digest("here"), way: "password", device: "Firefox", endsAt: new Date() }, 5);
    const credential = { id: "milla", publicKey: "key", transports: [] };
    const passkey = { id: newId(), mac: digest("milla"), credential, label: "phone", counter: 0, backedUp: false };
    await addPasskey(grant, passkey);
    await setSecondFactor(grant, "SECRET", 0);
    await addOutside(grant, { id: newId(), mac: digest("sub"), issuer: "https://x.example", name: "Milla", sub: "m" });
  });
  const ways = () => gate.serving(caller, { ...adding, verb: "read" }, ownData);
  const shown = async () => [
    (await ask("invoicing", "GET", `/api/invoices/${issued}`)).body,
    (await ask("sales", "GET", `/api/customers/${id}`)).body,
    (await ask("responsiblePerson", "GET", "/api/accounts")).body,
    await ways(),
  ];
  const before = await shown();
  assert.match(JSON.stringify(before), /Milla Myyjä/);
  assert.match(JSON.stringify(before), /Firefox.*phone/);

  await keys.rotatePersons([...keys.list()]);
  assert.equal((await underFormer()).length, COLUMNS.length);
  const { open } = keys;
  let opened = 0;
  // The first run ends at its second subject.
  Object.assign(keys, {
    open: (items: Parameters<typeof open>[0]) => {
      opened += 1;
      if (opened === 2) throw new Error("cut short");
      return open.call(keys, items);
    },
  });
  await assert.rejects(renewValues(gate), /cut short/);
  Object.assign(keys, { open });
  assert.deepEqual(await shown(), before);
  assert.ok((await underFormer()).length > 0);

  assert.ok((await renewValues(gate)) > 0);
  assert.deepEqual(await underFormer(), []);
  assert.deepEqual(await shown(), before);
  assert.equal(await renewValues(gate), 0, "the second time there is nothing to do");
});

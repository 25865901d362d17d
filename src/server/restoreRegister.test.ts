// A company is copied, goes on, erases, forbids and invoices, and is then restored to before: nobody comes back, nothing is sent twice, the log stands.
import assert from "node:assert/strict";
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openActors } from "../actors/actors.ts";
import { closeSegment } from "../db/archive.ts";
import { systemCaller } from "../gate/caller.ts";
import { openKeyring } from "../keys/keyring.ts";
import { digest } from "../keys/token.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import { addInvitation } from "../registers/staff/invitationStore.ts";
import { addSession, addToken, listTokens, revokeToken } from "../registers/staff/sessionStore.ts";
import { addPasskey, listPasskeys, removePasskey } from "../registers/staff/signIn/store.ts";
import {
  addAccount,
  findAccount,
  replaceRoles,
  rolesOf,
  type StaffGrant,
  setDisabled,
} from "../registers/staff/store.ts";
import { asking } from "../test/app.ts";
import { IDENTITY_CODE, MAIJA, trade } from "../test/trade.ts";
import { type Clock, systemClock } from "../values/Day.ts";
import { buildApp } from "./app.ts";
import { type OpenRegister, openRegister } from "./openRegister.ts";
import { restoreRegister } from "./restoreRegister.ts";
import { readSettings } from "./settings.ts";

const quiet = () => undefined;
const clock: Clock = systemClock;

let root: string;
let copies: string;
let secret: Buffer;
let moment: Date;
let anchor: string;
const known: Record<string, string> = {};
const opened: OpenRegister[] = [];

async function running(dataDir: string, more: Record<string, string> = {}) {
  const register = await openRegister(readSettings({ DATA_DIR: dataDir, ...more }), { log: quiet, language: "en" });
  opened.push(register);
  const actors = openActors({ gate: register.gate, https: false });
  const { app, search } = await buildApp({
    gate: register.gate,
    actors,
    version: "test",
    origin: () => "http://localhost",
  });
  await search.ready();
  const { ask } = asking(register.gate, app);
  return { register, ask, trade: trade({ ask } as Parameters<typeof trade>[0]) };
}

const SOMEBODY = "0199d3a1-0000-7000-8000-000000000001";
const LEAVES = "0199d3a1-0000-7000-8000-000000000002";
const KEPT_KEY = "0199d3a1-0000-7000-8000-000000000011";
const LOST_KEY = "0199d3a1-0000-7000-8000-000000000012";
const KEYS_OF: Record<string, string[]> = { [SOMEBODY]: [KEPT_KEY, LOST_KEY] };
const staff = <T>({ gate }: OpenRegister, work: (grant: StaffGrant) => Promise<T>, subject = SOMEBODY): Promise<T> =>
  gate.serving(systemCaller("test"), { register: "staff", verb: "change", place: "roles", subject }, work);

before(async () => {
  root = await mkdtemp(join(tmpdir(), "tietovirta-restore-"));
  await chmod(root, 0o711);
  copies = join(root, "copies");
  await mkdir(copies);
  const {
    register,
    ask,
    trade: made,
  } = await running(join(root, "data"), {
    BACKUP_DIR: copies,
    BACKUP_SYSTEM: "backupDisk",
  });
  secret = (await register.keys.recoverySecret()) ?? assert.fail("no secret waits");
  const evidence = evidenceLogOf(register.gate);

  known.whole = await made.customer(MAIJA);
  known.part = await made.customer({
    ...{ ...MAIJA, name: "Osmo Osittainen-Korpela", email: "osmo@example.fi", phone: "040 765 4321" },
    ...{ personalIdentityCode: IDENTITY_CODE, personalIdentityCodeGround: "credit" },
  });
  known.partOrder = await made.delivered(known.part, "2026-11-20");
  known.stays = await made.customer({
    ...MAIJA,
    name: "Paula Pysyväinen",
    email: "paula@example.fi",
    phone: "050 111 2222",
  });
  known.order = await made.delivered(known.stays, "2026-11-20");
  known.lostOrder = await made.delivered(
    await made.customer({ ...MAIJA, name: "Arvo Avaimeton", email: "arvo@example.fi" }),
    "2026-11-20",
  );
  const soon = new Date(Date.now() + 3600_000);
  await staff(register, (grant) =>
    addSession(grant, { digest: digest("signed in"), way: "password", device: "", endsAt: soon }, 5),
  );
  const invited = { digest: digest("invited"), roles: ["sales"], endsAt: soon, accountEndsOn: null };
  await staff(register, (grant) => addInvitation(grant, invited));
  for (const subject of [SOMEBODY, LEAVES]) {
    const account = {
      ...{ name: "Keksitty Käyttäjä", login: `${subject}@example.fi`, loginMac: digest(subject), passwordHash: null },
      ...({ language: "fi", roles: ["sales", "invoicing"], by: "system:cli", endsOn: null } as const),
    };
    await staff(register, (grant) => addAccount(grant, account), subject);
    const passkey = { credential: { id: "a", publicKey: "", transports: [] }, label: "", counter: 0, backedUp: false };
    for (const id of KEYS_OF[subject] ?? [])
      await staff(register, (grant) => addPasskey(grant, { ...passkey, id, mac: digest(id) }), subject);
  }
  for (const name of ["tokenInUse", "tokenRevoked"])
    known[name] = await staff(register, (grant) =>
      addToken(grant, { digest: digest(name), name, role: "sales", by: "system:cli" }),
    );
  await register.backup.copyNow();
  await evidence.checkpoint();
  await pause(1100);
  moment = new Date();
  await pause(1100);

  known.number = (await made.invoice(known.order)).number;
  known.partNumber = (await made.invoice(known.partOrder)).number;
  known.lostNumber = (await made.invoice(known.lostOrder)).number;
  for (const id of [known.whole, known.part]) {
    const erased = await ask("responsiblePerson", "POST", `/api/customers/${id}/erasure`, { ground: "noLongerNeeded" });
    assert.equal(erased.status, 200);
  }
  // A key that is gone although nobody erased anything.
  const [invoice] = (await ask("invoicing", "GET", "/api/invoices")).body.items.filter(
    ({ number }: { number: string }) => number === known.lostNumber,
  );
  await register.keys.destroy(await register.keys.keysOf({ register: "invoices", subject: invoice.customerId }));
  known.late = await made.customer({ ...MAIJA, name: "Myöhä Tulija", email: "late@example.fi" });
  anchor = (await evidence.checkpoint()).note;
  assert.ok(await staff(register, (grant) => revokeToken(grant, known.tokenRevoked ?? "")));
  await staff(register, (grant) => setDisabled(grant, true), LEAVES);
  await staff(register, (grant) => replaceRoles(grant, ["sales"], "system:cli"));
  assert.ok(await staff(register, (grant) => removePasskey(grant, LOST_KEY)));
  const { postgres } = register;
  assert.ok(postgres?.spool);
  await closeSegment(postgres.superuser, postgres.spool);
  assert.equal(await register.backup.carryAway({ last: true }), true);
  await register.close();
  opened.length = 0;
});
after(async () => {
  for (const register of opened) await register.close();
  await rm(root, { recursive: true, force: true });
});

const options = (to: string, at?: Date) => ({
  ...{ from: copies, to: join(root, to), secret, log: quiet, now: new Date(), language: "en" as const, clock },
  ...(at && { at }),
  anchors: [anchor],
});

test("restored to before: who was erased stays erased, what stays is read, invoices come back, one without its key is asked about, the log fits its anchor", async () => {
  const told = await restoreRegister(options("earlier", moment));
  assert.equal(told.people, 2);
  assert.deepEqual([told.rows.invoice, told.uncertain], [2, 1]);
  assert.equal(told.unreadable.customers, undefined);
  assert.ok(told.leaves > 0, "the log after the moment was put back");
  assert.ok(told.until <= moment);

  const { ask, register } = await running(join(root, "earlier"));
  assert.equal((await ask("sales", "GET", `/api/customers/${known.whole}`)).status, 404);
  const part = await ask("responsiblePerson", "GET", `/api/customers/${known.part}/access`);
  assert.equal(part.status, 200);
  assert.ok(!JSON.stringify(part.body).includes(IDENTITY_CODE), "the identity code came back");
  const stays = await ask("sales", "GET", `/api/customers/${known.stays}`);
  assert.ok(JSON.stringify(stays.body).includes("Paula Pysyväinen"));
  for (const search of ["Esimerkki-Ruusunen", "maija@example.fi"])
    assert.deepEqual((await ask("sales", "POST", "/api/customers/search", { search })).body.items, []);

  // The voucher of somebody who was erased in part since is kept by law, and is there.
  const { items } = (await ask("invoicing", "GET", "/api/invoices")).body;
  assert.deepEqual(items.map(({ number }: { number: string }) => number).sort(), [known.number, known.partNumber]);
  assert.ok(JSON.stringify(items).includes("Osmo Osittainen-Korpela"), "a voucher came back that nobody can read");
  const once = await ask("invoicing", "POST", `/api/orders/${known.order}/invoice`);
  assert.equal(once.body.number, known.number, "what came back is not issued a second time");
  const invoicing = await ask("invoicing", "POST", `/api/orders/${known.lostOrder}/invoice`);
  assert.deepEqual([invoicing.status, invoicing.body.code], [409, "transferUncertain"]);
  const again = await ask("invoicing", "POST", `/api/orders/${known.lostOrder}/invoice/again`);
  assert.equal(again.body.number, known.lostNumber);
  const due = await ask("responsiblePerson", "GET", "/api/retention/preview");
  assert.equal(due.body.pause?.why, "restore");
  await staff(register, async (grant) => {
    assert.deepEqual(await grant.selectFrom("session").select("digest").execute(), [], "somebody is signed in");
    assert.deepEqual(await grant.selectFrom("invitation").select("id").execute(), [], "a link of the past works");
    const tokens = new Map((await listTokens(grant)).map((token) => [token.id, token.revokedAt]));
    assert.ok(tokens.get(known.tokenRevoked ?? ""), "a token that was revoked works again");
    assert.equal(tokens.get(known.tokenInUse ?? ""), null);
    assert.deepEqual(await rolesOf(grant, SOMEBODY), ["sales"], "a role that was taken away is back");
    assert.deepEqual(
      (await listPasskeys(grant)).map(({ id }) => id),
      [KEPT_KEY],
      "a passkey that was removed signs in again",
    );
  });
  const closed = await staff(register, (grant) => findAccount(grant, LEAVES), LEAVES);
  assert.equal(closed?.disabled, true, "an account that was closed is open again");
});

test("restored to the end nothing is lost and nothing need be erased again", async () => {
  const told = await restoreRegister(options("latest"));
  assert.deepEqual([told.people, told.uncertain], [0, 0]);
  assert.deepEqual(told.unreadable, { invoices: 1 }, "the value whose key went without an erasure is told");
  const { ask } = await running(join(root, "latest"));
  const invoices = await ask("invoicing", "GET", "/api/invoices");
  assert.deepEqual(
    invoices.body.items.map(({ number }: { number: string }) => number),
    [known.lostNumber, known.partNumber, known.number],
  );
});

test("with an older copy of the keyring it is told how much cannot be opened, and the register works on without it", async () => {
  const [installation = ""] = await readdir(copies);
  const folder = join(copies, installation, "keyring");
  const names = (await readdir(folder)).sort();
  assert.ok(names.length > 1, "found too few copies of the keyring for this test to mean anything");
  const aside = join(root, "aside");
  await cp(folder, aside, { recursive: true });
  for (const name of names.slice(1)) await rm(join(folder, name));
  try {
    const told = await restoreRegister(options("older"));
    const { customers = 0, invoices = 0, ...others } = told.unreadable;
    assert.ok(customers >= 4, "every value of who came after the copy");
    assert.equal(invoices, 3);
    assert.deepEqual(others, {});
  } finally {
    await cp(aside, folder, { recursive: true });
  }
  const { ask, trade: made } = await running(join(root, "older"));
  const late = await ask("sales", "GET", `/api/customers/${known.late}`);
  assert.equal(late.status, 200, JSON.stringify(late.body));
  assert.ok(!JSON.stringify(late.body).includes("Tulija"));
  const stays = await ask("sales", "GET", `/api/customers/${known.stays}`);
  assert.ok(JSON.stringify(stays.body).includes("Paula Pysyväinen"));
  await made.customer({ ...MAIJA, name: "Uusi Alku", email: "uusi@example.fi" });
});

test("the keyring that lived on brings it back without the paper, with its passphrase where it has one", async () => {
  const [keyring, file] = [join(root, "lived-on"), join(root, "passphrase")];
  await cp(join(root, "data", "keyring"), keyring, { recursive: true });
  await writeFile(file, "kolme kuusta ja yksi mänty\n", { mode: 0o600 });
  const keys = await openKeyring({ folder: keyring, mode: "existing" });
  await keys.setPassphrase(async () => "kolme kuusta ja yksi mänty");
  await keys.close();
  const { secret: _, ...more } = options("lived");
  await assert.rejects(restoreRegister({ ...more, keyring }), { code: "keyringBroken" });
  const told = await restoreRegister({ ...more, keyring, rootPassphraseFile: file });
  assert.deepEqual([told.people, told.uncertain], [0, 0]);
});

test("what the paper brought back goes on in the same folder of copies, and what is erased then stays erased after another restore", async () => {
  await restoreRegister(options("again"));
  const where = { BACKUP_DIR: copies, BACKUP_SYSTEM: "backupDisk" };
  const { register, ask, trade: made } = await running(join(root, "again"), where);
  const later = await made.customer({
    ...MAIJA,
    name: "Lauri Laskeva-Aurinko",
    email: "lauri@example.fi",
    phone: "050 333 4444",
  });
  assert.equal(await register.backup.carryAway({ last: true }), true);
  await register.backup.copyNow();
  assert.equal((await register.backup.state()).trouble, null);
  await pause(1100);
  const between = new Date();
  await pause(1100);
  const erased = await ask("responsiblePerson", "POST", `/api/customers/${later}/erasure`, {
    ground: "noLongerNeeded",
  });
  assert.equal(erased.status, 200);
  await evidenceLogOf(register.gate).checkpoint();
  const { postgres } = register;
  assert.ok(postgres?.spool);
  await closeSegment(postgres.superuser, postgres.spool);
  assert.equal(await register.backup.carryAway({ last: true }), true);
  await register.close();
  opened.splice(opened.indexOf(register), 1);

  const told = await restoreRegister(options("twice", between));
  assert.equal(told.people, 1);
  assert.equal(told.unreadable.customers, undefined);
  const back = await running(join(root, "twice"));
  assert.equal((await back.ask("sales", "GET", `/api/customers/${later}`)).status, 404);
});

test("without the journal nothing is restored, and nothing is left behind", async () => {
  const [installation = ""] = await readdir(copies);
  await rm(join(copies, installation, "journal"), { recursive: true });
  await assert.rejects(restoreRegister(options("refused", moment)), { code: "journalMissing" });
  assert.deepEqual(await readdir(join(root, "refused")).catch(() => []), []);
});

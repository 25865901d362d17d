// Ways to sign in as rows. What tells of a person or their device is sealed; a way is found by a keyed hash.
import { noteAccess, type StaffGrant } from "../store.ts";

export type Credential = { id: string; publicKey: string; transports: string[] };
export type PasskeyRow = {
  id: string;
  subject: string;
  credential: Credential;
  counter: number;
};
export type PasskeyLine = { id: string; label: string; createdAt: Date; usedAt: Date | null; backedUp: boolean };
export type Outside = { subject: string; name: string };
export type OutsideLine = { id: string; issuer: string; name: string; createdAt: Date };

// A password --------------------------------------------------------------------------------------------------------

/** null: no password any more. */
export async function setPassword(grant: StaffGrant, hash: string | null): Promise<void> {
  await grant
    .update("account")
    .set({ password_hash: hash, password_at: hash === null ? null : grant.at })
    .execute();
}

/** The hash alone is made anew with today's costs. */
export async function renewHash(grant: StaffGrant, hash: string): Promise<void> {
  await grant.update("account").set({ password_hash: hash }).execute();
}

/** Of the grant's subject; locks the account, so that two removals at once do not both find another way left. */
export async function lockAccount(grant: StaffGrant): Promise<{
  passwordHash: string | null;
  passwordAt: Date | null;
  login: string;
  name: string;
  endsOn: string | null;
} | null> {
  const id = grant.subject;
  const row = await grant
    .selectFrom("account")
    .select(["password_hash", "password_at", "sealed_login", "sealed_name", "ends_on"])
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const [name, login] = await grant.open([
    { subject_id: id, category: "staffName", row: id, sealed: row.sealed_name },
    { subject_id: id, category: "staffLogin", row: id, sealed: row.sealed_login },
  ]);
  return {
    passwordHash: row.password_hash,
    passwordAt: row.password_at,
    login: login ?? "",
    name: name ?? "",
    endsOn: row.ends_on,
  };
}

// Passkeys ----------------------------------------------------------------------------------------------------------

export type NewPasskey = {
  id: string;
  mac: Buffer;
  credential: Credential;
  label: string;
  counter: number;
  backedUp: boolean;
};

/** False where some account has this one already. */
export async function addPasskey(grant: StaffGrant, { id, mac, credential, label, counter, backedUp }: NewPasskey) {
  const [key, name] = await grant.seal([
    { category: "staffPasskey", row: id, value: JSON.stringify(credential) },
    { category: "staffDevice", row: id, value: label },
  ]);
  if (!key || !name) throw new Error("sealing answered less than was asked");
  const added = await grant
    .insert("passkey", {
      id,
      credential_mac: mac,
      sealed_credential: key.sealed,
      sealed_label: name.sealed,
      counter,
      backed_up: backedUp,
      created_at: grant.at,
      used_at: null,
    })
    .onConflict((on) => on.column("credential_mac").doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** Whoever's it is. */
export async function findPasskey(grant: StaffGrant, mac: Buffer): Promise<PasskeyRow | null> {
  const row = await grant.selectFrom("passkey").selectAll().where("credential_mac", "=", mac).executeTakeFirst();
  if (!row) return null;
  const { id, subject_id, sealed_credential: sealed, counter } = row;
  const [text] = await grant.open([{ subject_id, category: "staffPasskey", row: id, sealed }]);
  return text == null ? null : { id, subject: subject_id, credential: JSON.parse(text), counter };
}

/** False where the authenticator's counter did not grow: somebody has a copy (WebAuthn Level 3 section 6.1.1). Those that do not count stay at 0. */
export async function countPasskey(
  grant: StaffGrant,
  id: string,
  counter: number,
  backedUp: boolean,
): Promise<boolean> {
  const done = await grant
    .update("passkey")
    .set({ counter, backed_up: backedUp, used_at: grant.at })
    .where("id", "=", id)
    .where((where) => (counter === 0 ? where("counter", "=", 0) : where("counter", "<", counter)))
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Of the grant's subject, the oldest first. */
export async function listPasskeys(grant: StaffGrant): Promise<PasskeyLine[]> {
  const rows = await grant.selectFrom("passkey").selectAll().orderBy("created_at").execute();
  const labels = await grant.open(
    rows.map((row) => ({ subject_id: row.subject_id, category: "staffDevice", row: row.id, sealed: row.sealed_label })),
  );
  return rows.map((row, n) => ({
    id: row.id,
    label: labels[n] ?? "",
    createdAt: row.created_at,
    usedAt: row.used_at,
    backedUp: row.backed_up,
  }));
}

/** What the browser must know of the grant's subject's passkeys. */
export async function credentialsOf(grant: StaffGrant): Promise<Credential[]> {
  const rows = await grant.selectFrom("passkey").selectAll().execute();
  const texts = await grant.open(
    rows.map((row) => ({
      subject_id: row.subject_id,
      category: "staffPasskey",
      row: row.id,
      sealed: row.sealed_credential,
    })),
  );
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text)]));
}

/** False where the grant's subject has none with this id. */
export async function renamePasskey(grant: StaffGrant, id: string, label: string): Promise<boolean> {
  const [sealed] = await grant.seal([{ category: "staffDevice", row: id, value: label }]);
  if (!sealed) throw new Error("sealing answered less than was asked");
  const done = await grant
    .update("passkey")
    .set({ sealed_label: sealed.sealed })
    .where("id", "=", id)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** False where the grant's subject has none with this id. */
export async function removePasskey(grant: StaffGrant, id: string): Promise<boolean> {
  const { numDeletedRows } = await grant.delete("passkey").where("id", "=", id).executeTakeFirstOrThrow();
  await noteAccess(grant);
  return numDeletedRows === 1n;
}

// A second factor and its recovery codes ------------------------------------------------------------------------------

/** Instead of an earlier one. */
export async function setSecondFactor(grant: StaffGrant, secret: string, step: number): Promise<void> {
  const [sealed] = await grant.seal([{ category: "staffSecondFactor", row: grant.subject, value: secret }]);
  if (!sealed) throw new Error("sealing answered less than was asked");
  await grant.delete("second_factor").execute();
  await grant
    .insert("second_factor", { sealed_secret: sealed.sealed, last_step: step, created_at: grant.at })
    .execute();
}

/** The secret of the grant's subject; null where there is none. */
export async function secondFactorOf(grant: StaffGrant): Promise<{ secret: string; since: Date } | null> {
  const row = await grant.selectFrom("second_factor").selectAll().executeTakeFirst();
  if (!row) return null;
  const id = grant.subject;
  const [secret] = await grant.open([
    { subject_id: id, category: "staffSecondFactor", row: id, sealed: row.sealed_secret },
  ]);
  return { secret: secret ?? "", since: row.created_at };
}

/** False where a code of this step or a later one was used already: one of two who press at once. */
export async function takeStep(grant: StaffGrant, step: number): Promise<boolean> {
  const done = await grant
    .update("second_factor")
    .set({ last_step: step })
    .where("last_step", "<", step)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** With the recovery codes. False where there was none. */
export async function removeSecondFactor(grant: StaffGrant): Promise<boolean> {
  await grant.delete("recovery_code").execute();
  return (await grant.delete("second_factor").executeTakeFirst()).numDeletedRows === 1n;
}

export async function replaceRecoveryCodes(grant: StaffGrant, macs: readonly Buffer[]): Promise<void> {
  await grant.delete("recovery_code").execute();
  await grant
    .insert(
      "recovery_code",
      macs.map((mac) => ({ mac, created_at: grant.at, used_at: null })),
    )
    .execute();
}

/** False where there is none that was not used. */
export async function takeRecoveryCode(grant: StaffGrant, mac: Buffer): Promise<boolean> {
  const done = await grant
    .update("recovery_code")
    .set({ used_at: grant.at })
    .where("mac", "=", mac)
    .where("used_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function recoveryCodesLeft(grant: StaffGrant): Promise<number> {
  const rows = await grant.selectFrom("recovery_code").select("mac").where("used_at", "is", null).execute();
  return rows.length;
}

// An identity elsewhere -------------------------------------------------------------------------------------------------

/** False where some account has this one already. */
export async function addOutside(
  grant: StaffGrant,
  { id, mac, issuer, name, sub }: { id: string; mac: Buffer; issuer: string; name: string; sub: string },
): Promise<boolean> {
  const [sealed] = await grant.seal([{ category: "staffIdentity", row: id, value: JSON.stringify({ sub, name }) }]);
  if (!sealed) throw new Error("sealing answered less than was asked");
  const added = await grant
    .insert("outside_identity", {
      id,
      identity_mac: mac,
      issuer,
      sealed_identity: sealed.sealed,
      created_at: grant.at,
      used_at: null,
    })
    .onConflict((on) => on.column("identity_mac").doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** Whose it is; null where nobody linked it. */
export async function findOutside(grant: StaffGrant, mac: Buffer): Promise<string | null> {
  const row = await grant
    .selectFrom("outside_identity")
    .select("subject_id")
    .where("identity_mac", "=", mac)
    .executeTakeFirst();
  return row?.subject_id ?? null;
}

export async function seeOutside(grant: StaffGrant, mac: Buffer): Promise<void> {
  await grant.update("outside_identity").set({ used_at: grant.at }).where("identity_mac", "=", mac).execute();
}

/** Of the grant's subject. */
export async function listOutside(grant: StaffGrant): Promise<OutsideLine[]> {
  const rows = await grant.selectFrom("outside_identity").selectAll().orderBy("created_at").execute();
  const texts = await grant.open(
    rows.map((row) => ({
      subject_id: row.subject_id,
      category: "staffIdentity",
      row: row.id,
      sealed: row.sealed_identity,
    })),
  );
  return rows.map((row, n) => ({
    id: row.id,
    issuer: row.issuer,
    name: nameIn(texts[n]),
    createdAt: row.created_at,
  }));
}

const nameIn = (text: string | null | undefined): string => (text == null ? "" : (JSON.parse(text).name ?? ""));

/** False where the grant's subject has none with this id. */
export async function removeOutside(grant: StaffGrant, id: string): Promise<boolean> {
  const { numDeletedRows } = await grant.delete("outside_identity").where("id", "=", id).executeTakeFirstOrThrow();
  await noteAccess(grant);
  return numDeletedRows === 1n;
}

/** How many ways the grant's subject has that open the door alone; `outside` counts only where there is such a service now. */
export async function countWays(grant: StaffGrant): Promise<{ password: number; passkeys: number; outside: number }> {
  const account = await grant.selectFrom("account").select("password_hash").executeTakeFirst();
  const passkeys = await grant.selectFrom("passkey").select("id").execute();
  const outside = await grant.selectFrom("outside_identity").select("id").execute();
  return { password: account?.password_hash ? 1 : 0, passkeys: passkeys.length, outside: outside.length };
}

// Accounts: who works with the register. Names and sign-in addresses are sealed; a sign-in finds its account by a keyed hash.
import type { WritingGrant } from "../../gate/gate.ts";
import { isLanguage, type Language } from "../../values/Language.ts";
import { Problem } from "../../values/problem.ts";

/** Serving grants are of one verb: the keeping of the register itself has no purposes to tell apart. */
export type StaffGrant = WritingGrant<"staff", "change">;
export type NewAccount = {
  name: string;
  login: string;
  loginMac: Buffer;
  /** null: another way is added with it. */
  passwordHash: string | null;
  language: Language;
  roles: readonly string[];
  by: string;
  /** The last day on which it works; null: none. */
  endsOn: string | null;
};
export type AccountLine = {
  id: string;
  name: string;
  login: string;
  roles: string[];
  createdAt: string;
  disabledAt: string | null;
  endsOn: string | null;
};

/** Adds the account of the grant's subject. Throws `loginTaken` where the address has one already. */
export async function addAccount(grant: StaffGrant, account: NewAccount): Promise<void> {
  const id = grant.subject;
  const [name, login] = await grant.seal([
    { category: "staffName", row: id, value: account.name },
    { category: "staffLogin", row: id, value: account.login },
  ]);
  if (!name || !login) throw new Error("sealing answered less than was asked");
  const added = await grant
    .insert("account", {
      login_mac: account.loginMac,
      sealed_name: name.sealed,
      sealed_login: login.sealed,
      password_hash: account.passwordHash,
      password_at: account.passwordHash === null ? null : grant.at,
      ends_on: account.endsOn,
      language: account.language,
      created_at: grant.at,
      created_by: account.by,
    })
    .onConflict((on) => on.column("login_mac").doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 1n) throw new Problem("loginTaken", 409);
  await addRoles(grant, account.roles, account.by);
}

async function addRoles(grant: StaffGrant, roles: readonly string[], by: string): Promise<void> {
  const rows = [...new Set(roles)].map((role) => ({ role, at: grant.at, by }));
  if (rows.length > 0) await grant.insert("account_role", rows).execute();
}

/** Replaces the roles of the grant's subject; who gave them and when stands on each row. */
export async function replaceRoles(grant: StaffGrant, roles: readonly string[], by: string): Promise<void> {
  await grant.delete("account_role").execute();
  await addRoles(grant, roles, by);
  await noteAccess(grant);
}

/** Something that gives access was taken away: the row of the account is written anew, so that the journal of the copies tells of it. */
export async function noteAccess(grant: StaffGrant): Promise<void> {
  await grant
    .update("account")
    .set((account) => ({ disabled_at: account.ref("disabled_at") }))
    .execute();
}

export async function setDisabled(grant: StaffGrant, disabled: boolean): Promise<void> {
  await grant
    .update("account")
    .set({ disabled_at: disabled ? grant.at : null })
    .execute();
}

export async function setLanguage(grant: StaffGrant, language: Language): Promise<void> {
  await grant.update("account").set({ language }).execute();
}

export async function setName(grant: StaffGrant, value: string): Promise<void> {
  const [sealed] = await grant.seal([{ category: "staffName", row: grant.subject, value }]);
  if (!sealed) throw new Error("sealing answered less than was asked");
  await grant.update("account").set({ sealed_name: sealed.sealed }).execute();
}

/** The last day on which the account of the grant's subject works; null: no end. Its sessions do not outlive it. */
export async function setEndsOn(grant: StaffGrant, endsOn: string | null, sessionsUntil: Date | null): Promise<void> {
  await grant.update("account").set({ ends_on: endsOn }).execute();
  if (sessionsUntil === null) return;
  await grant.update("session").set({ ends_at: sessionsUntil }).where("ends_at", ">", sessionsUntil).execute();
}

/** Open accounts whose last day was before this one. */
export async function endedBefore(grant: StaffGrant, day: string): Promise<string[]> {
  const rows = await grant
    .selectFrom("account")
    .select("subject_id")
    .where("ends_on", "<", day)
    .where("disabled_at", "is", null)
    .limit(1000)
    .execute();
  return rows.map(({ subject_id }) => subject_id);
}

/** What a sign-in needs of the account with this keyed hash; null where there is none. */
export async function findLogin(
  grant: StaffGrant,
  loginMac: Buffer,
): Promise<{ id: string; passwordHash: string | null } | null> {
  const row = await grant
    .selectFrom("account")
    .select(["subject_id", "password_hash"])
    .where("login_mac", "=", loginMac)
    .executeTakeFirst();
  return row ? { id: row.subject_id, passwordHash: row.password_hash } : null;
}

export async function rolesOf(grant: StaffGrant, id: string): Promise<string[]> {
  const rows = await grant.selectFrom("account_role").select("role").where("subject_id", "=", id).execute();
  return rows.map(({ role }) => role).sort();
}

/** Name and language of one account; null where there is none. */
export async function findAccount(
  grant: StaffGrant,
  id: string,
): Promise<{ name: string; language: Language; disabled: boolean; endsOn: string | null } | null> {
  const row = await grant
    .selectFrom("account")
    .select(["subject_id", "sealed_name", "language", "disabled_at", "ends_on"])
    .where("subject_id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const [name] = await grant.open([{ subject_id: id, category: "staffName", row: id, sealed: row.sealed_name }]);
  return {
    name: name ?? "",
    language: isLanguage(row.language) ? row.language : "en",
    disabled: row.disabled_at !== null,
    endsOn: row.ends_on,
  };
}

/** Names of accounts and of tokens by id; absent for what is neither. */
export async function namesOf(grant: StaffGrant, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const accounts = await grant
    .selectFrom("account")
    .select(["subject_id", "sealed_name as sealed"])
    .where("subject_id", "in", [...ids])
    .execute();
  const tokens = await grant
    .selectFrom("token")
    .select(["id", "name"])
    .where("id", "in", [...ids])
    .execute();
  const opened = await grant.open(accounts.map((row) => ({ ...row, category: "staffName", row: row.subject_id })));
  const named = accounts.flatMap(({ subject_id }, n) => (opened[n] ? [[subject_id, opened[n]] as const] : []));
  return new Map([...named, ...tokens.map(({ id, name }) => [id, name] as const)]);
}

export async function listAccounts(grant: StaffGrant): Promise<AccountLine[]> {
  const rows = await grant
    .selectFrom("account")
    .select(["subject_id", "sealed_name", "sealed_login", "created_at", "disabled_at", "ends_on"])
    .orderBy("created_at")
    .limit(1000)
    .execute();
  const roles = await grant.selectFrom("account_role").select(["subject_id", "role"]).orderBy("role").execute();
  const rolesById = Map.groupBy(roles, (row) => row.subject_id);
  const opened = await grant.open(
    rows.flatMap(({ subject_id, sealed_name, sealed_login }) => [
      { subject_id, category: "staffName", row: subject_id, sealed: sealed_name },
      { subject_id, category: "staffLogin", row: subject_id, sealed: sealed_login },
    ]),
  );
  return rows.map((row, n) => ({
    id: row.subject_id,
    name: opened[2 * n] ?? "",
    login: opened[2 * n + 1] ?? "",
    roles: (rolesById.get(row.subject_id) ?? []).map(({ role }) => role),
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString() ?? null,
    endsOn: row.ends_on,
  }));
}

/** Accounts that hold the role and can sign in without an end; the last keeper of accounts must not be closed out. */
export async function holdersOf(grant: StaffGrant, roles: readonly string[]): Promise<string[]> {
  if (roles.length === 0) return [];
  const rows = await grant
    .selectFrom("account")
    .innerJoin("account_role", "account_role.subject_id", "account.subject_id")
    .select("account.subject_id")
    .where("account_role.role", "in", roles)
    .where("account.disabled_at", "is", null)
    .where("account.ends_on", "is", null)
    .execute();
  return [...new Set(rows.map(({ subject_id }) => subject_id))];
}

export async function hasAccounts(grant: StaffGrant): Promise<boolean> {
  return (await grant.selectFrom("account").select("subject_id").limit(1).executeTakeFirst()) !== undefined;
}

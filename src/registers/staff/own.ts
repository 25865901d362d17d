// What the register holds of one of the people who use it, apart from the log.
import { listOutside, listPasskeys, recoveryCodesLeft, secondFactorOf } from "./signIn/store.ts";
import type { StaffGrant } from "./store.ts";
import { type OwnView, viewsOf } from "./views/store.ts";

export type OwnData = {
  account: {
    name: string;
    login: string;
    language: string;
    roles: { role: string; at: Date }[];
    createdAt: Date;
    disabledAt: Date | null;
    endsOn: string | null;
    passwordAt: Date | null;
  } | null;
  sessions: { device: string; way: string; startedAt: Date; seenAt: Date; endsAt: Date }[];
  passkeys: { label: string; createdAt: Date; usedAt: Date | null }[];
  secondFactor: { since: Date; codesLeft: number } | null;
  outside: { issuer: string; name: string; createdAt: Date }[];
  /** Links they gave that nobody has used yet. */
  invitations: { roles: string[]; createdAt: Date; endsAt: Date }[];
  views: OwnView[];
};

/** Of the grant's subject; `account` is null where there is none (any more). */
export async function ownData(grant: StaffGrant): Promise<OwnData> {
  const id = grant.subject;
  const row = await grant.selectFrom("account").selectAll().executeTakeFirst();
  const roles = await grant.selectFrom("account_role").select(["role", "at"]).orderBy("role").execute();
  const sessions = await grant.selectFrom("session").selectAll().orderBy("created_at").execute();
  const invitations = await grant
    .selectFrom("invitation")
    .select(["roles", "created_at", "ends_at"])
    .where("created_by", "=", id)
    .where("used_at", "is", null)
    .orderBy("created_at")
    .execute();
  const devices = await grant.open(
    sessions.map((one) => ({ subject_id: id, category: "staffDevice", row: one.id, sealed: one.sealed_device })),
  );
  const factor = await secondFactorOf(grant);
  const [name, login] = row
    ? await grant.open([
        { subject_id: id, category: "staffName", row: id, sealed: row.sealed_name },
        { subject_id: id, category: "staffLogin", row: id, sealed: row.sealed_login },
      ])
    : [];
  return {
    account: row
      ? {
          name: name ?? "",
          login: login ?? "",
          language: row.language,
          roles,
          createdAt: row.created_at,
          disabledAt: row.disabled_at,
          endsOn: row.ends_on,
          passwordAt: row.password_at,
        }
      : null,
    sessions: sessions.map((one, n) => ({
      device: devices[n] ?? "",
      way: one.way,
      startedAt: one.created_at,
      seenAt: one.seen_at,
      endsAt: one.ends_at,
    })),
    passkeys: await listPasskeys(grant),
    secondFactor: factor && { since: factor.since, codesLeft: await recoveryCodesLeft(grant) },
    outside: await listOutside(grant),
    invitations: invitations.map((one) => ({ roles: one.roles, createdAt: one.created_at, endsAt: one.ends_at })),
    views: await viewsOf(grant),
  };
}

/** The day of closing is judged by the caller; at most `most` accounts, the longest closed first. */
export async function closedBefore(
  grant: StaffGrant,
  moment: Date,
  most: number,
): Promise<{ subject: string; closedAt: Date }[]> {
  const rows = await grant
    .selectFrom("account")
    .select(["subject_id", "disabled_at"])
    .where("disabled_at", "<", moment)
    .orderBy("disabled_at")
    .limit(most)
    .execute();
  return rows.flatMap(({ subject_id, disabled_at }) =>
    disabled_at === null ? [] : [{ subject: subject_id, closedAt: disabled_at }],
  );
}

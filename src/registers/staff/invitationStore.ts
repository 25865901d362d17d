// Links that work once. The secret stands in the link's fragment, which no server log sees; here stands its digest.
import { newId } from "../../values/Uuid.ts";
import type { StaffGrant } from "./store.ts";

export type OpenInvitation = {
  id: string;
  roles: string[];
  createdAt: Date;
  createdBy: string;
  endsAt: Date;
  /** The last day of the account that it makes. */
  accountEndsOn: string | null;
  /** The account that it lets back in; null: it makes a new one. */
  accountId: string | null;
};

/** The grant's actor is written down as the one who gave it. */
export async function addInvitation(
  grant: StaffGrant,
  invitation: {
    digest: Buffer;
    roles: readonly string[];
    endsAt: Date;
    accountEndsOn: string | null;
    accountId?: string;
  },
): Promise<void> {
  await grant
    .insert("invitation", {
      digest: invitation.digest,
      id: newId(grant.at),
      created_by: grant.actor.id,
      roles: [...invitation.roles],
      created_at: grant.at,
      ends_at: invitation.endsAt,
      account_ends_on: invitation.accountEndsOn,
      account_id: invitation.accountId ?? null,
      used_at: null,
    })
    .execute();
}

/** null where there is none that still works. */
export async function openInvitation(grant: StaffGrant, digest: Buffer): Promise<{ accountId: string | null } | null> {
  const row = await grant
    .selectFrom("invitation")
    .select("account_id as accountId")
    .where("digest", "=", digest)
    .where("used_at", "is", null)
    .where("ends_at", ">", grant.at)
    .executeTakeFirst();
  return row ?? null;
}

/** Uses the invitation up and answers what it gives; null where there is none that still works. Two who press at once: one wins. */
export async function useInvitation(
  grant: StaffGrant,
  digest: Buffer,
): Promise<{ roles: string[]; endsOn: string | null } | null> {
  const used = await grant
    .update("invitation")
    .set({ used_at: grant.at })
    .where("digest", "=", digest)
    .where("used_at", "is", null)
    .where("ends_at", ">", grant.at)
    .where("account_id", "is", null)
    .returning(["roles", "account_ends_on as endsOn"])
    .executeTakeFirst();
  return used ?? null;
}

/** Uses a way back up; false where there is none for the grant's subject that still works. */
export async function useWayBack(grant: StaffGrant, digest: Buffer): Promise<boolean> {
  const used = await grant
    .update("invitation")
    .set({ used_at: grant.at })
    .where("digest", "=", digest)
    .where("used_at", "is", null)
    .where("ends_at", ">", grant.at)
    .where("account_id", "=", grant.subject)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

/** Invitations nobody has used are withdrawn: the first start's link is made anew at every start. */
export async function withdrawInvitations(grant: StaffGrant): Promise<void> {
  await grant.delete("invitation").where("used_at", "is", null).execute();
}

/** Invitations that would still make an account, the newest first. */
export async function openInvitations(grant: StaffGrant): Promise<OpenInvitation[]> {
  const rows = await grant
    .selectFrom("invitation")
    .select(["id", "roles", "created_at", "created_by", "ends_at", "account_ends_on", "account_id"])
    .where("used_at", "is", null)
    .where("ends_at", ">", grant.at)
    .orderBy("created_at", "desc")
    .limit(1000)
    .execute();
  return rows.map(({ id, roles, created_at, created_by, ends_at, account_ends_on, account_id }) => ({
    id,
    roles,
    createdAt: created_at,
    createdBy: created_by,
    endsAt: ends_at,
    accountEndsOn: account_ends_on,
    accountId: account_id,
  }));
}

/** False where there is none with this id that nobody has used. */
export async function withdrawInvitation(grant: StaffGrant, id: string): Promise<boolean> {
  const done = await grant.delete("invitation").where("id", "=", id).where("used_at", "is", null).executeTakeFirst();
  return done.numDeletedRows > 0n;
}

/**
 * What one who may no longer give accounts, or is closed, has given and nobody has used: it would make an account after their own is closed. And what
 * was given to let them back in.
 */
export async function withdrawInvitationsOf(grant: StaffGrant, id: string): Promise<void> {
  await grant
    .delete("invitation")
    .where((where) => where.or([where("created_by", "=", id), where("account_id", "=", id)]))
    .where("used_at", "is", null)
    .execute();
}

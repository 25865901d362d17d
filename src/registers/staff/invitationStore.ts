// Links that work once. The secret stands in the link's fragment, which no server log sees; here stands its digest.
import type { StaffGrant } from "./store.ts";

export async function addInvitation(
  grant: StaffGrant,
  invitation: { digest: Buffer; roles: readonly string[]; endsAt: Date },
): Promise<void> {
  await grant
    .insert("invitation", {
      digest: invitation.digest,
      roles: [...invitation.roles],
      created_at: grant.at,
      ends_at: invitation.endsAt,
      used_at: null,
    })
    .execute();
}

export async function isOpenInvitation(grant: StaffGrant, digest: Buffer): Promise<boolean> {
  const row = await grant
    .selectFrom("invitation")
    .select("digest")
    .where("digest", "=", digest)
    .where("used_at", "is", null)
    .where("ends_at", ">", grant.at)
    .executeTakeFirst();
  return row !== undefined;
}

/** Uses the invitation up and answers its roles; null where there is none that still works. Two who press at once: one wins. */
export async function useInvitation(grant: StaffGrant, digest: Buffer): Promise<string[] | null> {
  const used = await grant
    .update("invitation")
    .set({ used_at: grant.at })
    .where("digest", "=", digest)
    .where("used_at", "is", null)
    .where("ends_at", ">", grant.at)
    .returning("roles")
    .executeTakeFirst();
  return used?.roles ?? null;
}

/** Invitations nobody has used are withdrawn: the first start's link is made anew at every start. */
export async function withdrawInvitations(grant: StaffGrant): Promise<void> {
  await grant.delete("invitation").where("used_at", "is", null).execute();
}

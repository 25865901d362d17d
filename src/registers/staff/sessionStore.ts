// Sessions and bearer tokens: only the digest of the secret is kept, so that a copy of the database signs nobody in.
import { newId } from "../../values/Uuid.ts";
import type { StaffGrant } from "./store.ts";

export type SessionRow = { subject: string; createdAt: Date; seenAt: Date; endsAt: Date };

/** Opens a session of the grant's subject. */
export async function addSession(grant: StaffGrant, digest: Buffer, endsAt: Date): Promise<void> {
  await grant.insert("session", { digest, created_at: grant.at, seen_at: grant.at, ends_at: endsAt }).execute();
}

export async function findSession(grant: StaffGrant, digest: Buffer): Promise<SessionRow | null> {
  const row = await grant.selectFrom("session").selectAll().where("digest", "=", digest).executeTakeFirst();
  return row ? { subject: row.subject_id, createdAt: row.created_at, seenAt: row.seen_at, endsAt: row.ends_at } : null;
}

export async function seeSession(grant: StaffGrant, digest: Buffer): Promise<void> {
  await grant.update("session").set({ seen_at: grant.at }).where("digest", "=", digest).execute();
}

export async function endSession(grant: StaffGrant, digest: Buffer): Promise<void> {
  await grant.delete("session").where("digest", "=", digest).execute();
}

/** All sessions of the grant's subject. */
export async function endSessionsOf(grant: StaffGrant): Promise<void> {
  await grant.delete("session").where("subject_id", "=", grant.subject).execute();
}

/** Everybody's: who was signed in when a copy was made may have lost the device, or the account, since. */
export async function endAllSessions(grant: StaffGrant): Promise<void> {
  await grant.delete("session").execute();
}

/** Sessions past their end or unused since `idleSince`; invitations past their end. */
export async function clearEnded(grant: StaffGrant, idleSince: Date): Promise<void> {
  await grant
    .delete("session")
    .where((where) => where.or([where("ends_at", "<", grant.at), where("seen_at", "<", idleSince)]))
    .execute();
  await grant.delete("invitation").where("ends_at", "<", grant.at).execute();
}

export type TokenLine = { id: string; name: string; role: string; createdAt: string; revokedAt: string | null };

/** `name` says what the token is for, not whose it is. */
export async function addToken(
  grant: StaffGrant,
  token: { digest: Buffer; name: string; role: string; by: string },
): Promise<string> {
  const id = newId();
  await grant
    .insert("token", {
      id,
      digest: token.digest,
      name: token.name,
      role: token.role,
      created_at: grant.at,
      created_by: token.by,
      revoked_at: null,
    })
    .execute();
  return id;
}

/** The token with this digest that nobody has revoked. */
export async function findToken(grant: StaffGrant, digest: Buffer): Promise<{ id: string; role: string } | null> {
  const row = await grant
    .selectFrom("token")
    .select(["id", "role"])
    .where("digest", "=", digest)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return row ?? null;
}

export async function listTokens(grant: StaffGrant): Promise<TokenLine[]> {
  const rows = await grant.selectFrom("token").selectAll().orderBy("created_at").execute();
  return rows.map(({ id, name, role, created_at, revoked_at }) => ({
    id,
    name,
    role,
    createdAt: created_at.toISOString(),
    revokedAt: revoked_at?.toISOString() ?? null,
  }));
}

/** False where there is no such token that still works. */
export async function revokeToken(grant: StaffGrant, id: string): Promise<boolean> {
  const done = await grant
    .update("token")
    .set({ revoked_at: grant.at })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

// Sessions and bearer tokens: only the digest of the secret is kept, so that a copy of the database signs nobody in.
import { IDLE_MS } from "../../values/safety.ts";
import { newId } from "../../values/Uuid.ts";
import type { StaffGrant } from "./store.ts";

export type SessionRow = { id: string; subject: string; provedAt: Date; seenAt: Date; endsAt: Date };
export type SessionLine = { id: string; device: string; way: string; startedAt: Date; seenAt: Date; endsAt: Date };
export type NewSession = { digest: Buffer; way: string; device: string; endsAt: Date };

/** Opens a session of the grant's subject, who was proved now; the oldest of more than `most` end. Answers its id. */
export async function addSession(
  grant: StaffGrant,
  { digest, way, device, endsAt }: NewSession,
  most: number,
): Promise<string> {
  const id = newId(grant.at);
  const [label] = await grant.seal([{ category: "staffDevice", row: id, value: device }]);
  if (!label) throw new Error("sealing answered less than was asked");
  const moments = { created_at: grant.at, seen_at: grant.at, proved_at: grant.at, ends_at: endsAt };
  await grant.insert("session", { digest, id, way, sealed_device: label.sealed, ...moments }).execute();
  const newest = await grant
    .selectFrom("session")
    .select("id")
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
  const over = newest.slice(most).map((one) => one.id);
  if (over.length > 0) await grant.delete("session").where("id", "in", over).execute();
  return id;
}

export async function findSession(grant: StaffGrant, digest: Buffer): Promise<SessionRow | null> {
  const row = await grant.selectFrom("session").selectAll().where("digest", "=", digest).executeTakeFirst();
  if (!row) return null;
  return { id: row.id, subject: row.subject_id, provedAt: row.proved_at, seenAt: row.seen_at, endsAt: row.ends_at };
}

/** The person proved anew who they are: the secret of before opens nothing any more. False where the session has ended. */
export async function renewSession(grant: StaffGrant, id: string, digest: Buffer): Promise<boolean> {
  const done = await grant
    .update("session")
    .set({ digest, proved_at: grant.at, seen_at: grant.at })
    .where("id", "=", id)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Of the grant's subject, the last seen first. */
export async function listSessions(grant: StaffGrant): Promise<SessionLine[]> {
  const rows = await grant
    .selectFrom("session")
    .selectAll()
    .where("ends_at", ">", grant.at)
    .where("seen_at", ">", new Date(grant.at.getTime() - IDLE_MS))
    .orderBy("seen_at", "desc")
    .execute();
  const devices = await grant.open(
    rows.map((row) => ({
      subject_id: row.subject_id,
      category: "staffDevice",
      row: row.id,
      sealed: row.sealed_device,
    })),
  );
  return rows.map((row, n) => ({
    id: row.id,
    device: devices[n] ?? "",
    way: row.way,
    startedAt: row.created_at,
    seenAt: row.seen_at,
    endsAt: row.ends_at,
  }));
}

/** One of the grant's subject, or all but one. Answers how many. */
export async function endSessions(grant: StaffGrant, which: { id: string } | { but: string | null }): Promise<number> {
  const all = grant.delete("session");
  const chosen =
    "id" in which ? all.where("id", "=", which.id) : which.but === null ? all : all.where("id", "!=", which.but);
  return Number((await chosen.executeTakeFirst()).numDeletedRows);
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

// Which installation a database belongs to: the same id stands in its keyring. Asked before any gate exists.
import { type Kysely, sql } from "kysely";
import type { Tables } from "./tables.ts";

/** The installation's id; null in a database that has never been in use. */
export async function installationOf(db: Kysely<Tables>): Promise<string | null> {
  return (await db.selectFrom("installation").select("id").executeTakeFirst())?.id ?? null;
}

/** The same where the tables may not be there yet. */
export async function installationBefore(db: Kysely<Tables>): Promise<string | null> {
  const { rows } = await sql<{
    there: boolean;
  }>`select to_regclass('public.installation') is not null as there`.execute(db);
  return rows[0]?.there ? installationOf(db) : null;
}

/** As the owner, once; a second id is refused by the table. */
export async function setInstallation(owner: Kysely<Tables>, id: string, at: Date): Promise<void> {
  await owner.insertInto("installation").values({ id, created_at: at }).execute();
}

/** Does the work if no other server does it now; answers whether it did. The lock is held on a connection of its own. */
export async function alone(db: Kysely<Tables>, lock: number, work: () => Promise<void>): Promise<boolean> {
  return db.connection().execute(async (session) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${lock}) as mine`.execute(session);
    if (!rows[0]?.mine) return false;
    try {
      await work();
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(session);
    }
    return true;
  });
}

/** The text of the version in force, read before there is a description to obey; null where none has been. */
export async function latestDescription(db: Kysely<Tables>): Promise<{ text: string; since: Date } | null> {
  const row = await db
    .selectFrom("description_version")
    .select(["text", "in_force_at as since"])
    .orderBy("in_force_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

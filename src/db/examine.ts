// Questions to the catalog that `doctor` asks.
import { type Kysely, sql } from "kysely";
import { type Connection, connect } from "./connect.ts";
import type { Tables } from "./tables.ts";

export type Schema = {
  major: number;
  roles: { owner: string; app: string };
  tables: string[];
  /** The database's clock less ours. */
  clockSeconds: number;
};

export async function doctorOf(app: Kysely<Tables>, ownerAt: Connection): Promise<Schema> {
  const owner = connect(ownerAt, { max: 1, readOnly: true });
  try {
    const [told] = (
      await sql<{ role: string; tables: string[]; now: Date; version: number }>`select current_user::text as role,
        array(select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1) as tables,
        clock_timestamp() as now, current_setting('server_version_num')::int as version`.execute(app)
    ).rows;
    const [asOwner] = (await sql<{ role: string }>`select current_user::text as role`.execute(owner)).rows;
    if (!told || !asOwner) throw new Error("the catalog answered nothing");
    return {
      major: Math.floor(told.version / 10_000),
      roles: { owner: asOwner.role, app: told.role },
      tables: told.tables,
      clockSeconds: (told.now.getTime() - Date.now()) / 1000,
    };
  } finally {
    await owner.destroy();
  }
}

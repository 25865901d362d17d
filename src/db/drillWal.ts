// Everything that is committed now leaves with the archive.
import { setTimeout as pause } from "node:timers/promises";
import { type Connection, oneSession } from "./connect.ts";

const mostWaitMs = 60_000;

/** Closes the segment that is being written; true when PostgreSQL has handed it to the archive, false when that took too long. */
export async function handOverLog(superuser: Connection): Promise<boolean> {
  const session = oneSession(superuser);
  await session.connect();
  try {
    const { rows } = await session.query<{ name: string }>("select pg_walfile_name(pg_switch_wal()) as name");
    const name = rows[0]?.name ?? "";
    for (const end = performance.now() + mostWaitMs; performance.now() < end; await pause(100)) {
      const answer = await session.query<{ done: boolean }>(
        "select coalesce(left(last_archived_wal, 24) >= $1, false) as done from pg_stat_archiver",
        [name],
      );
      if (answer.rows[0]?.done) return true;
    }
    return false;
  } finally {
    await session.end();
  }
}

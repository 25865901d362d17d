// An idempotency key: the first answer is kept, for a day at least, in the business transaction itself, so that a repeated request changes nothing and is told the same.
import { sql } from "kysely";
import type { Tx } from "../db/connect.ts";
import type { JsonValue } from "../db/tables.ts";
import type { Clock } from "../values/Day.ts";
import { Problem } from "../values/problem.ts";
import type { Caller } from "./caller.ts";

/** Answers kept: status, ids and codes; what the work of a changing contract answers, never a value of a person. */
export async function once<T>(tx: Tx, caller: Caller, clock: Clock, work: () => Promise<T>): Promise<T> {
  if (!caller.once) return work();
  const { key, body, status } = caller.once;
  const at = clock.now();
  // A second request with the key waits here for the first to commit. Old keys are cleared in the night, where the clock is believed: were their age
  // judged here, a clock that jumps would let a repeated request be done twice.
  const mine =
    await sql`insert into idempotency (key_mac, body_mac, status, ids, at) values (${key}, ${body}, ${status}, 'null', ${at})
    on conflict (key_mac) do nothing
    returning 1`.execute(tx);
  if (mine.rows.length === 0) {
    const kept = await tx
      .selectFrom("idempotency")
      .select(["body_mac", "ids"])
      .where("key_mac", "=", key)
      .executeTakeFirstOrThrow();
    if (!kept.body_mac.equals(body)) throw new Problem("idempotencyConflict", 422);
    return kept.ids as T;
  }
  const answer = await work();
  await tx
    .updateTable("idempotency")
    .set({ ids: JSON.stringify(answer ?? null) as unknown as JsonValue })
    .where("key_mac", "=", key)
    .execute();
  return answer;
}

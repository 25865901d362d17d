// Refusals of marketing that outlived the person's data (GDPR Art. 21(3)): known again by a keyed hash when the address comes back.
import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/connect.ts";
import type { Keys } from "../keys/keys.ts";
import { newId } from "../values/Uuid.ts";

/** The mark by which a refusal is known again: a keyed hash of an e-mail address or a telephone number, nothing that can be read. */
export const banMark = (keys: Keys, address: string): Buffer =>
  keys.mac("ban", address.trim().normalize("NFC").toLowerCase());

/**
 * Writes what is refused for any of the addresses down as the subject's own objections. A consent in force that the subject has given since
 * the refusal outweighs it for its purpose; what a colleague types or a file brings does not (docs/decisions/0007).
 */
export async function heedBans(
  { db, keys, at }: { db: Db | Tx; keys: Keys; at: Date },
  subject: string,
  addresses: readonly string[],
): Promise<void> {
  if (addresses.length === 0) return;
  const { rows } = await sql<{ purpose: string }>`select distinct p.purpose from ban b, unnest(b.purposes) as p(purpose)
    where b.address_mac in (${sql.join(addresses.map((address) => sql`${banMark(keys, address)}`))})
      and not exists (${consentSince(subject)}) and not exists (select from objection o
        where o.subject_id = ${subject} and o.purpose = p.purpose and o.lifted_at is null)`.execute(db);
  if (rows.length === 0) return;
  const kept = rows.map(({ purpose }) => ({
    id: newId(at),
    subject_id: subject,
    purpose,
    at,
    by: "system:banList",
  }));
  await db.insertInto("objection").values(kept).execute();
}

const consentSince = (subject: string): RawBuilder<unknown> => sql`select from consent c
  where c.subject_id = ${subject} and c.purpose = p.purpose and c.withdrawn_at is null and c.given_at >= b.at`;

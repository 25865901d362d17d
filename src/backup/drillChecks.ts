// What a copy that was brought up is asked, before it may be believed that the next one can be restored too.
import type { Db } from "../db/connect.ts";
import {
  type DatabaseFacts,
  factsOf,
  namedInLedger,
  newestErased,
  sampleSealed,
  stillThere,
} from "../db/drillFacts.ts";
import { OWNED } from "../gate/owned.ts";
import type { Keys } from "../keys/keys.ts";
import { keyIdOf } from "../keys/sealed.ts";
import { Problem } from "../values/problem.ts";

const SAMPLED = 50;
const ERASED = 20;

/** What belongs to people and lasts; not what the server writes about itself all the time, nor search, which is in no copy. */
const COMPARED = [
  ...OWNED.customers.filter((table) => table !== "customer_search" && table !== "search_marker"),
  ...OWNED.invoices,
  ...OWNED.permissions,
  ...(["account", "account_role", "subject", "erasure_ledger", "description_version"] as const),
];

export const livingFacts = (db: Db, now: Date): Promise<DatabaseFacts> => factsOf(db, COMPARED, now);

/**
 * The copy has everything that was there before it was carried away and nothing that was not there after: where the register stood still meanwhile, exactly
 * as much. Throws `drillDiffers`, and `ledgerMismatch` where an erasure is not in it.
 */
export function expectAsLiving(found: DatabaseFacts, before: DatabaseFacts, after: DatabaseFacts): void {
  const missing = before.ledger.lines - found.ledger.lines;
  if (missing !== 0 || found.ledger.sum !== before.ledger.sum)
    throw new Problem("ledgerMismatch", 422, { missing: Math.max(1, missing) });
  const between = (seen: number, one: number, other: number) =>
    seen >= Math.min(one, other) && seen <= Math.max(one, other);
  const differs = Object.entries(found.rows).some(
    ([table, rows]) => !between(rows, before.rows[table] ?? 0, after.rows[table] ?? 0),
  );
  if (differs || !between(found.invoiceCents, before.invoiceCents, after.invoiceCents))
    throw new Problem("drillDiffers", 500);
}

/** Opens values of the copy through the keys in use; answers how many. Throws `drillUnreadable`. */
export async function expectReadable(copy: Db, living: Db, keys: Pick<Keys, "open">): Promise<number> {
  const sample = await sampleSealed(copy, SAMPLED);
  const opened = await keys
    .open(
      sample.map(({ register, category, row, subject, sealed }) => ({
        place: { register, category, row, subject },
        sealed,
      })),
    )
    .catch(() => null);
  if (opened === null) throw new Problem("drillUnreadable", 500, { count: sample.length });
  const shut = sample.filter((_, n) => opened[n] === null).map(({ sealed }) => keyIdOf(sealed));
  for (const plain of opened) plain?.fill(0);
  // Somebody may have been erased while we looked: then the living ledger says so.
  const erased = await namedInLedger(living, shut);
  const count = shut.filter((key) => !erased.has(key)).length;
  if (count > 0) throw new Problem("drillUnreadable", 500, { count });
  return sample.length - shut.length;
}

/** The newest erased people: their keys are gone from the keyring in use, and the copy has no row of theirs. Answers how many people. Throws `drillErased`. */
export async function expectErased(copy: Db, keys: Pick<Keys, "list">): Promise<number> {
  const lines = await newestErased(copy, ERASED);
  const gone = new Set(lines.filter(({ destroyed }) => destroyed).flatMap((line) => line.keys));
  let alive = 0;
  for (const { id } of keys.list()) if (gone.has(id)) alive += 1;
  const there = await stillThere(copy, {
    keys: lines.flatMap((line) => line.keys),
    subjects: lines.filter(({ everything }) => everything).map(({ subject_id }) => subject_id),
  });
  if (alive + there > 0) throw new Problem("drillErased", 500, { count: alive + there });
  return new Set(lines.map(({ subject_id }) => subject_id)).size;
}

import type { Gate, Steps } from "../../gate/gate.ts";
import { addDays, type Day, dayInHelsinki } from "../../values/Day.ts";
import { newId } from "../../values/Uuid.ts";
import type { Gone } from "../register.ts";
import { asRetention } from "./asRetention.ts";
import { clockIsRight } from "./clock.ts";

/** `rows`: ids where rows end one by one (invoices, proofs of consent); empty: all of the subject's. `everything`: nothing of the person was left in any register. */
export type Entry = Gone & {
  register: string;
  graceDays: number;
  rows?: readonly string[];
  anonymised?: boolean;
  everything?: boolean;
};

/** Writes the entries; answers those whose keys go at once. What was never sealed has no keys: its entry is complete as it is written. */
export async function enter(
  steps: Steps,
  entries: readonly Entry[],
  ground: string,
): Promise<{ ids: string[]; keys: string[]; dueOn: Day | null }> {
  const grant = steps.evidence();
  const today = dayInHelsinki(grant.at);
  const rows = entries.map(({ register, rule, categories, keys, graceDays, ...how }) => ({
    id: newId(grant.at),
    register,
    rule,
    categories: [...categories],
    rows: [...(how.rows ?? [])],
    anonymised: how.anonymised ?? false,
    everything: how.everything ?? false,
    keys: [...keys],
    ground,
    by: grant.actor.id,
    rows_gone_at: grant.at,
    keys_due_on: keys.length === 0 ? today : addDays(today, graceDays),
    keys_destroyed_at: keys.length === 0 ? grant.at : null,
  }));
  if (rows.length === 0) return { ids: [], keys: [], dueOn: null };
  await grant.insert("erasure_ledger", rows).execute();
  const sealed = rows.filter(({ keys }) => keys.length > 0);
  const now = sealed.filter(({ keys_due_on }) => keys_due_on <= today);
  return {
    ids: now.map(({ id }) => id),
    keys: now.flatMap(({ keys }) => keys),
    dueOn:
      sealed
        .map(({ keys_due_on }) => keys_due_on)
        .sort()
        .at(-1) ?? null,
  };
}

/**
 * Entries for keys that have no rows any more: what was sealed with them was taken away or never came to be. In older copies of the database the keys may
 * have rows, and a restore must not take these for lost. Answers the ids of the entries.
 */
export async function enterUnused(
  gate: Gate,
  keys: readonly { id: string; register: string; subject: string }[],
): Promise<string[]> {
  const now = gate.clock.now();
  const rows = [...Map.groupBy(keys, ({ register, subject }) => `${register} ${subject}`).values()].flatMap(
    (theirs) => {
      const [first] = theirs;
      if (!first) return [];
      const { register, subject } = first;
      const due = { rows_gone_at: now, keys_due_on: dayInHelsinki(now) };
      const line = { id: newId(now), subject_id: subject, register, categories: [], keys: theirs.map(({ id }) => id) };
      return [{ ...line, ...due, ground: "resealed", by: "system:retention" }];
    },
  );
  for (let n = 0; n < rows.length; n += BATCH)
    await asRetention(gate, "erase", (grant) => grant.insertMany("erasure_ledger", rows.slice(n, n + BATCH)).execute());
  return rows.map(({ id }) => id);
}

/** Destroys keys, then says that they are gone. In this order: an entry that is still open is replayed, one that said too much would leave a key for ever. */
export async function destroy(gate: Gate, ids: readonly string[], keys: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await gate.keys.destroy(keys);
  await asRetention(gate, "erase", (grant) =>
    grant
      .update("erasure_ledger")
      .set({ keys_destroyed_at: gate.clock.now() })
      .where("id", "in", [...ids])
      // Carried out once more after a restore, it stays as it was told the first time.
      .where("keys_destroyed_at", "is", null)
      .execute(),
  );
}

/**
 * Takes the keys of every open entry out of use again: the keyring keeps what is retired in memory only, and a key that waits for its grace
 * would else be given, after a restart, to values that nobody has erased, and go with them. Before anything is sealed.
 */
export async function retireOpen(gate: Gate): Promise<void> {
  gate.keys.retire(await waitingKeys(gate));
}

/** Keys of every open entry: they have no rows any more and are kept until their day. */
export async function waitingKeys(gate: Gate): Promise<string[]> {
  const rows = await asRetention(gate, "read", (grant) =>
    grant.selectFrom("erasure_ledger").select("keys").where("keys_destroyed_at", "is", null).execute(),
  );
  return rows.flatMap(({ keys }) => keys);
}

/** Calls with the keys of every entry, page by page. */
export async function eachLedgerKeys(gate: Gate, see: (keys: readonly string[]) => void): Promise<void> {
  for (let after = ""; ; ) {
    const rows = await asRetention(gate, "read", (grant) =>
      grant
        .selectFrom("erasure_ledger")
        .select(["id", "keys"])
        .$if(after !== "", (query) => query.where("id", ">", after))
        .orderBy("id")
        .limit(BATCH)
        .execute(),
    );
    see(rows.flatMap(({ keys }) => keys));
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.id;
  }
}

/** Destroys what is due of one subject and still open; false where it cannot be done now. A grace that runs is left to `replayErasures`. */
export async function finishErasures(gate: Gate, subject: string): Promise<boolean> {
  const rows = await asRetention(gate, "read", (grant) =>
    grant
      .selectFrom("erasure_ledger")
      .select(["id", "keys", "rows_gone_at", "keys_due_on"])
      .where("subject_id", "=", subject)
      .where("keys_due_on", "<=", dayInHelsinki(gate.clock.now()))
      .where("keys_destroyed_at", "is", null)
      .execute()
      .then((found) => found.filter(hadNoGrace)),
  );
  const ids = rows.map(({ id }) => id);
  const keys = rows.flatMap((row) => row.keys);
  return destroy(gate, ids, keys).then(
    () => true,
    () => false,
  );
}

const BATCH = 5000;

/** An erasure whose keys were to go with the rows: no clock says when. */
const hadNoGrace = ({ rows_gone_at, keys_due_on }: { rows_gone_at: Date; keys_due_on: string }): boolean =>
  keys_due_on <= dayInHelsinki(rows_gone_at);

/**
 * Destroys the keys of every entry that is due and still open: at start, after a crash between commit and destroying, and when a grace has run out.
 * `every`: also of completed entries, for a keyring restored from an older copy. Answers how many entries were carried out. While the clock is not believed no grace
 * ends; what had none is destroyed all the same.
 */
export async function replayErasures(gate: Gate, { every = false } = {}): Promise<number> {
  const today = dayInHelsinki(gate.clock.now());
  const right = await clockIsRight(gate);
  let count = 0;
  for (let after = ""; ; ) {
    const rows = await asRetention(gate, "read", (grant) =>
      grant
        .selectFrom("erasure_ledger")
        .select(["id", "keys", "rows_gone_at", "keys_due_on"])
        .where("keys_due_on", "<=", today)
        .$if(!every, (query) => query.where("keys_destroyed_at", "is", null))
        .$if(after !== "", (query) => query.where("id", ">", after))
        .orderBy("id")
        .limit(BATCH)
        .execute(),
    );
    const ripe = right ? rows : rows.filter(hadNoGrace);
    await destroy(
      gate,
      ripe.map(({ id }) => id),
      ripe.flatMap(({ keys }) => keys),
    );
    count += ripe.length;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return count;
    after = last.id;
  }
}

/** What the ledger says of erasures since the moment, oldest first, page by page: for a restore to carry out again. */
export async function* linesSince(gate: Gate, since: Date) {
  for (let after = ""; ; ) {
    const rows = await asRetention(gate, "read", (grant) =>
      grant
        .selectFrom("erasure_ledger")
        .select(["id", "subject_id", "register", "categories", "rows", "anonymised", "everything", "ground"])
        .where("rows_gone_at", ">=", since)
        .$if(after !== "", (query) => query.where("id", ">", after))
        .orderBy("id")
        .limit(BATCH)
        .execute(),
    );
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.id;
  }
}

/** People erased by retention on the day, by register: the daily limit counts them. */
export async function erasedOn(gate: Gate, day: Day): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const since = new Date(`${addDays(day, -1)}T00:00:00Z`);
  const rows = await asRetention(gate, "read", (grant) =>
    grant
      .selectFrom("erasure_ledger")
      .select(["register", "subject_id", "rows_gone_at"])
      .where("ground", "=", "retention")
      .where("rows_gone_at", ">=", since)
      .execute(),
  );
  const today = rows.filter(({ rows_gone_at }) => dayInHelsinki(rows_gone_at) === day);
  return new Map(
    [...Map.groupBy(today, ({ register }) => register)].map(([register, list]) => [
      register,
      new Set(list.map((row) => row.subject_id)),
    ]),
  );
}

// The erasure ledger: which keys must go, without saying what they opened. Written in the erasing transaction, completed when the keys are gone, replayed at every start.
import type { Gate, Steps, WritingGrant } from "../../gate/gate.ts";
import { addDays, type Day, dayInHelsinki } from "../../values/Day.ts";
import { newId } from "../../values/Uuid.ts";
import type { Gone } from "../register.ts";

export type Entry = Gone & { register: string; graceDays: number };

/** Writes the entries; answers those whose keys go at once. */
export async function enter(
  steps: Steps,
  entries: readonly Entry[],
  ground: string,
): Promise<{ ids: string[]; keys: string[]; dueOn: Day | null }> {
  const grant = steps.evidence();
  const today = dayInHelsinki(grant.at);
  const rows = entries
    .filter(({ keys }) => keys.length > 0)
    .map(({ register, categories, keys, graceDays }) => ({
      id: newId(grant.at),
      register,
      categories: [...categories],
      keys: [...keys],
      ground,
      by: grant.actor.id,
      rows_gone_at: grant.at,
      keys_due_on: addDays(today, graceDays),
    }));
  if (rows.length === 0) return { ids: [], keys: [], dueOn: null };
  await grant.insert("erasure_ledger", rows).execute();
  const now = rows.filter(({ keys_due_on }) => keys_due_on <= today);
  return {
    ids: now.map(({ id }) => id),
    keys: now.flatMap(({ keys }) => keys),
    dueOn:
      rows
        .map(({ keys_due_on }) => keys_due_on)
        .sort()
        .at(-1) ?? null,
  };
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
      .execute(),
  );
}

/**
 * Takes the keys of every open entry out of use again: the keyring keeps what is retired in memory only, and a key that waits for its grace
 * would else be given, after a restart, to values that nobody has erased, and go with them. Before anything is sealed.
 */
export async function retireOpen(gate: Gate): Promise<void> {
  const rows = await asRetention(gate, "read", (grant) =>
    grant.selectFrom("erasure_ledger").select("keys").where("keys_destroyed_at", "is", null).execute(),
  );
  gate.keys.retire(rows.flatMap(({ keys }) => keys));
}

/** Destroys what is due of one subject and still open; false where it cannot be done now. */
export async function finishErasures(gate: Gate, subject: string): Promise<boolean> {
  const rows = await asRetention(gate, "read", (grant) =>
    grant
      .selectFrom("erasure_ledger")
      .select(["id", "keys"])
      .where("subject_id", "=", subject)
      .where("keys_due_on", "<=", dayInHelsinki(gate.clock.now()))
      .where("keys_destroyed_at", "is", null)
      .execute(),
  );
  const ids = rows.map(({ id }) => id);
  const keys = rows.flatMap((row) => row.keys);
  return destroy(gate, ids, keys).then(
    () => true,
    () => false,
  );
}

const BATCH = 5000;

/**
 * Destroys the keys of every entry that is due and still open: at start, after a crash between commit and destroying, and when a grace has run out.
 * `every`: also of completed entries, for a keyring restored from an older copy. Answers how many entries were carried out.
 */
export async function replayErasures(gate: Gate, { every = false } = {}): Promise<number> {
  const today = dayInHelsinki(gate.clock.now());
  let count = 0;
  for (let after = ""; ; ) {
    const rows = await asRetention(gate, "read", (grant) =>
      grant
        .selectFrom("erasure_ledger")
        .select(["id", "keys"])
        .where("keys_due_on", "<=", today)
        .$if(!every, (query) => query.where("keys_destroyed_at", "is", null))
        .$if(after !== "", (query) => query.where("id", ">", after))
        .orderBy("id")
        .limit(BATCH)
        .execute(),
    );
    await destroy(
      gate,
      rows.map(({ id }) => id),
      rows.flatMap(({ keys }) => keys),
    );
    count += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return count;
    after = last.id;
  }
}

/**
 * Says that a proof of consent has gone, so that the day's limit counts its person. It was never sealed: there is no key to destroy. Written
 * after the erasure and not before: a crash between them lets one more go on that day, and the ledger never tells of what is still there.
 */
export async function noteProof(gate: Gate, { subject }: { subject: string }): Promise<void> {
  await asRetention(gate, "erase", (grant) =>
    grant
      .insertMany("erasure_ledger", [
        {
          id: newId(grant.at),
          subject_id: subject,
          register: "permissions",
          categories: ["consentProof"],
          keys: [],
          ground: "retention",
          by: grant.actor.id,
          rows_gone_at: grant.at,
          keys_due_on: dayInHelsinki(grant.at),
          keys_destroyed_at: grant.at,
        },
      ])
      .execute(),
  );
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

const asRetention = <T>(
  gate: Gate,
  verb: "read" | "erase",
  work: (grant: WritingGrant<"evidence", "change">) => Promise<T>,
): Promise<T> =>
  gate.serving(
    { actor: { kind: "system", id: "system:retention" }, requestId: newId() },
    { register: "evidence", verb, place: "retention", silent: true },
    work,
  );

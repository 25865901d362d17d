// What people say that their values should be: sealed as the values are, until somebody of the staff has decided.
import type { Grant, WritingGrant } from "../../../gate/gate.ts";
import { notFound } from "../../../values/problem.ts";
import { CORRECTION_DAYS } from "../../../values/safety.ts";
import { newId } from "../../../values/Uuid.ts";
import { readable } from "../../readable.ts";
import { type Entry, fieldsOf } from "../fields.ts";
import { changeCustomer, kindOf } from "../store.ts";
import type { Correction } from "./contract.ts";

type Reading = Grant<"customers", "read">;
type Changing = WritingGrant<"customers", "change">;
type Own = WritingGrant<"customers", "erase">;
/** What is sealed: the value as the register keeps it, and why it was not taken. */
type Said = { value: string; answer?: string };

export const MOST_SHOWN = 50;

/** What the person themselves has proposed, one a category. `answer`: why it was not taken; null while nobody has decided. */
export type Proposed = { category: string; value: string; at: Date; answer: string | null };

export async function proposedBy(grant: Own): Promise<Proposed[]> {
  const rows = await grant
    .selectFrom("customer_correction")
    .select(["id", "subject_id", "category", "sealed", "made_at", "refused_at"])
    .orderBy("made_at")
    .execute();
  const plain = await grant.open(rows.map((row) => ({ ...row, row: row.id })));
  return rows.flatMap(({ category, made_at, refused_at }, n) => {
    const said = saidIn(plain[n]);
    return said ? [{ category, value: said.value, at: made_at, answer: refused_at ? (said.answer ?? "") : null }] : [];
  });
}

/** The value that stands now, as the register keeps it; null where there is none. */
export async function standing(grant: Own, category: string): Promise<string | null> {
  const row = await grant
    .selectFrom("customer_value")
    .select(["subject_id", "category", "sealed"])
    .where("category", "=", category)
    .executeTakeFirst();
  return row ? ((await grant.open([{ ...row, row: row.subject_id }]))[0] ?? null) : null;
}

/** In the place of what the person said of the category before. */
export async function propose(grant: Own, { category, value }: { category: string; value: string }): Promise<void> {
  const id = newId(grant.at);
  const said: Said = { value };
  const [one] = await grant.seal([{ category, row: id, value: JSON.stringify(said) }]);
  if (!one) throw new Error("sealing answered less than was asked");
  await takeBack(grant, category);
  await grant
    .insert("customer_correction", { id, category, ...one, made_at: grant.at, refused_at: null, refused_by: null })
    .execute();
}

/** The person changed their mind, or has read the answer. */
export async function takeBack(grant: Own, category: string): Promise<void> {
  await grant.delete("customer_correction").where("category", "=", category).execute();
}

/** Those that wait, oldest first, with what stands now. One more than `MOST_SHOWN` says that there are more. */
export async function waitingCorrections(grant: Reading): Promise<Correction[]> {
  const rows = await grant
    .selectFrom("customer_correction")
    .leftJoin("customer_value as v", (join) =>
      join
        .onRef("v.subject_id", "=", "customer_correction.subject_id")
        .onRef("v.category", "=", "customer_correction.category"),
    )
    .select(["id", "customer_correction.subject_id", "customer_correction.category", "customer_correction.sealed"])
    .select(["made_at", "v.sealed as held"])
    .where("refused_at", "is", null)
    .where("customer_correction.category", "in", [...grant.categories])
    .orderBy("made_at")
    .orderBy("id")
    .limit(MOST_SHOWN + 1)
    .execute();
  const plain = await grant.open(rows.map((row) => ({ ...row, row: row.id })));
  const held = rows.flatMap(({ subject_id, category, held: sealed }) =>
    sealed === null ? [] : [{ subject_id, category, row: subject_id, sealed }],
  );
  const now = new Map(
    (await grant.open(held)).map((value, n) => [`${held[n]?.subject_id} ${held[n]?.category}`, value]),
  );
  const names = await namesOf(grant, [...new Set(rows.map(({ subject_id }) => subject_id))]);
  return rows.flatMap(({ id, subject_id, category, made_at }, n) => {
    const said = saidIn(plain[n]);
    if (!said) return [];
    const stands = now.get(`${subject_id} ${category}`) ?? null;
    const name = names.get(subject_id);
    return [
      {
        ...{ id, customerId: subject_id, category, proposed: readable(said.value), at: made_at.toISOString() },
        now: stands === null ? null : readable(stands),
        ...(name === undefined ? {} : { customerName: name }),
      },
    ];
  });
}

async function namesOf(grant: Reading, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const name = fieldsOf(grant.description, grant.register).find(({ fixed }) => fixed === "name")?.category;
  if (name === undefined || !grant.categories.includes(name) || subjects.length === 0) return new Map();
  const rows = await grant
    .selectFrom("customer_value")
    .select(["subject_id", "category", "sealed"])
    .where("category", "=", name)
    .where("subject_id", "in", [...subjects])
    .execute();
  const plain = await grant.open(rows.map((row) => ({ ...row, row: row.subject_id })));
  return new Map(rows.flatMap(({ subject_id }, n) => (plain[n] == null ? [] : [[subject_id, plain[n]] as const])));
}

/** The proposed value becomes the value, told by the person on their card. @throws Problem `notFound` where nobody waits for it any more */
export async function accept(
  grant: Changing,
  { id, category, source }: { id: string; category: string; source: string },
): Promise<void> {
  const kind = await kindOf(grant);
  const { value } = await waiting(grant, id, category);
  const type = fieldsOf(grant.description, grant.register).find((field) => field.category === category)?.type;
  if (type === undefined) throw notFound();
  const entry: Entry = { category, type, value };
  await changeCustomer(grant, { kind, source, ground: null, entries: [entry] });
  await grant.delete("customer_correction").where("id", "=", id).execute();
}

/** The value stays; the person reads the answer. @throws as `accept` */
export async function refuse(
  grant: Changing,
  { id, category, answer }: { id: string; category: string; answer: string },
): Promise<void> {
  await kindOf(grant);
  const { value } = await waiting(grant, id, category);
  const said: Said = { value, answer };
  const [one] = await grant.seal([{ category, row: id, value: JSON.stringify(said) }]);
  if (!one) throw new Error("sealing answered less than was asked");
  await grant
    .update("customer_correction")
    .set({ ...one, refused_at: grant.at, refused_by: grant.actor.id })
    .where("id", "=", id)
    .execute();
}

async function waiting(grant: Changing, id: string, category: string): Promise<Said> {
  const row = await grant
    .selectFrom("customer_correction")
    .select(["id", "subject_id", "category", "sealed"])
    .where("id", "=", id)
    .where("category", "=", category)
    .where("refused_at", "is", null)
    .executeTakeFirst();
  if (!row) throw notFound();
  const said = saidIn((await grant.open([{ ...row, row: row.id }]))[0]);
  if (!said) throw notFound();
  return said;
}

/** The law's longest time for an answer is over, or the answer has been there to read for as long. */
export async function clearOld(grant: Changing): Promise<void> {
  const before = new Date(grant.at.getTime() - CORRECTION_DAYS * 24 * 3_600_000);
  await grant.delete("customer_correction").where("made_at", "<", before).execute();
}

const saidIn = (text: string | null | undefined): Said | null => (text == null ? null : (JSON.parse(text) as Said));

// The rows of people's requests and of the tasks that they make. Words of the person are sealed under a key of (requests, subject), which goes with the request.
import type { Selectable } from "kysely";
import type { Tables } from "../../db/tables.ts";
import type { RequestedRight } from "../../description/terms.ts";
import type { RequestGrant } from "../../gate/requests.ts";
import type { Day } from "../../values/Day.ts";
import { notFound } from "../../values/problem.ts";
import { newId } from "../../values/Uuid.ts";
import type { RequestChannel } from "./contract.ts";
import type { NewTask } from "./tasks.ts";
import { type Written, written, writtenText } from "./written.ts";

export type RequestRow = Selectable<Tables["person_request"]>;
export type TaskRow = Selectable<Tables["request_task"]>;
/** A request with what was opened of it. */
export type Found = { row: RequestRow; words: Written | null; tasks: readonly (TaskRow & { note: string | null })[] };

export const WORDS = "requestWords";
export const FINDING = "requestFinding";
/** Whoever has more open than this needs another tool than a list. */
const MOST = 500;

export type NewRequest = {
  right: RequestedRight;
  channel: RequestChannel;
  receivedOn: Day;
  dueOn: Day;
  inRegister: boolean;
  words: Written;
};

export async function addRequest(grant: RequestGrant, made: NewRequest): Promise<string> {
  const id = newId(grant.at);
  await grant
    .insert("person_request", {
      id,
      in_register: made.inRegister,
      asked_right: made.right,
      channel: made.channel,
      received_on: made.receivedOn,
      due_on: made.dueOn,
      sealed_words: await sealOne(grant, WORDS, id, writtenText(made.words)),
      opened_at: grant.at,
      opened_by: grant.actor.id,
    })
    .execute();
  return id;
}

/** Open ones by their last day, or the newest closed ones; only of these rights. */
export async function listRows(
  grant: RequestGrant,
  view: "open" | "closed",
  rights: readonly string[],
): Promise<(RequestRow & { words: Written | null; tasksOpen: number })[]> {
  if (rights.length === 0) return [];
  const all = grant
    .selectFrom("person_request")
    .selectAll()
    .where("asked_right", "in", [...rights])
    .where("closed_at", view === "open" ? "is" : "is not", null);
  const rows = await (view === "open" ? all.orderBy("due_on") : all.orderBy("closed_at", "desc"))
    .orderBy("id")
    .limit(MOST)
    .execute();
  if (rows.length === 0) return [];
  const open = await grant
    .selectFrom("request_task")
    .select("request_id")
    .where("done_at", "is", null)
    .where(
      "request_id",
      "in",
      rows.map(({ id }) => id),
    )
    .execute();
  const waiting = Map.groupBy(open, ({ request_id }) => request_id);
  const words = await openAll(grant, WORDS, rows.map(sealedWords));
  return rows.map((row, n) => ({
    ...row,
    words: written(words[n] ?? null),
    tasksOpen: waiting.get(row.id)?.length ?? 0,
  }));
}

/** @throws Problem `notFound` */
export async function findRequest(grant: RequestGrant, id: string): Promise<Found> {
  // Two who answer at once do so one after the other.
  const row = await grant.selectFrom("person_request").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) throw notFound();
  const tasks = await tasksOf(grant, [id]);
  const [words] = await openAll(grant, WORDS, [sealedWords(row)]);
  const notes = await openAll(grant, FINDING, tasks.map(sealedNote));
  return { row, words: written(words ?? null), tasks: tasks.map((task, n) => ({ ...task, note: notes[n] ?? null })) };
}

export const tasksOf = (grant: RequestGrant, ids: readonly string[]): Promise<TaskRow[]> =>
  grant
    .selectFrom("request_task")
    .selectAll()
    .where("request_id", "in", [...ids])
    .orderBy("made_at")
    // Systems first: where one looks oneself.
    .orderBy("kind", "desc")
    .orderBy("place")
    .execute();

/** What a step writes; the state follows from it. */
export type Step = Partial<Omit<RequestRow, "id" | "subject_id" | "sealed_words">>;

export async function step(grant: RequestGrant, id: string, set: Step): Promise<void> {
  await grant.update("person_request").set(set).where("id", "=", id).execute();
}

export async function addTasks(grant: RequestGrant, request: string, tasks: readonly NewTask[]): Promise<void> {
  if (tasks.length === 0) return;
  const rows = tasks.map(({ kind, place, registers }) => ({
    ...{ id: newId(grant.at), request_id: request, kind, place, registers: [...registers] },
    made_at: grant.at,
  }));
  await grant.insert("request_task", rows).execute();
}

/** @throws Problem `notFound` */
export async function doTask(
  grant: RequestGrant,
  { request, task, found, note }: { request: string; task: string; found: "found" | "nothing"; note: string },
): Promise<void> {
  const { numUpdatedRows } = await grant
    .update("request_task")
    .set({
      found,
      sealed_note: note === "" ? null : await sealOne(grant, FINDING, task, note),
      done_at: grant.at,
      done_by: grant.actor.id,
    })
    .where("id", "=", task)
    .where("request_id", "=", request)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw notFound();
}

/** The request under another subject, sealed with that one's key; nobody uses the former key any more, and the collector of keys destroys it. */
export async function moveTo(from: RequestGrant, to: RequestGrant, { row, words }: Found): Promise<void> {
  await from.delete("person_request").where("id", "=", row.id).execute();
  const { subject_id: _, sealed_words: __, ...rest } = row;
  const sealed = words === null ? null : await sealOne(to, WORDS, row.id, writtenText(words));
  await to.insert("person_request", { ...rest, in_register: true, sealed_words: sealed }).execute();
}

async function sealOne(grant: RequestGrant, category: string, row: string, value: string): Promise<Buffer> {
  const [sealed] = await grant.seal([{ category, row, value }]);
  if (!sealed) throw new Error("what a person wrote was not sealed");
  return sealed.sealed;
}

type SealedRow = { id: string; subject_id: string; sealed: Buffer | null };
export const sealedWords = ({ id, subject_id, sealed_words: sealed }: RequestRow): SealedRow => ({
  ...{ id, subject_id, sealed },
});
export const sealedNote = ({ id, subject_id, sealed_note: sealed }: TaskRow): SealedRow => ({
  ...{ id, subject_id, sealed },
});

/** In order; null where nothing was sealed, or the key is gone. */
export async function openAll(
  grant: RequestGrant,
  category: string,
  rows: readonly SealedRow[],
): Promise<(string | null)[]> {
  const there = rows.flatMap(({ id: row, subject_id, sealed }) =>
    sealed === null ? [] : [{ category, row, subject_id, sealed }],
  );
  const opened = await grant.open(there);
  const byRow = new Map(there.map(({ row }, n) => [row, opened[n] ?? null]));
  return rows.map(({ id }) => byRow.get(id) ?? null);
}

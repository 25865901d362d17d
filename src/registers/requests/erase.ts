// How requests end: with their person what was written and found goes, with their own period the rest.
import type { Steps } from "../../gate/gate.ts";
import { REQUEST_CATEGORIES } from "../../gate/owned.ts";
import { keyIdOf } from "../../keys/sealed.ts";
import type { Gone } from "../register.ts";
import { FINDING, openAll, type RequestRow, sealedNote, sealedWords, type TaskRow, tasksOf, WORDS } from "./store.ts";

type Grant = ReturnType<Steps["requests"]>;
/** What is sealed of requests stands under one rule, their own. */
export const RULE = "requests";

/**
 * With the last of a person's data the words of closed requests go at once. An open one keeps its words until it is closed, because its answer still has to reach
 * somebody; the night after, they go too (`forgetClosed`). What remains says that somebody asked, when and how it was answered, and names nobody.
 */
export async function forgetPerson(grant: Grant): Promise<Gone[]> {
  await grant.update("person_request").set({ person_gone_at: grant.at }).where("person_gone_at", "is", null).execute();
  return forgetClosed(grant);
}

/** Takes the words of closed requests whose person is gone. */
export async function forgetClosed(grant: Grant): Promise<Gone[]> {
  const rows = await all(grant);
  const going = rows.filter(({ closed_at, person_gone_at }) => closed_at !== null && person_gone_at !== null);
  const ids = going.map(({ id }) => id);
  if (ids.length === 0) return [];
  const tasks = await tasksOf(grant, ids);
  const sealed = going.some(({ sealed_words }) => sealed_words) || tasks.some(({ sealed_note }) => sealed_note);
  if (!sealed) return [];
  await grant.update("person_request").set({ sealed_words: null }).where("id", "in", ids).execute();
  await grant.update("request_task").set({ sealed_note: null }).where("request_id", "in", ids).execute();
  return [await retire(grant)];
}

/** Whole requests, with their tasks. */
export async function deleteRequests(grant: Grant, ids: readonly string[]): Promise<Gone[]> {
  if (ids.length === 0) return [];
  await grant
    .delete("request_task")
    .where("request_id", "in", [...ids])
    .execute();
  await grant
    .delete("person_request")
    .where("id", "in", [...ids])
    .execute();
  return [await retire(grant)];
}

/** Seals anew what stands under keys that `isFormer`. */
export async function renewRequests(grant: Grant, isFormer: (key: string) => boolean): Promise<void> {
  const rows = await all(grant);
  const tasks = await tasksIn(grant, rows);
  const former = (sealed: Buffer | null) => sealed !== null && isFormer(keyIdOf(sealed));
  if (rows.some(({ sealed_words }) => former(sealed_words)) || tasks.some(({ sealed_note }) => former(sealed_note)))
    await sealAll(grant, rows, tasks);
}

const all = (grant: Grant): Promise<RequestRow[]> => grant.selectFrom("person_request").selectAll().execute();
const tasksIn = async (grant: Grant, rows: readonly RequestRow[]): Promise<TaskRow[]> =>
  rows.length === 0
    ? []
    : tasksOf(
        grant,
        rows.map(({ id }) => id),
      );

/** The subject's keys go out of use; what stays is sealed with a new one first, so that what went is unreadable in every copy. */
async function retire(grant: Grant): Promise<Gone> {
  const keys = await grant.retireKeys(RULE);
  const rows = await all(grant);
  await sealAll(grant, rows, await tasksIn(grant, rows));
  return { rule: RULE, categories: [...REQUEST_CATEGORIES], keys };
}

async function sealAll(grant: Grant, rows: readonly RequestRow[], tasks: readonly TaskRow[]): Promise<void> {
  const words = await openAll(grant, WORDS, rows.map(sealedWords));
  const notes = await openAll(grant, FINDING, tasks.map(sealedNote));
  for (const [n, { id }] of rows.entries()) {
    const sealed = await again(grant, WORDS, id, words[n]);
    if (sealed) await grant.update("person_request").set({ sealed_words: sealed }).where("id", "=", id).execute();
  }
  for (const [n, { id }] of tasks.entries()) {
    const sealed = await again(grant, FINDING, id, notes[n]);
    if (sealed) await grant.update("request_task").set({ sealed_note: sealed }).where("id", "=", id).execute();
  }
}

async function again(grant: Grant, category: string, row: string, value: string | null | undefined) {
  if (value == null) return null;
  const [sealed] = await grant.sealAgain([{ category, row, value, rule: RULE }]);
  return sealed?.sealed ?? null;
}

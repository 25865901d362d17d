// A person's requests in the access package: what they asked, how it was answered, and what was found on paper.
import { requestPeriodOf } from "../../description/requests.ts";
import type { Steps } from "../../gate/gate.ts";
import { addPeriod, dayInHelsinki, formatDay, parseDay } from "../../values/Day.ts";
import type { HeldItem, Voice } from "../register.ts";
import { labelOf } from "./shown.ts";
import { stateOf } from "./states.ts";
import { FINDING, openAll, type RequestRow, sealedNote, sealedWords, tasksOf, WORDS } from "./store.ts";
import { type Written, written } from "./written.ts";

export async function exportRequests(grant: ReturnType<Steps["requests"]>, voice: Voice): Promise<HeldItem[]> {
  const { words: w, language } = voice;
  const rows = await grant.selectFrom("person_request").selectAll().orderBy("opened_at").execute();
  if (rows.length === 0) return [];
  const tasks = await tasksOf(
    grant,
    rows.map(({ id }) => id),
  );
  const words = await openAll(grant, WORDS, rows.map(sealedWords));
  const notes = await openAll(grant, FINDING, tasks.map(sealedNote));
  const period = requestPeriodOf(grant.description);
  return rows.flatMap((row, n) => {
    const until = row.closed_at === null || period === null ? null : addPeriod(dayInHelsinki(row.closed_at), period);
    const about = { at: row.opened_at.toISOString(), keepUntil: until, basis: "legalObligation" };
    const text = textOf(written(words[n] ?? null));
    const found = tasks.flatMap((task, place): HeldItem[] => {
      if (task.request_id !== row.id || task.found === null) return [];
      const where = labelOf(grant.description, task, language);
      const value = [w(`request.found.${task.found}`, { where }), notes[place]].filter(Boolean).join("\n");
      return [{ category: "requestFinding", value, ...about, at: (task.done_at ?? row.opened_at).toISOString() }];
    });
    return [
      { category: "request", value: told(row, voice), ...about },
      ...(text === "" ? [] : [{ category: "requestWords", value: text, ...about }]),
      ...found,
    ];
  });
}

const textOf = (words: Written | null): string =>
  words === null ? "" : [words.name, words.replyTo, words.asks].filter((part) => part !== "").join("\n");

function told(row: RequestRow, { words: w, language }: Voice): string {
  const day = (iso: string) => formatDay(parseDay(iso), language);
  const identity = row.identity_method === null ? [] : [w(`request.identity.${row.identity_method}`)];
  const answered =
    row.outcome === null || row.answered_on === null
      ? []
      : [w(`request.outcome.${row.outcome}`, { day: day(row.answered_on) })];
  const ground = row.refusal_ground === null ? [] : [w(`request.refusal.${row.refusal_ground}`)];
  return [
    w("request.asked", {
      right: w(`request.right.${row.asked_right}`),
      day: day(row.received_on),
      channel: w(`request.channel.${row.channel}`),
      due: day(row.due_on),
    }),
    w(`request.state.${stateOf(row)}`),
    ...identity,
    ...answered,
    ...ground,
  ].join("\n");
}

// What people have asked of their own data. A request is not data of the customer relation: no erasure takes it whole, it is the proof that the person was answered
// (GDPR Art. 5(2)), and it ends by a period of its own (`requests.kept`).
import { requestPeriodOf } from "../../description/requests.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { OWNED } from "../../gate/owned.ts";
import { addPeriod, type Day, dayInHelsinki } from "../../values/Day.ts";
import { neverDue, type Register, sealing } from "../register.ts";
import { forgetPerson, renewRequests } from "./erase.ts";
import { exportRequests } from "./export.ts";

export const requests: Register = {
  ...neverDue,
  ...sealing("requests"),
  name: "requests",
  tables: OWNED.requests,
  apart: {
    person_request:
      "that somebody asked, when, and how they were answered stays as proof without their words, until the period of requests.kept ends",
    request_task: "where was looked for whom stays with its request; what was written of it goes with the person",
  },
  exportOf: (steps, voice) => exportRequests(steps.requests(), voice),
  eraseOf: async (steps, _, all) => (all ? forgetPerson(steps.requests()) : []),
  renew: (steps, isFormer) => renewRequests(steps.requests(), isFormer),
};

const reading = { register: "requests", verb: "read", place: "requests", silent: true } as const;
const system = () => systemCaller("retention");

export type Ended = { subject: string; id: string };
const MOST = 1000;

/** Closed requests whose period has ended before the day; none where the description names no period. */
export async function requestsOver(gate: Gate, day: Day): Promise<Ended[]> {
  const period = requestPeriodOf(gate.inForce().description);
  if (period === null) return [];
  const rows = await gate.serving(system(), reading, (grant) =>
    grant
      .selectFrom("person_request")
      .select(["id", "subject_id", "closed_at"])
      .where("closed_at", "is not", null)
      .orderBy("closed_at")
      .limit(MOST)
      .execute(),
  );
  return rows.flatMap(({ id, subject_id, closed_at }) =>
    closed_at !== null && addPeriod(dayInHelsinki(closed_at), period) < day ? [{ subject: subject_id, id }] : [],
  );
}

/** People who are gone and whose closed requests still say their words. */
export async function wordsLeft(gate: Gate): Promise<string[]> {
  const rows = await gate.serving(system(), reading, (grant) =>
    grant
      .selectFrom("person_request")
      .select("subject_id")
      .distinct()
      .where("closed_at", "is not", null)
      .where("person_gone_at", "is not", null)
      .where("sealed_words", "is not", null)
      .limit(MOST)
      .execute(),
  );
  return rows.map(({ subject_id }) => subject_id);
}

export type Waiting = { open: number; late: number };

/** Open requests, and those whose last day has passed. */
export async function waitingRequests(gate: Gate): Promise<Waiting> {
  const today = dayInHelsinki(gate.clock.now());
  const rows = await gate.serving(systemCaller("proofs"), reading, (grant) =>
    grant.selectFrom("person_request").select(["due_on"]).where("outcome", "is", null).execute(),
  );
  return { open: rows.length, late: rows.filter(({ due_on }) => due_on < today).length };
}

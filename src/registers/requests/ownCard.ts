// What a person asks on their own card: a request like the others, with the day by which it is answered.
import type { Description } from "../../description/schema.ts";
import type { Steps } from "../../gate/gate.ts";
import { type Day, dayInHelsinki, parseDay } from "../../values/Day.ts";
import { daysOf } from "./shown.ts";
import { addRequest } from "./store.ts";

export type Asked = { askedOn: Day; dueOn: Day };

/** The oldest that nobody has answered. */
export async function waitingErasure(steps: Pick<Steps, "requests">): Promise<Asked | null> {
  const row = await steps
    .requests()
    .selectFrom("person_request")
    .select(["received_on", "due_on"])
    .where("asked_right", "=", "erasure")
    .where("outcome", "is", null)
    .where("closed_at", "is", null)
    .orderBy("received_on")
    .executeTakeFirst();
  return row ? { askedOn: parseDay(row.received_on), dueOn: parseDay(row.due_on) } : null;
}

/** For the steps' own subject, counted from today (GDPR Art. 12(3)). */
export async function openErasure(
  steps: Pick<Steps, "requests" | "at">,
  description: Description,
  { name, replyTo }: { name: string; replyTo: string },
): Promise<void> {
  const receivedOn = dayInHelsinki(steps.at);
  const { last } = daysOf(description, { asked_right: "erasure", received_on: receivedOn });
  await addRequest(steps.requests(), {
    ...{ right: "erasure", channel: "ownCard", receivedOn, dueOn: last, inRegister: true },
    words: { name, replyTo, asks: "" },
  });
}

import { Verb } from "../../description/terms.ts";
import { type Day, isDay } from "../../values/Day.ts";
import { isUuid } from "../../values/Uuid.ts";

export const decisions = ["allowed", "refused"] as const;
/** What the list is narrowed to. Ids only: the address stands in the browser's history. */
export type EventSearch = {
  subject?: string;
  decision?: (typeof decisions)[number];
  actor?: string;
  verb?: Verb;
  register?: string;
  flow?: string;
  source?: string;
  purpose?: string;
  from?: Day;
  to?: Day;
  /** The program's own acts too: they are many, and seldom what is looked for. */
  own?: "shown";
};

const NAME = /^[\w:.-]{1,80}$/;
const named = (value: unknown) => (typeof value === "string" && NAME.test(value) ? value : undefined);
const dayed = (value: unknown) => (typeof value === "string" && isDay(value) ? value : undefined);

/** What the address says of the log; anything else in it is as if it said nothing. */
export function eventSearch(given: Record<string, unknown>): EventSearch {
  const { subject, decision, verb } = given;
  return present({
    subject: typeof subject === "string" && isUuid(subject) ? subject : undefined,
    decision: decisions.find((each) => each === decision),
    actor: named(given.actor),
    verb: Verb.options.find((each) => each === verb),
    register: named(given.register),
    flow: named(given.flow),
    source: named(given.source),
    purpose: named(given.purpose),
    from: dayed(given.from),
    to: dayed(given.to),
    own: given.own === "shown" ? "shown" : undefined,
  });
}

/** Of one person everything is told, also what the program did: it may be their erasure. */
export const hidesOwn = ({ own, subject, actor }: EventSearch): boolean =>
  own === undefined && subject === undefined && actor === undefined;

/** Without what says nothing, so that the address stays short. */
export const present = (asked: { [K in keyof EventSearch]: EventSearch[K] | undefined }): EventSearch =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));

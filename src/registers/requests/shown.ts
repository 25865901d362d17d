// A request as it is answered: its state, the days left, and what has been done.
import { requestPeriodOf } from "../../description/requests.ts";
import type { Description, Text } from "../../description/schema.ts";
import { RequestedRight } from "../../description/terms.ts";
import { inLanguage } from "../../description/text.ts";
import { type AnswerDays, answerDays } from "../../values/AnswerDay.ts";
import { addPeriod, type Day, dayInHelsinki, daysBetween, parseDay } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import {
  ExtensionReason,
  IdentityMethod,
  type PersonRequest,
  RefusalGround,
  RequestChannel,
  type RequestLine,
  RequestOutcome,
  type RequestStep,
  type RequestTask,
} from "./contract.ts";
import { stateOf } from "./states.ts";
import type { Found, RequestRow, TaskRow } from "./store.ts";
import { cameThrough } from "./tasks.ts";
import type { Written } from "./written.ts";

/** Who did it, by id; the log's own id where the name is not known. */
export type NameOf = (id: string) => string;

export function lineOf(
  description: Description,
  row: RequestRow & { words: Written | null; tasksOpen: number },
  today: Day,
): RequestLine {
  const { target } = daysOf(description, row);
  return {
    id: row.id,
    right: RequestedRight.parse(row.asked_right),
    channel: RequestChannel.parse(row.channel),
    state: stateOf(row),
    name: row.words?.name ?? null,
    receivedOn: row.received_on,
    targetOn: target,
    dueOn: row.due_on,
    daysLeft: daysBetween(today, parseDay(row.due_on)),
    extended: row.extended_at !== null,
    tasksOpen: row.tasksOpen,
    outcome: row.outcome === null ? null : RequestOutcome.parse(row.outcome),
    closedAt: moment(row.closed_at),
  };
}

export function requestShown(
  description: Description,
  { row, words, tasks }: Found,
  { today, nameOf, language }: { today: Day; nameOf: NameOf; language: Language },
): PersonRequest {
  const tasksOpen = tasks.filter(({ done_at }) => done_at === null).length;
  const days = daysOf(description, row);
  const kept = requestPeriodOf(description);
  const channel = RequestChannel.parse(row.channel);
  return {
    ...lineOf(description, { ...row, words, tasksOpen }, today),
    customerId: row.in_register && row.person_gone_at === null ? row.subject_id : null,
    subjectId: row.subject_id,
    replyTo: words?.replyTo ?? null,
    asks: words?.asks ?? null,
    identityMethod: row.identity_method === null ? null : IdentityMethod.parse(row.identity_method),
    extensionReason: row.extension_reason === null ? null : ExtensionReason.parse(row.extension_reason),
    couldExtendTo: row.extended_at === null && row.outcome === null ? days.extended : null,
    packageAt: moment(row.package_at),
    erasedAt: moment(row.erased_at),
    refusalGround: row.refusal_ground === null ? null : RefusalGround.parse(row.refusal_ground),
    complaintTold: row.complaint_told,
    answeredOn: row.answered_on,
    tasks: tasks.map((task) => ({
      ...{ id: task.id, kind: kindOf(task), place: task.place, registers: task.registers },
      label: labelOf(description, task, language),
      cameThrough: cameThrough(description, channel, { kind: kindOf(task), place: task.place }),
      found: task.found === "found" || task.found === "nothing" ? task.found : null,
      note: task.note,
      doneAt: moment(task.done_at),
      doneBy: task.done_by === null ? null : nameOf(task.done_by),
    })),
    history: historyOf(row, nameOf),
    keptUntil: row.closed_at === null || kept === null ? null : addPeriod(dayInHelsinki(row.closed_at), kept),
  };
}

/** Counted from the day of receipt by what the description promises now. */
export function daysOf(
  { rights }: Description,
  { asked_right, received_on }: Pick<RequestRow, "asked_right" | "received_on">,
): AnswerDays {
  const { deadline = "P1M", extension } = rights[RequestedRight.parse(asked_right)] ?? {};
  return answerDays(parseDay(received_on), { deadline, extension });
}

/** Rows that name an actor. */
export const actorsOf = ({ row, tasks }: Found): string[] => [
  ...historyOf(row, (id) => id).map(({ by }) => by),
  ...tasks.flatMap(({ done_by }) => done_by ?? []),
];

function historyOf(row: RequestRow, nameOf: NameOf): PersonRequest["history"] {
  const steps: readonly [RequestStep, Date | null, string | null][] = [
    ["opened", row.opened_at, row.opened_by],
    ["identityAsked", row.identity_asked_at, row.identity_asked_by],
    ["identified", row.identified_at, row.identified_by],
    ["extended", row.extended_at, row.extended_by],
    ["packaged", row.package_at, row.package_by],
    ["erased", row.erased_at, row.erased_by],
    ["answered", row.answered_at, row.answered_by],
    ["closed", row.closed_at, row.closed_by],
  ];
  return steps
    .flatMap(([step, at, by]) => (at === null || by === null ? [] : [{ step, at, by }]))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ step, at, by }) => ({ step, at: at.toISOString(), by: nameOf(by) }));
}

const moment = (at: Date | null): string | null => at?.toISOString() ?? null;

export const kindOf = ({ kind }: TaskRow): RequestTask["kind"] =>
  kind === "processor" || kind === "recipient" ? kind : "system";

/** The place's own name; its id where the description does not name it any more. */
export function labelOf(description: Description, { kind, place }: TaskRow, language: Language): string {
  const named = (of: Readonly<Record<string, { label: Text }>>) => {
    const found = Object.hasOwn(of, place) ? of[place] : undefined;
    return found === undefined ? place : inLanguage(description, found.label, language);
  };
  if (kind === "processor") return named(description.processors);
  if (kind === "system") return named(description.systems);
  const to = Object.hasOwn(description.flows, place) ? description.flows[place]?.to : undefined;
  return to && "recipient" in to ? inLanguage(description, to.recipient, language) : named(description.flows);
}

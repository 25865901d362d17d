// Until when a request of a person about their own data is answered (GDPR Art. 12(3)), counted as Regulation 1182/71 counts.
import periods from "./answer-periods.json" with { type: "json" };
import { addPeriod, type Day, parseDay, periodParts } from "./Day.ts";
import { legalLastDay } from "./Holiday.ts";
import { Problem } from "./problem.ts";

/** What the company promises; ISO 8601 periods. No `extension`: it promises to need none. */
export type Promised = { deadline: string; extension?: string | undefined };
export type AnswerDays = {
  /** The strict day: the period itself, whatever day of the week it ends on. What one aims for. */
  target: Day;
  /** The last day by law: `target` or the next working day. */
  last: Day;
  /** The last day after an extension (Art. 12(3), second sentence), counted from the receipt too; null where none is promised. */
  extended: Day | null;
  /** The statute of the period. */
  source: string;
};

/**
 * The days of a request received on the day. A promise longer than the law allows is cut to what it allows.
 * @throws Problem `requestBeforeLaw` (422) for a day before the law came into force, `invalid.period`
 */
export function answerDays(received: Day, promised: Promised): AnswerDays {
  const law = periods.periods.findLast(({ from }) => parseDay(from) <= received);
  if (!law) throw new Problem("requestBeforeLaw", 422);
  const answer = shorter(received, promised.deadline, law.answer);
  const further = promised.extension === undefined ? null : shorter(received, promised.extension, law.extension);
  return {
    target: addPeriod(received, answer),
    last: legalLastDay(received, answer),
    extended: further === null ? null : legalLastDay(received, together(answer, further)),
    source: law.source,
  };
}

const shorter = (from: Day, one: string, other: string): string =>
  addPeriod(from, one) <= addPeriod(from, other) ? one : other;

/** Two periods as one, so that the 31st is not lost on the way over February. */
function together(one: string, other: string): string {
  const [a, b] = [periodParts(one), periodParts(other)];
  const date = `P${a.years + b.years}Y${a.months + b.months}M${a.weeks + b.weeks}W${a.days + b.days}D`;
  return a.hours + b.hours > 0 ? `${date}T${a.hours + b.hours}H` : date;
}

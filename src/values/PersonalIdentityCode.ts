import { type Day, dayOf, daysInMonth } from "./Day.ts";
import { invalid } from "./problem.ts";

declare const codeBrand: unique symbol;

/** A checked Finnish personal identity code: 11 characters, upper case, the separator being part of the identity. */
export type PersonalIdentityCode = string & { readonly [codeBrand]: true };

export type CodeFault = "format" | "date" | "individualNumber" | "checkCharacter" | "temporary" | "future";

/** There is no field for sex and there never may be: the number says nothing about it that could be relied on (HE 132/2022). */
export type CodeCheck =
  | { ok: true; code: PersonalIdentityCode; bornDay: Day; temporary: boolean }
  | { ok: false; fault: CodeFault };

const CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const centuryOfSeparator: Record<string, number> = { "+": 1800 };
for (const separator of "-YXWVU") centuryOfSeparator[separator] = 1900;
for (const separator of "ABCDEF") centuryOfSeparator[separator] = 2000;

const shape = /^(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(\d{3})([0-9A-FHJ-NPR-Y])$/;
const anyDash = /[\u2010-\u2015\u2212]/g;

/**
 * Spaces away, any dash as a hyphen, ASCII letters in upper case. A missing separator is never put in its place: since 2023
 * (decree 690/2022) two living people may differ by it alone, and the guess would open another person's card.
 */
export function normalisePersonalIdentityCode(text: string): string {
  return text
    .replace(/\s/g, "")
    .replace(anyDash, "-")
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function bornDayOf(date: number, month: number, year: number): Day | undefined {
  const real = month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
  return real ? dayOf(year, month, date) : undefined;
}

function isChecked(text: string, checkCharacter: string): text is PersonalIdentityCode {
  const number = Number(text.slice(0, 6) + text.slice(7, 10));
  return CHECK_CHARACTERS[number % 31] === checkCharacter;
}

/**
 * Checks a code (decree 128/2010 with its amendment 690/2022: date, separator of the century, individual number 002-899, check character).
 * Numbers 900-999 are temporary or artificial and refused unless `allowTemporary`. Someone born after `today` is refused.
 */
export function checkPersonalIdentityCode(
  text: string,
  { today, allowTemporary = false }: { today: Day; allowTemporary?: boolean },
): CodeCheck {
  const normal = text.length > 64 ? "" : normalisePersonalIdentityCode(text);
  const parts = shape.exec(normal);
  const century = centuryOfSeparator[parts?.[4] ?? ""];
  if (!parts || century === undefined) return { ok: false, fault: "format" };
  const bornDay = bornDayOf(Number(parts[1]), Number(parts[2]), century + Number(parts[3]));
  if (!bornDay) return { ok: false, fault: "date" };
  const individualNumber = Number(parts[5]);
  if (individualNumber < 2) return { ok: false, fault: "individualNumber" };
  if (!isChecked(normal, parts[6] ?? "")) return { ok: false, fault: "checkCharacter" };
  const temporary = individualNumber >= 900;
  if (temporary && !allowTemporary) return { ok: false, fault: "temporary" };
  if (bornDay > today) return { ok: false, fault: "future" };
  return { ok: true, code: normal, bornDay, temporary };
}

/** @throws Problem `invalid.personalIdentityCode.<fault>`, without the code itself. */
export function parsePersonalIdentityCode(
  text: string,
  options: { today: Day; allowTemporary?: boolean },
): PersonalIdentityCode {
  const check = checkPersonalIdentityCode(text, options);
  if (!check.ok) throw invalid(`personalIdentityCode.${check.fault}`);
  return check.code;
}

/** What a screen shows until somebody asks with a purpose: not even the birth date is left, it is personal too. */
export function maskPersonalIdentityCode(_code: string): string {
  return "••••••-••••";
}

/** A place in a text (UTF-16 offsets, end exclusive). `certain`: date, number and check character hold; otherwise it only looks like a code. */
export type FoundCode = { start: number; end: number; certain: boolean };

const inText =
  /(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d(?:\s?[-+\u00ad\u2010-\u2015\u2212]\s?|[A-FU-Y])\d{3}[0-9A-FHJ-NPR-Y](?![0-9A-Za-z])/gi;

/**
 * Personal identity codes in free text, for what guards mail and uploads. Temporary and future ones count too: the guard must not leak
 * one because a form would refuse it. Every repetition is bounded, so the time is linear in the length of the text.
 */
export function findPersonalIdentityCodes(text: string): FoundCode[] {
  const farFuture = dayOf(2099, 12, 31);
  return Array.from(text.matchAll(inText), (match) => {
    const candidate = match[0].replaceAll("\u00ad", "-");
    const { ok } = checkPersonalIdentityCode(candidate, { today: farFuture, allowTemporary: true });
    return { start: match.index, end: match.index + match[0].length, certain: ok };
  });
}

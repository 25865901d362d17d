// How the values of a customer and the categories of the description meet: built-in types have fixed names in the API, a company's own categories stand under `own`.
import type { Description } from "../../description/schema.ts";
import { type CategoryType, isAddress } from "../../description/terms.ts";
import { parseBusinessId } from "../../values/BusinessId.ts";
import { type Day, parseDay } from "../../values/Day.ts";
import { parseEmail } from "../../values/Email.ts";
import { parseIban } from "../../values/Iban.ts";
import { checkPersonalIdentityCode, parsePersonalIdentityCode } from "../../values/PersonalIdentityCode.ts";
import { parsePhone } from "../../values/Phone.ts";
import { normalisePostalAddress } from "../../values/PostalAddress.ts";
import { invalid } from "../../values/problem.ts";
import { prefixes, queryWords, searchWords } from "../../values/text.ts";
import { Address, type CustomerValues } from "./contract.ts";

export const FIXED = [
  "name",
  "email",
  "phone",
  "businessId",
  "billingAddress",
  "deliveryAddress",
  "personalIdentityCode",
] as const;
export type Fixed = (typeof FIXED)[number];
export type Field = { category: string; type: CategoryType; fixed: Fixed | null };
/** A value as a register keeps it: text; an address is JSON. null removes it. */
export type Entry = { category: string; type: CategoryType; value: string | null };

/** The fields of a register in its own order; orders and other contents that are not a customer's values are left out. */
export function fieldsOf(description: Description, register: string): Field[] {
  const taken = new Set<string>();
  return (description.registers[register]?.categories ?? []).flatMap((category) => {
    const type = description.categories[category]?.type;
    if (type === undefined || CONTENTS.has(type)) return [];
    const fixed = FIXED.find((name) => name === type && !taken.has(name)) ?? null;
    if (fixed) taken.add(fixed);
    return [{ category, type, fixed }];
  });
}

const CONTENTS: ReadonlySet<CategoryType> = new Set([
  "orders",
  "invoices",
  "document",
  "message",
  "calendarEntry",
  "paymentHistory",
]);

type Given = { [F in Fixed]?: string | Address | null | undefined } & {
  /** An address of one's own category may come as the card shows it: JSON. */
  own?: Record<string, string | Address | null> | undefined;
};

/** The entries that a body names, each normalised by its type. Throws Problem `invalid.…` without the value, or `refused.unknownCategory` by the gate later. */
export function entriesOf(fields: readonly Field[], given: Given, today: Day): Entry[] {
  const entries: Entry[] = [];
  for (const { category, type, fixed } of fields) {
    const value = fixed ? given[fixed] : given.own?.[category];
    if (value !== undefined)
      entries.push({ category, type, value: value === null ? null : normalise(type, value, today) });
  }
  return entries;
}

/** Category ids that a body names, known or not, and which of them it takes away: what the policy is asked about before anything is opened. */
export function categoriesNamed(fields: readonly Field[], given: Given): { categories: string[]; removes: string[] } {
  const fixed = FIXED.map(
    (name) => [fields.find((field) => field.fixed === name)?.category ?? name, given[name]] as const,
  );
  const named = [...fixed, ...Object.entries(given.own ?? {})].filter(([, value]) => value !== undefined);
  return {
    categories: named.map(([category]) => category),
    removes: named.filter(([, value]) => value === null).map(([category]) => category),
  };
}

function normalise(type: CategoryType, value: string | Address, today: Day): string {
  if (isAddress(type)) return JSON.stringify(normalisePostalAddress(addressOf(value)));
  if (typeof value !== "string") throw invalid("postalAddress");
  switch (type) {
    case "email":
      return parseEmail(value);
    case "phone":
      return parsePhone(value);
    case "businessId":
      return parseBusinessId(value);
    case "personalIdentityCode":
      return parsePersonalIdentityCode(value, { today, allowTemporary: true });
    case "iban":
      return parseIban(value);
    case "day":
      return parseDay(value);
    case "number":
      if (!/^-?\d{1,15}([.,]\d{1,6})?$/.test(value)) throw invalid("number");
      return value.replace(",", ".");
    case "yesNo":
      if (value !== "yes" && value !== "no") throw invalid("yesNo");
      return value;
    default:
      return value.normalize("NFC");
  }
}

/** Text that is no address would be kept, and then break every search that reads it. */
function addressOf(value: string | Address): Address {
  if (typeof value !== "string") return value;
  try {
    return Address.parse(JSON.parse(value));
  } catch {
    throw invalid("postalAddress");
  }
}

/** The opened values of one subject as the API shows them. */
export function shown(fields: readonly Field[], values: ReadonlyMap<string, string>): CustomerValues {
  const out: Record<string, unknown> = {};
  const own: Record<string, string> = {};
  for (const { category, type, fixed } of fields) {
    const value = values.get(category);
    if (value === undefined) continue;
    if (!fixed) own[category] = value;
    else out[fixed] = isAddress(type) ? (JSON.parse(value) as Address) : value;
  }
  return { ...out, ...(Object.keys(own).length > 0 ? { own } : {}) };
}

export const townOf = (value: string): string => (JSON.parse(value) as Address).town;

// Search ------------------------------------------------------------------------------------------------------------
const LONGEST = 12;
/** What a value is found by: "p" the beginning of a word, "=" a whole word or code, "d" the last digits. */
export function searchTerms(type: CategoryType, value: string): string[] {
  switch (type) {
    case "name":
    case "email":
    case "text":
    case "identifier":
      return searchWords(value).flatMap((word) => prefixes(word, 1, LONGEST).map((start) => `p${start}`));
    case "billingAddress":
    case "deliveryAddress": {
      const { town, postalCode } = JSON.parse(value) as Address;
      return [...searchWords(town), ...searchWords(postalCode)].map((word) => `=${word}`);
    }
    case "phone": {
      const digits = value.replace(/\D/g, "");
      return [4, 5, 6, 7, 8, 9].filter((n) => n <= digits.length).map((n) => `d${digits.slice(-n)}`);
    }
    case "personalIdentityCode":
    case "businessId":
    case "iban":
      return [`=${value}`];
    default:
      return [];
  }
}

/** One thing that must match, by every term that would mean it; a hit has one of them for every thing asked. */
export type Wanted = { text: string; terms: readonly string[] };

export function wantedBy(search: string, today: Day): Wanted[] {
  const code = checkPersonalIdentityCode(search, { today, allowTemporary: true });
  if (code.ok) return [{ text: code.code, terms: [`=${code.code}`] }];
  const trimmed = search.trim();
  if (/^\d{7}-\d$/.test(trimmed)) return [{ text: trimmed, terms: [`=${trimmed}`] }];
  if (/^\+?[\d\s()-]{4,}$/.test(trimmed)) {
    const digits = trimmed
      .replace(/\D/g, "")
      .replace(/^(00358|358|0)/, "")
      .slice(-9);
    if (digits.length >= 4)
      return [
        {
          text: digits,
          terms: [`d${digits}`, `=${digits}`, `p${trimmed.replace(/\D/g, "")}`, `=${trimmed.replace(/\D/g, "")}`],
        },
      ];
  }
  return queryWords(trimmed)
    .slice(0, 8)
    .map((word) => ({ text: word, terms: [`p${Array.from(word).slice(0, LONGEST).join("")}`, `=${word}`] }));
}

/** Its tokens are of a beginning only, so that a hit may be of another word. */
export const isCut = ({ text }: Wanted): boolean => Array.from(text).length > LONGEST;

/** Whether an opened value really holds what was wanted: tokens cut long words short, the value does not. */
export function matches(type: CategoryType, value: string, { text, terms }: Wanted): boolean {
  const held = searchTerms(type, value);
  if (!terms.some((term) => held.includes(term))) return false;
  if (Array.from(text).length <= LONGEST || !PREFIXED.has(type)) return true;
  return searchWords(value).some((word) => word.startsWith(text));
}
const PREFIXED: ReadonlySet<CategoryType> = new Set(["name", "email", "text", "identifier"]);

// What every sentence needs: the company's own labels in one language, lists, periods, days, places.
import type { Description, Text } from "../description/schema.ts";
import { UNKNOWN } from "../description/terms.ts";
import { inLanguage } from "../description/text.ts";
import { dayInHelsinki, formatDay, parseDay, periodParts } from "../values/Day.ts";
import { type Language, localeOf } from "../values/Language.ts";
import type { Words } from "../values/words.ts";
import { words } from "./words.ts";

export type Location = Description["systems"][string]["location"];
type Labelled = { label: Text };

export type Say = ReturnType<typeof say>;

/** The voice of one document: a description in one language. */
export function say(description: Description, language: Language) {
  const w: Words = words(language);
  const company = description.controller.name.split(" ")[0] ?? "";

  const text = (value: Text): string => inLanguage(description, value, language);
  const inside = (label: string): string => insideSentence(label, company);
  const list = (items: readonly string[]): string => joined(items, w("list.and"), w);
  const either = (items: readonly string[]): string => joined(items, w("list.or"), w);
  const labels = (of: Readonly<Record<string, Labelled>>, ids: readonly string[]): string =>
    list(ids.map((id) => labelOf(of, id)));
  const labelOf = (of: Readonly<Record<string, Labelled>>, id: string): string => {
    const found = Object.hasOwn(of, id) ? of[id] : undefined;
    return inside(found === undefined ? w("unknown") : text(found.label));
  };
  /** A period in the form that the sentence asks for: a language inflects it, so each form has words of its own. */
  const period = (iso: string, form: "length" | "during" | "within" | "every" = "length"): string => {
    const parts = Object.entries(periodParts(iso)).filter(([, count]) => count > 0);
    return list(parts.map(([unit, count]) => w(`period.${form}.${unit}`, { count })));
  };
  const day = (iso: string): string => formatDay(parseDay(iso), language);
  const moment = (iso: string): string => {
    const at = new Date(iso);
    return w("moment", { day: formatDay(dayInHelsinki(at), language), time: clock(at, language) });
  };
  const dayAt = (iso: string): string => formatDay(dayInHelsinki(new Date(iso)), language);
  const country = (code: string): string =>
    new Intl.DisplayNames([localeOf(language)], { type: "region" }).of(code) ?? code;
  const known = (value: string | undefined): string =>
    value === undefined || value === UNKNOWN ? w("unknown") : value;
  const place = (location: Location | undefined): string => {
    if (location === undefined || location === UNKNOWN) return w("unknown");
    if ("country" in location) return country(location.country);
    if ("area" in location) return w(`area.${location.area}`);
    return inside(text("premises" in location ? location.premises : location.carried));
  };
  return {
    description,
    language,
    w,
    text,
    inside,
    list,
    either,
    labels,
    labelOf,
    period,
    day,
    dayAt,
    moment,
    country,
    known,
    place,
  };
}

/** A label inside a sentence or a list. Acronyms and names that begin with `company` keep their capital. */
export function insideSentence(label: string, company = ""): string {
  if (company !== "" && label.startsWith(company)) return label;
  return /^(\p{Lu}\p{Ll}|E-\p{Ll})/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/**
 * "a, b ja c". Parts that hold a conjunction get another before the last; where they hold both, or a comma outside brackets,
 * semicolons keep them apart.
 */
export function joined(items: readonly string[], conjunction: string, w: Words): string {
  const last = items.at(-1);
  if (last === undefined) return w("list.none");
  if (items.length === 1) return last;
  const body = items.join(" ").replace(/\([^)]*\)/g, "");
  if (/[,;]/.test(body) || body.includes(` ${w("list.andAlso")} `)) return items.join("; ");
  const and = body.includes(` ${conjunction} `) ? w("list.andAlso") : conjunction;
  return `${items.slice(0, -1).join(", ")} ${and} ${last}`;
}

function clock(at: Date, language: Language): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Helsinki",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
  return language === "en" ? parts : parts.replace(":", ".").replace(/^0/, "");
}

/** A whole sentence: capital at the start, a full stop at the end, no doubled one. */
export function sentence(text: string): string {
  const bare = text.trim();
  const start = bare.charAt(0).toUpperCase() + bare.slice(1);
  return /[.!?…](["”»)])?$/.test(start) ? start : `${start}.`;
}

/** Sentences one after the other; the empty ones fall away. */
export const paragraph = (...parts: readonly (string | undefined | false)[]): string =>
  parts.flatMap((part) => (part === undefined || part === false || part === "" ? [] : [sentence(part)])).join(" ");

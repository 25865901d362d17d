// What every answer is written with: the example, another that lends what the first one lacks, and the company's languages.
import type { Day } from "../../values/Day.ts";
import type { Json } from "../rewrite.ts";
import type { AllAnswers, Service } from "./answers.ts";
import type { Places } from "./examples.ts";
import { mapAt, mapIn, set, type Values } from "./values.ts";
import type { Voice } from "./words.ts";

export type Beginning = {
  at: Places;
  /** An example that has everything, in all languages, with the new company's name. */
  lender: Values;
  voice: Voice;
  today: Day;
  answers: AllAnswers;
};

/** An element of another example, in this company's languages; without why it stood there. */
export const lent = ({ lender, voice }: Beginning, heading: string, id: string): Values =>
  mapIn(voice.lent(mapAt(lender, [heading])[id]));

/** Adds an element where there is none. */
export const ensure = (values: Values, heading: string, id: string, element: Values): Values =>
  Object.hasOwn(mapAt(values, [heading]), id) ? values : set(values, [heading, id], element);

/** ISO 3166-1 country, or an area, of a service that somebody else runs. */
export function locationOf(where: Service["where"]): Json {
  if (where === "finland") return { country: "FI" };
  if (where === "eea") return { area: "EEA" };
  return where === "outside" ? { area: "world" } : "unknown";
}

export const safeguardOf = ({ voice }: Beginning, { where, safeguard }: Service): Values =>
  where === "outside" && safeguard ? { safeguard: voice.text((w) => w(`safeguard.${safeguard}`)) } : {};

/** GDPR Art. 28(3): made on a day, made and the day unknown, none, or nobody knows. */
export function agreementOf({ agreement, agreementDay }: Service): Json {
  return agreement === "made" ? { day: agreementDay ?? "unknown" } : agreement;
}

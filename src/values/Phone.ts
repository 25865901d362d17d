import { isSupportedCountry, type PhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { invalid } from "./problem.ts";

declare const phoneBrand: unique symbol;

/** A phone number as E.164, "+358401234567". */
export type Phone = string & { readonly [phoneBrand]: true };

function read(text: string, country: string): PhoneNumber | undefined {
  if (text.length > 40 || !isSupportedCountry(country)) return undefined;
  // Without `extract: false` the library would pick a number out of a sentence and drop the rest unsaid.
  const found = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  return found?.isValid() ? found : undefined;
}

const isE164 = (text: string): text is Phone => /^\+[1-9]\d{4,14}$/.test(text);

/**
 * Reads a number as people write it; without a country code it is of `country` (ISO 3166, Finland). Short numbers such as 112 are no customer's.
 * @throws Problem `invalid.phone`
 */
export function parsePhone(text: string, country = "FI"): Phone {
  const number: string = read(text, country)?.number ?? "";
  if (!isE164(number)) throw invalid("phone");
  return number;
}

export function isPhone(text: string): text is Phone {
  return read(text, "FI")?.number === text;
}

/** For people: "040 1234567" at home, "+46 8 123 456 78" abroad. */
export function formatPhone(phone: Phone, country = "FI"): string {
  const found = read(phone, country);
  if (!found) return phone;
  return found.country === country ? found.formatNational() : found.formatInternational();
}

/** True when a text message surely arrives: a mobile number, by the numbering plan of its country. */
export function canReceiveText(phone: Phone): boolean {
  return read(phone, "FI")?.getType() === "MOBILE";
}

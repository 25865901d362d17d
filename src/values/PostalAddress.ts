import { type Language, localeOf } from "./Language.ts";
import { invalid } from "./problem.ts";

/** A postal address in its parts (payment files demand town and country apart). `country` is ISO 3166-1 alpha-2; the code is text: 00100. */
export type PostalAddress = { street: string; postalCode: string; town: string; country: string };

const tidy = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();

/** Finnish: five digits from 00002; Åland (AX, or FI with 22…): 22 and three digits. */
export function isFinnishPostalCode(text: string, country: "FI" | "AX" = "FI"): boolean {
  return country === "AX" ? /^22\d{3}$/.test(text) : /^\d{5}$/.test(text) && Number(text) >= 2;
}

/**
 * Tidies spaces, writes the country in capitals (Finland when empty) and takes a country prefix ("FI-00100") off the code.
 * @throws Problem `invalid.postalAddress` when the street, town or country is missing, `invalid.postalCode`
 */
export function normalisePostalAddress(address: Omit<PostalAddress, "country"> & { country?: string }): PostalAddress {
  const country = tidy(address.country ?? "").toUpperCase() || "FI";
  const [street, town] = [tidy(address.street), tidy(address.town)];
  const written = tidy(address.postalCode).toUpperCase();
  const postalCode = written.startsWith(`${country}-`) ? written.slice(country.length + 1) : written;
  if (!street || !town || !/^[A-Z]{2}$/.test(country)) throw invalid("postalAddress");
  const finnish = country === "FI" || country === "AX";
  const fits = finnish ? isFinnishPostalCode(postalCode, country) : /^[0-9A-Z][0-9A-Z -]{0,9}$|^$/.test(postalCode);
  if (!fits) throw invalid("postalCode");
  return { street, postalCode, town, country };
}

/** The lines of an envelope: street, code and town in capitals, and abroad the country in the reader's language. */
export function formatPostalAddress(
  { street, postalCode, town, country }: PostalAddress,
  language: Language,
): string[] {
  const locale = localeOf(language);
  const place = `${postalCode} ${town.toLocaleUpperCase(locale)}`.trim();
  if (country === "FI" || country === "AX") return [street, place];
  const name = new Intl.DisplayNames([locale], { type: "region" }).of(country) ?? country;
  return [street, place, name.toLocaleUpperCase(locale)];
}

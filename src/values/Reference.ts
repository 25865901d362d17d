import { mod97CheckDigits } from "./mod97.ts";
import { invalid } from "./problem.ts";

function checkDigit731(body: string): string {
  const weights = [7, 3, 1];
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (weights[at % 3] ?? 0), 0);
  return String((10 - (sum % 10)) % 10);
}

/** A Finnish reference number (viitenumero): 4-20 digits, the last a check digit by the weights 7, 3, 1 from the right; never all zeros. */
export function isNationalReference(text: string): boolean {
  return /^\d{4,20}$/.test(text) && !/^0+$/.test(text) && checkDigit731(text.slice(0, -1)) === text.at(-1);
}

/** Adds the check digit to 3-19 digits. Leading zeros mean nothing to banks and go. @throws Problem `invalid.reference` */
export function nationalReference(body: string): string {
  const digits = body.replace(/^0+/, "");
  if (!/^\d{3,19}$/.test(digits)) throw invalid("reference");
  return digits + checkDigit731(digits);
}

/** Any creditor reference of ISO 11649: RF, two check digits, 1-21 letters and digits. */
export function isRfReference(text: string): boolean {
  return /^RF\d{2}[0-9A-Z]{1,21}$/.test(text) && mod97CheckDigits("RF", text.slice(4)) === text.slice(2, 4);
}

/** An RF reference whose body is a Finnish reference number: the only kind to put on one's own invoice, since Finnish banks match no other. */
export function isFinnishRfReference(text: string): boolean {
  return isRfReference(text) && isNationalReference(text.slice(4));
}

/** "20260001230" -> "RF3620260001230". @throws Problem `invalid.reference` */
export function rfReference(national: string): string {
  const digits = national.replace(/^0+/, "");
  if (!isNationalReference(digits)) throw invalid("reference");
  return `RF${mod97CheckDigits("RF", digits)}${digits}`;
}

/**
 * What payments and invoices are matched by: the national number without spaces, RF and leading zeros; an ISO reference that is not
 * Finnish stays whole and matches nothing of ours. @throws Problem `invalid.reference`
 */
export function normaliseReference(text: string): string {
  const bare = text.replace(/\s/g, "").toUpperCase();
  const iso = isRfReference(bare);
  const national = (iso ? bare.slice(4) : bare).replace(/^0+/, "");
  if (isNationalReference(national)) return national;
  if (iso) return bare;
  throw invalid("reference");
}

/** For people: national numbers in fives from the right ("2 02600 01230"), RF in fours from the left ("RF36 2026 0001 230"). */
export function formatReference(text: string): string {
  const bare = text.replace(/\s/g, "");
  if (bare.startsWith("RF")) return bare.replace(/.{4}(?=.)/g, "$& ");
  return bare.replace(/^0+/, "").replace(/\B(?=(?:\d{5})+$)/g, " ");
}

import table from "./iban-lengths.json" with { type: "json" };
import { mod97CheckDigits } from "./mod97.ts";
import { invalid } from "./problem.ts";

declare const ibanBrand: unique symbol;

/** A checked IBAN without spaces, upper case. */
export type Iban = string & { readonly [ibanBrand]: true };

const lengths = new Map<string, number>(Object.entries(table.lengths));

/** The Finnish account number (14 digits) ends with a Luhn digit over the thirteen before it. */
function hasFinnishCheckDigit(accountNumber: string): boolean {
  let sum = 0;
  for (let at = 0; at < 13; at++) {
    const weighted = Number(accountNumber[at]) * (at % 2 === 0 ? 2 : 1);
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return /^\d{14}$/.test(accountNumber) && (10 - (sum % 10)) % 10 === Number(accountNumber[13]);
}

/** True for an IBAN (ISO 13616) of the right length for its country and with right check digits; a Finnish one must hold its own check digit too. */
export function isIban(text: string): text is Iban {
  const found = /^([A-Z]{2})(\d{2})([0-9A-Z]{10,30})$/.exec(text);
  const [country = "", checkDigits, account = ""] = found?.slice(1) ?? [];
  if (lengths.get(country) !== text.length || mod97CheckDigits(country, account) !== checkDigits) return false;
  return country !== "FI" || hasFinnishCheckDigit(account);
}

/** Reads an IBAN as people write it, with spaces and in either case. @throws Problem `invalid.iban` */
export function parseIban(text: string): Iban {
  const bare = text.replace(/\s/g, "").toUpperCase();
  if (!isIban(bare)) throw invalid("iban");
  return bare;
}

/** In fours: "FI21 1234 5600 0007 85". */
export function formatIban(iban: Iban): string {
  return iban.replace(/.{4}(?=.)/g, "$& ");
}

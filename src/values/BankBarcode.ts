import { type Day, dayOf } from "./Day.ts";
import { type Iban, isIban } from "./Iban.ts";
import { type Cents, requireCents } from "./Money.ts";
import { invalid } from "./problem.ts";
import { isFinnishRfReference, isNationalReference } from "./Reference.ts";

/** What a bank barcode says. `amountCents` and `dueDay` are null when the payer fills them in; the reference is national (without leading zeros) or RF. */
export type BankPayment = { iban: Iban; amountCents: Cents | null; reference: string; dueDay: Day | null };

const MOST_CENTS = 99_999_999;

/**
 * The 54 digits of the Finnish bank barcode (Finance Finland's guide 5.3): version 4 for a national reference, 5 for RF.
 * An amount that is missing, negative or over 999 999.99 € is written as zeros, for the payer to fill in.
 * @throws Problem `invalid.iban` unless Finnish, `invalid.reference`, `invalid.money`
 */
export function bankBarcode({ iban, amountCents, reference, dueDay }: BankPayment): string {
  if (!iban.startsWith("FI")) throw invalid("iban");
  const fits = amountCents !== null && requireCents(amountCents) > 0 && amountCents <= MOST_CENTS;
  const account = iban.slice(2);
  const amount = String(fits ? amountCents : 0).padStart(8, "0");
  const due = dueDay === null ? "000000" : dueDay.slice(2).replaceAll("-", "");
  if (isFinnishRfReference(reference)) {
    return `5${account}${amount}${reference.slice(2, 4)}${reference.slice(4).padStart(21, "0")}${due}`;
  }
  if (!isNationalReference(reference)) throw invalid("reference");
  return `4${account}${amount}000${reference.padStart(20, "0")}${due}`;
}

/** Reads the digits back; the two-digit year is taken as 20YY. @throws Problem `invalid.bankBarcode`, or `invalid.day` for an unreal due day */
export function parseBankBarcode(digits: string): BankPayment {
  const found = /^([45])(\d{16})(\d{8})(\d{23})(\d{2})(\d{2})(\d{2})$/.exec(digits);
  const [version = "", account = "", amount = "", written = "", year = "", month = "", date = ""] =
    found?.slice(1) ?? [];
  const iban = `FI${account}`;
  const national = version === "5" ? written.slice(2).replace(/^0+/, "") : written.replace(/^0+/, "");
  const reference = version === "5" ? `RF${written.slice(0, 2)}${national}` : national;
  if (!isIban(iban) || !(isNationalReference(reference) || isFinnishRfReference(reference)))
    throw invalid("bankBarcode");
  const noDueDay = `${year}${month}${date}` === "000000";
  return {
    iban,
    amountCents: Number(amount) || null,
    reference,
    dueDay: noDueDay ? null : dayOf(2000 + Number(year), Number(month), Number(date)),
  };
}

/** The Code 128-C symbol values of an even number of digits: start 105, the pairs, the check mod 103, stop 106. @throws Problem `invalid.bankBarcode` */
export function code128cSymbols(digits: string): number[] {
  if (!/^(?:\d\d)+$/.test(digits)) throw invalid("bankBarcode");
  const pairs = (digits.match(/\d\d/g) ?? []).map(Number);
  const check = (105 + pairs.reduce((sum, pair, at) => sum + (at + 1) * pair, 0)) % 103;
  return [105, ...pairs, check, 106];
}

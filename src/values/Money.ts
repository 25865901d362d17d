import type { Language } from "./Language.ts";
import { invalid } from "./problem.ts";

/** Money is an integer number of euro cents, never a fraction: 0.1 + 0.2 does not belong on an invoice. */
export type Cents = number;

const NO_BREAK_SPACE = "\u00a0";
const MINUS = "\u2212";

/** Throws Problem `invalid.money` unless the number is a whole number of cents that JavaScript counts exactly. */
export function requireCents(cents: number): Cents {
  if (!Number.isSafeInteger(cents)) throw invalid("money");
  return cents === 0 ? 0 : cents;
}

/** numerator / denominator as a whole number, a half going away from zero so that a credit note mirrors its invoice. Denominator > 0. */
export function roundHalfAwayFromZero(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/**
 * A quantity with at most three decimals as whole thousandths: "1,5", "1.5" and 1.5 are 1500.
 * A number is read through its shortest decimal writing, so that 1.1 is 1100 and not 1100.0000000000002.
 * @throws Problem `invalid.quantity`
 */
export function quantityThousandths(quantity: string | number): number {
  const found = /^(-?)(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(String(quantity).trim());
  if (!found) throw invalid("quantity");
  const thousandths = Number(found[2]) * 1000 + Number((found[3] ?? "").padEnd(3, "0"));
  return found[1] && thousandths !== 0 ? -thousandths : thousandths;
}

/** quantity × unit price, exact until the one rounding to cents. @throws Problem `invalid.quantity`, `invalid.money` */
export function multiplyCents(quantity: string | number, unitPriceCents: Cents): Cents {
  const product = BigInt(quantityThousandths(quantity)) * BigInt(requireCents(unitPriceCents));
  return requireCents(Number(roundHalfAwayFromZero(product, 1000n)));
}

/** VAT on top of a price without VAT; the rate in thousandths (25.5 % = 255). */
export function vatOfNet(netCents: Cents, permille: number): Cents {
  return requireCents(Number(roundHalfAwayFromZero(BigInt(requireCents(netCents)) * BigInt(permille), 1000n)));
}

/** VAT contained in a price with VAT; net = gross − this. */
export function vatOfGross(grossCents: Cents, permille: number): Cents {
  const numerator = BigInt(requireCents(grossCents)) * BigInt(permille);
  return requireCents(Number(roundHalfAwayFromZero(numerator, BigInt(1000 + permille))));
}

export function sumCents(amounts: Iterable<Cents>): Cents {
  let sum = 0;
  for (const cents of amounts) sum = requireCents(sum + requireCents(cents));
  return sum;
}

/** "1234.50", or "1234,50" with a comma: for files (UBL has the point, Finvoice the comma), with an ASCII minus. */
export function decimalCents(cents: Cents, separator: "." | "," = "."): string {
  const digits = String(Math.abs(requireCents(cents))).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}${separator}${digits.slice(-2)}`;
}

/** For people: `1 234,50 €` in Finnish and Swedish (no-break spaces), `€1,234.50` in English. */
export function formatCents(cents: Cents, language: Language): string {
  const sign = cents < 0 ? MINUS : "";
  const [euros = "", decimals = ""] = decimalCents(Math.abs(cents)).split(".");
  const grouped = euros.replace(/\B(?=(?:\d{3})+$)/g, language === "en" ? "," : NO_BREAK_SPACE);
  return language === "en" ? `${sign}€${grouped}.${decimals}` : `${sign}${grouped},${decimals}${NO_BREAK_SPACE}€`;
}

/** What a person typed ("1 234,50 €", "12.5", "-3") as cents. Spaces group thousands; a comma or a point is the decimal mark. @throws Problem `invalid.money` */
export function parseCents(text: string): Cents {
  const bare = text.replace(/[\s€]/g, "").replace(MINUS, "-");
  const found = /^(-?)(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(bare);
  if (!found) throw invalid("money");
  const cents = requireCents(Number(found[2]) * 100 + Number((found[3] ?? "").padEnd(2, "0")));
  return found[1] && cents !== 0 ? -cents : cents;
}

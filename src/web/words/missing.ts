// What an invoice still lacks (`missing` of invoices and of their preview), in words.
import type { useWords } from "./words.tsx";

const facts = ["businessId", "address", "iban", "vatRegistered", "buyerName", "buyerAddress"] as const;

export function missingWord(t: ReturnType<typeof useWords>["t"], code: string): string {
  const known = facts.find((each) => each === code);
  return known ? t(`missing.${known}`) : code;
}

// What an invoice still lacks (`missing` of invoices and of their preview), in words.
import { localeOf } from "../../values/Language.ts";
import { useWords } from "./words.tsx";

const ofSeller = ["businessId", "address", "iban", "vatRegistered"] as const;
const ofBuyer = ["buyerName", "buyerAddress"] as const;

/** "myyjän osoite ja myyjän tilinumero" */
export function useMissingWords(): (codes: readonly string[]) => string {
  const { t, language } = useWords();
  return (codes) => {
    const said = codes.map((code) => {
      const known = [...ofSeller, ...ofBuyer].find((each) => each === code);
      return known ? t(`missing.${known}`) : code;
    });
    return new Intl.ListFormat(localeOf(language), { type: "conjunction" }).format(said);
  };
}

/** The seller is told of in the description, the buyer on the customer's page. */
export const lacksOfSeller = (codes: readonly string[]): boolean => ofSeller.some((each) => codes.includes(each));
export const lacksOfBuyer = (codes: readonly string[]): boolean => ofBuyer.some((each) => codes.includes(each));

import { useState } from "react";
import type { Address, Customer } from "../../registers/customers/contract.ts";
import { isDay } from "../../values/Day.ts";
import { formatPostalAddress } from "../../values/PostalAddress.ts";
import { phoneShown } from "../../values/phoneShown.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useWords, type WordsOfNow } from "../words/words.tsx";
import { categoryOf } from "./draft.ts";
import { IdentityCode } from "./IdentityCode.tsx";
import { ValueRow } from "./ValueRow.tsx";
import { type Row, rowsOf } from "./values.ts";

/** Every value of the card, each on a line that tells its origin and can be changed where it stands. */
export function CustomerValues({ customer }: { customer: Customer }) {
  const allowed = useMay();
  // What a restriction or the purpose hides is not missing: only what may be seen can be said not to be there, and added.
  const seesAll = customer.restricted === null;
  const may = (act: string) => seesAll && allowed(act) && allowed(act.replace("change", "read"));
  const { labels } = useLabels();
  const words = useWords();
  const [editing, setEditing] = useState<string | null>(null);
  const code = categoryOf(labels, "personalIdentityCode");
  const mayHoldCode = customer.kind === "person" && may(`change customers ${code}`);
  return (
    <dl className="facts">
      {rowsOf(customer, labels, may).map((row) => (
        <ValueRow
          key={row.category}
          customer={customer}
          row={row}
          shown={shownOf(row, words)}
          editing={editing === row.category}
          onEdit={(on) => setEditing(on ? row.category : null)}
        />
      ))}
      {(customer.masked.includes(code) || mayHoldCode) && (
        <IdentityCode
          customer={customer}
          category={code}
          held={customer.masked.includes(code)}
          mayChange={mayHoldCode}
        />
      )}
    </dl>
  );
}

/** A value as a person reads it. */
export function shownOf(row: Row, { t, day, language }: WordsOfNow): string | undefined {
  if (row.value === undefined) return undefined;
  if (row.at === "address") return addressLine(row.value, language);
  if (row.at === "own" && row.type === "day" && isDay(row.value)) return day(row.value);
  if (row.at === "own" && row.type === "yesNo") return row.value === "yes" ? t("yes") : t("no");
  return row.at === "text" && row.key === "phone" ? phoneShown(row.value) : row.value;
}

const addressLine = (address: Address, language: WordsOfNow["language"]) =>
  formatPostalAddress(address, language).join(", ");

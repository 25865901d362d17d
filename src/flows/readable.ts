// A carried value as a person reads it before it moves.

import { invoiceWords } from "../documents/invoiceWords.ts";
import type { Snapshot } from "../registers/invoices/snapshot.ts";
import { type Day, formatDay } from "../values/Day.ts";
import { type Language, localeOf } from "../values/Language.ts";
import { formatCents } from "../values/Money.ts";
import { formatPermille } from "../values/Vat.ts";

/** What of the order goes along: a sentence for the delivery, then one a line. */
export function readableOrder(
  { rows, priceIncludesVat, deliveredOn }: Pick<Snapshot, "rows" | "priceIncludesVat"> & { deliveredOn: Day },
  language: Language,
): string[] {
  const w = invoiceWords(language);
  const quantity = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 3 });
  const priced = w(priceIncludesVat ? "preview.withVat" : "preview.withoutVat");
  return [
    w("preview.delivered", { day: formatDay(deliveredOn, language) }),
    ...rows.map((row) =>
      w("preview.line", {
        quantity: quantity.format(row.quantity),
        description: row.description,
        price: formatCents(row.unitPriceCents, language),
        priced,
        rate: formatPermille(row.permille, language),
      }),
    ),
  ];
}

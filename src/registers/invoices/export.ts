// Invoices as they were issued, in words; the snapshot is read as it was written, whatever the description says today.
import type { WritingGrant } from "../../gate/gate.ts";
import { keepUntil } from "../../policy/keepUntil.ts";
import { formatDay, parseDay } from "../../values/Day.ts";
import { formatCents } from "../../values/Money.ts";
import { readable } from "../readable.ts";
import type { HeldItem, Voice } from "../register.ts";
import { Snapshot } from "./snapshot.ts";

export async function exportOf(
  grant: WritingGrant<"invoices", "erase">,
  { language, words }: Voice,
): Promise<HeldItem[]> {
  const rows = await grant.selectFrom("invoice").selectAll().orderBy("number").execute();
  const vat = await grant.selectFrom("invoice_vat").selectAll().orderBy("permille", "desc").execute();
  const plain = await grant.open(
    rows.map(({ id, subject_id, sealed, sealed_category }) => ({
      subject_id,
      category: sealed_category,
      row: id,
      sealed,
    })),
  );
  const day = (text: string) => formatDay(parseDay(text), language);
  const cents = (amount: number) => formatCents(amount, language);
  return rows.map((row, n) => {
    const head = words("export.invoice", {
      number: row.number,
      issued: day(row.issued_on),
      delivered: day(row.delivered_on),
      due: day(row.due_on),
      total: cents(row.total_cents),
      vat: cents(row.vat_cents),
      reference: row.reference,
    });
    const paid = row.paid_on === null ? words("export.unpaid") : words("export.paid", { day: day(row.paid_on) });
    const rates = vat
      .filter(({ invoice_id }) => invoice_id === row.id)
      .map(({ permille, base_cents, vat_cents }) =>
        words("export.vat", { rate: permille / 10, base: cents(base_cents), vat: cents(vat_cents) }),
      );
    const text = plain[n];
    const snapshot = text == null ? [] : snapshotLines(Snapshot.parse(JSON.parse(text)), { language, words });
    const rule = grant.description.retention[row.rule];
    return {
      category: row.sealed_category,
      value: [head, paid, ...snapshot, ...rates].join("\n"),
      at: row.at.toISOString(),
      by: row.by,
      keepUntil: rule ? keepUntil(rule, { financialYearEnd: parseDay(row.financial_year_end) }) : null,
    };
  });
}

function snapshotLines({ values, rows }: Snapshot, { language, words }: Pick<Voice, "language" | "words">): string[] {
  const buyer = Object.values(values)
    .toSorted((a, b) => Number(b.type === "name") - Number(a.type === "name"))
    .map(({ value }) => readable(value));
  const lines = rows.map(({ description, quantity, unitPriceCents, vatClass }) =>
    words("export.orderLine", {
      text: description,
      quantity,
      price: formatCents(unitPriceCents, language),
      vatClass: words(`vatClass.${vatClass}`),
    }),
  );
  return [words("export.buyer", { buyer: buyer.join("; ") }), ...lines];
}

// The invoicing register: an invoice is issued once, numbered without gaps, and never changed but for the day it was paid.
import { jsonArrayFrom } from "kysely/helpers/postgres";
import { categoryOfType } from "../../description/inForce.ts";
import type { Verb } from "../../description/terms.ts";
import type { Grant, WritingGrant } from "../../gate/gate.ts";
import { keepUntil } from "../../policy/keepUntil.ts";
import { financialYearEnd } from "../../values/BookkeepingPeriod.ts";
import { addDays, type Day, dayInHelsinki, parseDay } from "../../values/Day.ts";
import { invalid, notFound, Problem } from "../../values/problem.ts";
import { formatReference, nationalReference } from "../../values/Reference.ts";
import { newId } from "../../values/Uuid.ts";
import type { VatTotals } from "../../values/Vat.ts";
import type { Invoice, InvoiceLine } from "./contract.ts";
import { Seller } from "./seller.ts";
import { type Other, Snapshot, shownOf } from "./snapshot.ts";

export type NewInvoice = {
  orderId: string;
  deliveredOn: Day;
  seller: Seller;
  missing: readonly string[];
  snapshot: Snapshot;
  totals: Omit<VatTotals<never>, "lines">;
  /** The number and day it was given before a restore lost it; a new number and today otherwise. */
  again?: { number: string; issuedOn: Day };
};

/**
 * Issues an invoice. Everything is ready before the number is taken: the series' row is locked from then to the commit, and a rollback
 * gives the number back. The day is that of the act in Finland; the number is the year and six digits. One that is issued again is what it was.
 * @throws Problem `notFound` where the arrival may hold no invoices
 */
export async function issueInvoice(
  grant: WritingGrant<"invoices", "collect">,
  invoice: NewInvoice,
): Promise<{ id: string; number: string }> {
  const { controller } = grant.description;
  const category = invoiceCategory(grant);
  const id = newId(grant.at);
  const issuedOn = invoice.again?.issuedOn ?? dayInHelsinki(grant.at);
  const [kept] = await grant.seal([{ category, row: id, value: JSON.stringify(invoice.snapshot) }]);
  if (!kept) throw new Error("an invoice was not sealed");
  await grant
    .insert(
      "invoice_vat",
      invoice.totals.byRate.map(({ vatClass, permille, baseCents, vatCents }) => ({
        invoice_id: id,
        vat_class: vatClass,
        permille,
        base_cents: baseCents,
        vat_cents: vatCents,
      })),
    )
    .execute();
  const number = invoice.again?.number ?? (await nextNumber(grant, Number(issuedOn.slice(0, 4))));
  await grant
    .insert("invoice", {
      id,
      number,
      order_id: invoice.orderId,
      issued_on: issuedOn,
      delivered_on: invoice.deliveredOn,
      due_on: addDays(issuedOn, controller.paymentTermDays),
      reference: nationalReference(number),
      net_cents: invoice.totals.netCents,
      vat_cents: invoice.totals.vatCents,
      total_cents: invoice.totals.totalCents,
      seller: invoice.seller,
      missing: [...invoice.missing],
      sealed: kept.sealed,
      sealed_category: category,
      rule: kept.rule,
      financial_year_end: financialYearEnd(issuedOn, controller.financialYearEnd),
      at: grant.at,
      by: grant.actor.id,
    })
    .execute();
  return { id, number };
}

/** One statement that makes or moves the year's row and holds it: the next issuer waits for this one's commit or rollback. */
async function nextNumber(grant: WritingGrant<"invoices", "collect">, year: number): Promise<string> {
  const { next_number } = await grant
    .insert("invoice_series", { year, next_number: 2 })
    .onConflict((conflict) =>
      conflict.column("year").doUpdateSet((eb) => ({ next_number: eb("invoice_series.next_number", "+", 1) })),
    )
    .returning("next_number")
    .executeTakeFirstOrThrow();
  return `${year}${String(next_number - 1).padStart(6, "0")}`;
}

/** An invoice of the order that was issued and lost with a restore to an earlier time: the customer may hold it. */
export async function lostInvoice<V extends Verb>(
  grant: Grant<"invoices", V>,
  orderId: string,
): Promise<{ number: string; issuedOn: Day } | undefined> {
  const row = await grant
    .selectFrom("uncertain_transfer")
    .select(["number", "issued_on"])
    .where("order_id", "=", orderId)
    .where("settled_at", "is", null)
    .executeTakeFirst();
  return row && { number: row.number, issuedOn: parseDay(row.issued_on) };
}

export async function settleLost(grant: WritingGrant<"invoices", "collect">, orderId: string): Promise<void> {
  await grant
    .update("uncertain_transfer")
    .set({ settled_at: grant.at, settled_by: grant.actor.id })
    .where("order_id", "=", orderId)
    .execute();
}

/** The invoice that an order has already, if any. */
export async function invoiceOfOrder<V extends Verb>(
  grant: Grant<"invoices", V>,
  orderId: string,
): Promise<{ id: string; number: string } | undefined> {
  return grant.selectFrom("invoice").select(["id", "number"]).where("order_id", "=", orderId).executeTakeFirst();
}

type InvoiceQuery = {
  customerId?: string | undefined;
  state?: "open" | "late" | "paid" | undefined;
  /** Days of issue, both included. */
  from?: string | undefined;
  to?: string | undefined;
  /** Digits that the number begins or ends with. */
  number?: string | undefined;
  limit: number;
};

/** A customer's invoices, or the newest of all; nothing where invoices are not granted. */
export async function listInvoices(
  grant: Grant<"invoices", "read">,
  { customerId, state, from, to, number, limit }: InvoiceQuery,
): Promise<{ items: InvoiceLine[] }> {
  const newest = invoicesOf(grant)
    .$if(customerId !== undefined, (query) => query.where("subject_id", "=", customerId ?? ""))
    .$if(state === "open" || state === "late", (query) => query.where("paid_on", "is", null))
    .$if(state === "late", (query) => query.where("due_on", "<", dayInHelsinki(grant.at)))
    .$if(from !== undefined, (query) => query.where("issued_on", ">=", from ?? ""))
    .$if(to !== undefined, (query) => query.where("issued_on", "<=", to ?? ""))
    .$if(number !== undefined, (query) =>
      query.where((eb) => eb.or([eb("number", "like", `${number}%`), eb("number", "like", `%${number}`)])),
    )
    .$if(state === "paid", (query) => query.where("paid_on", "is not", null))
    .orderBy("number", "desc")
    .limit(limit);
  const items = await opened(grant, await newest.execute());
  return { items: items.map(({ buyer, line }) => ({ ...line, ...(buyer ? { buyerName: buyer.name } : {}) })) };
}

/** An invoice as it was issued; `others` and the seller's VAT registration are for the printed page. */
export type IssuedInvoice = Invoice & { seller: Seller; others: readonly Other[] };

/** @throws Problem `notFound` */
export async function findInvoice(grant: Grant<"invoices", "read">, id: string): Promise<IssuedInvoice> {
  const rows = await invoicesOf(grant)
    .select(["delivered_on", "reference", "financial_year_end", "rule", "seller"])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom("invoice_vat as v")
          .select(["v.vat_class as vatClass", "v.permille", "v.base_cents as baseCents", "v.vat_cents as vatCents"])
          .whereRef("v.invoice_id", "=", "invoice.id")
          .orderBy("v.permille", "desc")
          .orderBy("v.vat_class"),
      ).as("byRate"),
    )
    .where("id", "=", id)
    .execute();
  const [found] = await opened(grant, rows);
  if (!found) throw notFound();
  const { row, line, buyer, rows: lines, others, priceIncludesVat } = found;
  const rule = grant.description.retention[row.rule];
  return {
    ...line,
    ...(buyer ? { buyer, buyerName: buyer.name } : {}),
    ...(lines ? { rows: lines } : {}),
    others,
    priceIncludesVat,
    deliveredOn: row.delivered_on,
    reference: row.reference,
    referenceShown: formatReference(row.reference),
    financialYearEnd: row.financial_year_end,
    keepUntil: rule ? keepUntil(rule, { financialYearEnd: parseDay(row.financial_year_end) }) : null,
    seller: Seller.parse(row.seller),
    byRate: row.byRate,
  };
}

/**
 * Writes down that an invoice was paid in full. The same day again answers the same.
 * @throws Problem `notFound`, `invalid.futureDay`, `paidOnAnotherDay` (409)
 */
export async function markPaid(
  grant: WritingGrant<"invoices", "change">,
  id: string,
  day: Day,
): Promise<{ id: string; paidOn: string }> {
  if (day > dayInHelsinki(grant.at)) throw invalid("futureDay");
  const invoice = await grant
    .selectFrom("invoice")
    .select("paid_on")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!invoice) throw notFound();
  if (invoice.paid_on !== null && invoice.paid_on !== day)
    throw new Problem("paidOnAnotherDay", 409, { day: invoice.paid_on });
  if (invoice.paid_on === null) await grant.update("invoice").set({ paid_on: day }).where("id", "=", id).execute();
  return { id, paidOn: day };
}

function invoicesOf(grant: Grant<"invoices", "read">) {
  return grant
    .selectFrom("invoice")
    .select([
      "id",
      "subject_id",
      "order_id",
      "number",
      "issued_on",
      "due_on",
      "paid_on",
      "net_cents",
      "vat_cents",
      "total_cents",
      "missing",
      "sealed",
      "sealed_category",
    ])
    .where("sealed_category", "in", [...grant.categories]);
}

type KeptInvoice = {
  id: string;
  subject_id: string;
  order_id: string;
  number: string;
  issued_on: string;
  due_on: string;
  paid_on: string | null;
  net_cents: number;
  vat_cents: number;
  total_cents: number;
  missing: string[];
  sealed: Buffer;
  sealed_category: string;
};

/** Opens the snapshots at once and lets through the granted parts; where a key is gone the clear columns remain. */
async function opened<Row extends KeptInvoice>(grant: Grant<"invoices", "read">, rows: readonly Row[]) {
  const plain = await grant.open(
    rows.map(({ id, subject_id, sealed, sealed_category }) => ({
      subject_id,
      category: sealed_category,
      row: id,
      sealed,
    })),
  );
  return rows.map((row, n) => {
    const text = plain[n];
    const snapshot: Snapshot = text == null ? NOTHING : Snapshot.parse(JSON.parse(text));
    const line: InvoiceLine = {
      id: row.id,
      customerId: row.subject_id,
      orderId: row.order_id,
      number: row.number,
      issuedOn: row.issued_on,
      dueOn: row.due_on,
      paidOn: row.paid_on,
      netCents: row.net_cents,
      vatCents: row.vat_cents,
      totalCents: row.total_cents,
      missing: row.missing,
    };
    return { row, line, priceIncludesVat: snapshot.priceIncludesVat, ...shownOf(snapshot, grant) };
  });
}

const NOTHING: Snapshot = { values: {}, rows: [], priceIncludesVat: false };

function invoiceCategory(grant: Grant<"invoices", "collect">): string {
  const category = categoryOfType(grant.description, grant.register, "invoices");
  if (category === undefined) throw notFound();
  return category;
}

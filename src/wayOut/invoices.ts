// Invoices as rows, and each as the page that was printed; a page a year lists them.
import { page as htmlPage, escape as safe } from "../documents/html.ts";
import { invoicePage } from "../documents/invoice.ts";
import { say } from "../documents/say.ts";
import type { Everything } from "../gate/gate.ts";
import { Seller } from "../registers/invoices/seller.ts";
import { oneLine, Snapshot, shownOf } from "../registers/invoices/snapshot.ts";
import { formatDay, parseDay } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { formatCents } from "../values/Money.ts";
import { formatReference } from "../values/Reference.ts";
import { PAGE, pages } from "./pages.ts";
import { type Growing, type OutFile, type Spools, wholeFile } from "./spool.ts";
import { type About, openTable } from "./table.ts";
import { wayOutWords } from "./words.ts";

const CLEAR = [
  "number",
  "id",
  "customerId",
  "orderId",
  "issuedOn",
  "deliveredOn",
  "dueOn",
  "paidOn",
  "reference",
] as const;
const MONEY = ["netCents", "vatCents", "totalCents", "financialYearEnd", "rule", "at", "by"] as const;
const BUYER = ["name", "businessId", "street", "postalCode", "town", "country"] as const;

export type Years = { about: About; years: readonly string[] };

export async function* invoices(all: Everything, spools: Spools, language: Language): AsyncGenerator<OutFile, Years> {
  const columns = [...CLEAR, ...MONEY, ...BUYER.map((part) => `buyer.${part}`), "page"];
  const table = await openTable(spools, "invoices", columns);
  const years: string[] = [];
  let list: Growing | null = null;
  const page = (after: string | undefined) =>
    all
      .of("invoices")
      .selectFrom("invoice")
      .selectAll()
      .$if(after !== undefined, (query) => query.where("number", ">", after ?? ""))
      .orderBy("number")
      .limit(PAGE)
      .execute();
  const every = pages<Awaited<ReturnType<typeof page>>[number]>((after) => page(after?.number));
  for await (const some of every) {
    const rates = await ratesOf(
      all,
      some.map(({ id }) => id),
    );
    const snapshots = await snapshotsOf(all, some);
    for (const [n, invoice] of some.entries()) {
      const snapshot = snapshots[n] ?? null;
      const byRate = rates.get(invoice.id) ?? [];
      const { seller: sellerRow, missing, number } = invoice;
      const seller = Seller.parse(sellerRow);
      const parts = snapshot === null ? null : partsOf(all, snapshot);
      const clear = [number, invoice.id, invoice.subject_id, invoice.order_id, invoice.issued_on, invoice.delivered_on];
      const days = [invoice.due_on, invoice.paid_on, invoice.reference];
      const cents = [invoice.net_cents, invoice.vat_cents, invoice.total_cents];
      const kept = [invoice.financial_year_end, invoice.rule, invoice.at.toISOString(), invoice.by];
      const cells = [...clear, ...days, ...cents, ...kept];
      const name = `${number}.html`;
      const year = invoice.issued_on.slice(0, 4);
      const path = parts === null ? null : `invoices/${year}/${name}`;
      await table.add({
        cells: [...cells, ...BUYER.map((part) => parts?.buyer?.[part] ?? null), path],
        record: {
          ...Object.fromEntries([...CLEAR, ...MONEY].map((key, at) => [key, cells[at] ?? null])),
          missing,
          seller,
          byRate,
          snapshot,
          page: path,
        },
      });
      if (parts === null || path === null || snapshot === null) continue;
      yield wholeFile(path, printed(all, invoice, { seller, byRate, snapshot, parts }, language));
      if (years.at(-1) !== year) {
        if (list) yield await endOf(list);
        years.push(year);
        list = await listOf(spools, year, language);
      }
      const shown = [
        formatDay(parseDay(invoice.issued_on), language),
        parts.buyer?.name ?? "",
        formatCents(invoice.total_cents, language),
      ];
      await list?.write(
        `<tr><th scope="row"><a href="${year}/${safe(name)}">${safe(number)}</a></th>${shown.map((cell) => `<td>${safe(cell)}</td>`).join("")}</tr>\n`,
      );
    }
  }
  if (list) yield await endOf(list);
  const { files, about } = await table.end();
  yield* files;
  return { about, years };
}

type Rate = { vatClass: string; permille: number; baseCents: number; vatCents: number };

async function ratesOf(all: Everything, ids: readonly string[]): Promise<Map<string, Rate[]>> {
  const rows = await all
    .of("invoices")
    .selectFrom("invoice_vat")
    .select([
      "invoice_id as id",
      "vat_class as vatClass",
      "permille",
      "base_cents as baseCents",
      "vat_cents as vatCents",
    ])
    .where("invoice_id", "in", ids)
    .orderBy("permille", "desc")
    .orderBy("vat_class")
    .execute();
  const rates = new Map<string, Rate[]>();
  for (const { id, ...rate } of rows) rates.set(id, [...(rates.get(id) ?? []), rate]);
  return rates;
}

type Sealed = { id: string; subject_id: string; sealed: Buffer; sealed_category: string };
async function snapshotsOf(all: Everything, rows: readonly Sealed[]): Promise<(Snapshot | null)[]> {
  const opened = await all.of("invoices").open(
    rows.map(({ id, subject_id, sealed, sealed_category }) => ({
      subject_id,
      category: sealed_category,
      row: id,
      sealed,
    })),
  );
  return opened.map((text) => (text === null ? null : Snapshot.parse(JSON.parse(text))));
}

/** All of the snapshot, whatever the description says today. */
function partsOf({ description }: Everything, snapshot: Snapshot) {
  const shown = shownOf(snapshot, { description, register: "", categories: Object.keys(snapshot.values) });
  return { ...shown, rows: snapshot.rows };
}

type Row = Sealed & {
  number: string;
  issued_on: string;
  delivered_on: string;
  due_on: string;
  paid_on: string | null;
  reference: string;
  net_cents: number;
  vat_cents: number;
  total_cents: number;
  missing: string[];
};
type Contents = { seller: Seller; byRate: readonly Rate[]; snapshot: Snapshot; parts: ReturnType<typeof partsOf> };

function printed(
  { description }: Everything,
  row: Row,
  { seller, byRate, snapshot, parts }: Contents,
  language: Language,
): string {
  const { text } = say(description, language);
  return invoicePage(
    {
      number: row.number,
      issuedOn: row.issued_on,
      deliveredOn: row.delivered_on,
      dueOn: row.due_on,
      paidOn: row.paid_on,
      reference: row.reference,
      referenceShown: formatReference(row.reference),
      missing: row.missing,
      seller,
      buyer: parts.buyer,
      rows: parts.rows,
      priceIncludesVat: snapshot.priceIncludesVat,
      byRate,
      netCents: row.net_cents,
      vatCents: row.vat_cents,
      totalCents: row.total_cents,
      others: parts.others.map(({ category, type, value }) => ({
        label: text(description.categories[category]?.label ?? category),
        value: oneLine(type, value, language),
      })),
    },
    language,
  );
}

const ROWS = "<!-- rows -->";

/** A page with the list's rows between its two halves. */
async function listOf(spools: Spools, year: string, language: Language): Promise<Growing> {
  const w = wayOutWords(language);
  const title = w("invoices.year", { year });
  const head = ["number", "issued", "buyer", "total"].map(
    (key) => `<th scope="col">${safe(w(`invoices.${key}`))}</th>`,
  );
  const body = `<p><a href="../index.html">${safe(w("back"))}</a></p>
<h1>${safe(title)}</h1>
<div class="wide"><table><thead><tr>${head.join("")}</tr></thead><tbody>
${ROWS}</tbody></table></div>`;
  const [before = "", after = ""] = htmlPage({ title, lang: language, body }).split(ROWS);
  const file = await spools.growing(`invoices/${year}.html`);
  await file.write(before);
  return {
    write: file.write,
    end: async () => {
      await file.write(after);
      return file.end();
    },
  };
}

const endOf = (list: Growing): Promise<OutFile> => list.end();

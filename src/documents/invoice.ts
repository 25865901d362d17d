// An invoice as a page: what the Value Added Tax Act (1501/1993), section 209 e, asks of it, and how to pay. What is not known is said at the top.
import { bankBarcode } from "../values/BankBarcode.ts";
import { formatDay, parseDay } from "../values/Day.ts";
import { formatIban, isIban } from "../values/Iban.ts";
import { type Language, localeOf } from "../values/Language.ts";
import { formatCents, vatOfGross } from "../values/Money.ts";
import { findPersonalIdentityCodes, maskPersonalIdentityCode } from "../values/PersonalIdentityCode.ts";
import { formatPostalAddress } from "../values/PostalAddress.ts";
import { formatPermille } from "../values/Vat.ts";
import { escape as escaped, page } from "./html.ts";
import { INVOICE_STYLE } from "./invoiceStyle.ts";
import { invoiceWords } from "./invoiceWords.ts";

type Maybe = string | null;
type Party = {
  name: string;
  businessId?: Maybe | undefined;
  vatId?: Maybe | undefined;
  street?: Maybe | undefined;
  postalCode?: Maybe | undefined;
  town?: Maybe | undefined;
  country?: Maybe | undefined;
  email?: Maybe | undefined;
  phone?: Maybe | undefined;
};
/** Days are ISO, money whole cents, rates thousandths. `buyer` and `rows` are absent where the reader may not see them. */
export type InvoiceToPrint = {
  number: string;
  issuedOn: string;
  deliveredOn: string;
  dueOn: string;
  paidOn: Maybe;
  reference: string;
  referenceShown: string;
  missing: readonly string[];
  seller: Party & { iban: Maybe; vatRegistered: boolean | null };
  buyer?: Party | undefined;
  rows?:
    | readonly {
        description: string;
        quantity: number;
        unitPriceCents: number;
        vatClass: string;
        permille: number;
        netCents: number;
      }[]
    | undefined;
  priceIncludesVat: boolean;
  byRate: readonly { vatClass: string; permille: number; baseCents: number; vatCents: number }[];
  netCents: number;
  vatCents: number;
  totalCents: number;
  /** What the flow carried beyond the usual, with its label. */
  others: readonly { label: string; value: string }[];
};

export function invoicePage(invoice: InvoiceToPrint, language: Language): string {
  const w = invoiceWords(language);
  const { number, missing, paidOn, buyer, rows, seller } = invoice;
  const body = [
    incomplete(invoice, language),
    `<header class="invoice">`,
    party(w("seller"), seller, language),
    `<div><h1>${w("title")}</h1>${facts(headOf(invoice, language))}</div>`,
    `</header>`,
    `<main>`,
    buyer ? party(w("buyer"), buyer, language) : "",
    buyer && rows ? "" : `<p class="warning">${escaped(w("hidden"))}</p>`,
    rows ? rowsTable(invoice, rows, language) : "",
    ratesTable(invoice, language),
    `<p class="total"><span>${w("total")}</span> <strong>${formatCents(invoice.totalCents, language)}</strong></p>`,
    paidOn === null ? "" : `<p>${escaped(w("paidOn", { day: formatDay(parseDay(paidOn), language) }))}</p>`,
    payment(invoice, language),
    notes(invoice, language),
    `</main>`,
  ];
  const style = missing.length > 0 ? `${INVOICE_STYLE}${UNSENT}` : INVOICE_STYLE;
  return page({ title: `${w("title")} ${number}`, lang: language, body: body.filter(Boolean).join("\n"), style });
}

/** On paper too the mark runs along every page's edge: a print without its first page must not look complete. */
const UNSENT = `@media print { body { border-left: 2mm solid var(--bad); padding-left: 4mm; } }`;

function incomplete({ missing }: InvoiceToPrint, language: Language): string {
  if (missing.length === 0) return "";
  const w = invoiceWords(language);
  const list = new Intl.ListFormat(localeOf(language), { type: "conjunction" });
  const what = list.format(missing.map((fact) => w(`missing.${fact}`)));
  return `<p class="incomplete" role="alert"><strong>${escaped(w("incomplete"))}</strong> ${escaped(w("incompleteWhat", { facts: what }))}</p>`;
}

type Pair = [label: string, value: string];
const facts = (pairs: readonly Pair[]): string =>
  `<dl class="facts">${pairs.map(([label, value]) => `<dt>${said(label)}</dt><dd>${said(value)}</dd>`).join("")}</dl>`;

function headOf(invoice: InvoiceToPrint, language: Language): Pair[] {
  const w = invoiceWords(language);
  const day = (iso: string) => formatDay(parseDay(iso), language);
  return [
    [w("number"), invoice.number],
    [w("issuedOn"), day(invoice.issuedOn)],
    [w("deliveredOn"), day(invoice.deliveredOn)],
    [w("dueOn"), day(invoice.dueOn)],
    [w("reference"), invoice.referenceShown],
  ];
}

function party(
  heading: string,
  { name, street, postalCode, town, country, ...rest }: Party,
  language: Language,
): string {
  const w = invoiceWords(language);
  const address =
    street && town
      ? formatPostalAddress({ street, postalCode: postalCode ?? "", town, country: country ?? "FI" }, language)
      : [];
  const known: [string, Maybe | undefined][] = [
    [w("businessId"), rest.businessId],
    [w("vatId"), rest.vatId],
    [w("email"), rest.email],
    [w("phone"), rest.phone],
  ];
  const lines = [name, ...address].map((line) => `<div>${said(line)}</div>`).join("");
  const pairs = known.flatMap(([label, value]): Pair[] => (value ? [[label, value]] : []));
  return `<section class="party"><h2>${escaped(heading)}</h2><address>${lines}</address>${pairs.length > 0 ? facts(pairs) : ""}</section>`;
}

function rowsTable(
  { priceIncludesVat }: InvoiceToPrint,
  rows: NonNullable<InvoiceToPrint["rows"]>,
  language: Language,
): string {
  const w = invoiceWords(language);
  const quantity = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 3 });
  const money = (cents: number) => formatCents(cents, language);
  const without = (cents: number, permille: number) => (priceIncludesVat ? cents - vatOfGross(cents, permille) : cents);
  const columns = [
    "description",
    "quantity",
    "unitWithoutVat",
    ...(priceIncludesVat ? ["unitWithVat"] : []),
    "rate",
    "rowNet",
  ];
  const cells = rows.map((row) => [
    said(row.description),
    quantity.format(row.quantity),
    money(without(row.unitPriceCents, row.permille)),
    ...(priceIncludesVat ? [money(row.unitPriceCents)] : []),
    formatPermille(row.permille, language),
    money(row.netCents),
  ]);
  return table(
    w("rows"),
    columns.map((key) => w(key)),
    cells,
  );
}

function ratesTable({ byRate, netCents, vatCents }: InvoiceToPrint, language: Language): string {
  const w = invoiceWords(language);
  const money = (cents: number) => formatCents(cents, language);
  const cells = byRate.map(({ permille, baseCents, vatCents: vat }) => [
    formatPermille(permille, language),
    money(baseCents),
    money(vat),
    money(baseCents + vat),
  ]);
  const totals: Pair[] = [
    [w("netTotal"), money(netCents)],
    [w("vatTotal"), money(vatCents)],
  ];
  return (
    table(
      w("byRate"),
      ["rate", "base", "vat", "withVat"].map((key) => w(key)),
      cells,
    ) + facts(totals)
  );
}

/** Cells are HTML already; all but the first are amounts. */
function table(caption: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join("");
  const body = rows.map((cells) => {
    const [first = "", ...amounts] = cells;
    return `<tr><th scope="row">${first}</th>${amounts.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<div class="wide"><table class="amounts"><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

function payment(invoice: InvoiceToPrint, language: Language): string {
  const w = invoiceWords(language);
  const { seller, dueOn, referenceShown, reference, totalCents } = invoice;
  const iban = seller.iban !== null && isIban(seller.iban) ? seller.iban : null;
  const dueDay = parseDay(dueOn);
  const pairs: Pair[] = [
    [w("payee"), seller.name],
    ...(iban ? [[w("iban"), formatIban(iban)] satisfies Pair] : []),
    [w("reference"), referenceShown],
    [w("dueOn"), formatDay(dueDay, language)],
    [w("total"), formatCents(totalCents, language)],
    ...(iban?.startsWith("FI")
      ? [[w("barcode"), bankBarcode({ iban, amountCents: totalCents, reference, dueDay })] satisfies Pair]
      : []),
  ];
  return `<section class="payment"><h2>${escaped(w("payment"))}</h2>${facts(pairs)}</section>`;
}

function notes({ seller, byRate, others }: InvoiceToPrint, language: Language): string {
  const w = invoiceWords(language);
  const untaxed = seller.vatRegistered === false;
  const zeroRated = !untaxed && byRate.some(({ vatClass }) => vatClass === "zero");
  const keys = [...(untaxed ? ["notRegistered"] : []), ...(zeroRated ? ["zeroRated"] : []), "lateInterest"];
  const more = others.map(({ label, value }): Pair => [label, value]);
  return (
    (more.length > 0 ? `<section><h2>${escaped(w("others"))}</h2>${facts(more)}</section>` : "") +
    keys.map((key) => `<p class="note">${escaped(w(key))}</p>`).join("")
  );
}

/**
 * Text of a person as HTML. A personal identity code never stands on an invoice (Data Protection Act (1050/2018), section 29: not
 * needlessly in documents), so one that slipped into a text is masked here, at the last door.
 */
function said(text: string): string {
  const found = findPersonalIdentityCodes(text).filter(({ certain }) => certain);
  const masked = found.reduceRight(
    (kept, { start, end }) => kept.slice(0, start) + maskPersonalIdentityCode(kept.slice(start, end)) + kept.slice(end),
    text,
  );
  return escaped(masked);
}

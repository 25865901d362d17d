// The customers as they are known: every value with its origin, the days that periods are counted from, and who is restricted.
import { isAddress } from "../description/terms.ts";
import type { Everything } from "../gate/gate.ts";
import type { Cell } from "./csv.ts";
import { PAGE, pages } from "./pages.ts";
import type { OutFile, Spools } from "./spool.ts";
import { type About, openTable } from "./table.ts";

const FIRST = ["id", "kind", "organisationId", "createdAt", "restricted", "restrictedUntil", "restrictedTo"] as const;
const PARTS = ["street", "postalCode", "town", "country"] as const;
type Column = { category: string; address: boolean };

export async function* customers(all: Everything, spools: Spools): AsyncGenerator<OutFile, About> {
  const columns = await columnsOf(all);
  const heads = columns.flatMap(({ category, address }) =>
    address ? PARTS.map((part) => `${category}.${part}`) : [category],
  );
  const table = await openTable(spools, "customers", [...FIRST, ...heads]);
  const grant = all.of("customers");
  const everybody = pages<{ subject_id: string; kind: string; organisation_id: string | null; created_at: Date }>(
    (after) =>
      grant
        .selectFrom("customer")
        .select(["subject_id", "kind", "organisation_id", "created_at"])
        .$if(after !== undefined, (query) => query.where("subject_id", ">", after?.subject_id ?? ""))
        .orderBy("subject_id")
        .limit(PAGE)
        .execute(),
  );
  for await (const page of everybody) {
    const ids = page.map(({ subject_id }) => subject_id);
    const values = await valuesOf(all, ids);
    const events = await eventsOf(all, ids);
    const restrictions = await restrictionsOf(all, ids);
    for (const { subject_id, kind, organisation_id, created_at } of page) {
      const held = values.get(subject_id) ?? [];
      const locks = restrictions.get(subject_id) ?? [];
      const known = new Map(held.map(({ category, value }) => [category, value]));
      const createdAt = created_at.toISOString();
      const first = [subject_id, kind, organisation_id, createdAt, locks.length > 0];
      const until = locks.map((lock) => lock.until ?? "").join(" ");
      const only = locks.flatMap((lock) => lock.purposes).join(" ");
      await table.add({
        cells: [...first, until, only, ...columns.flatMap((column) => cellsOf(column, known.get(column.category)))],
        record: {
          id: subject_id,
          kind,
          organisationId: organisation_id,
          createdAt,
          restrictions: locks,
          events: Object.fromEntries((events.get(subject_id) ?? []).map(({ event, day }) => [event, day])),
          values: held,
        },
      });
    }
  }
  const { files, about } = await table.end();
  yield* files;
  return about;
}

/** Categories in the description's order; those that have left the description and are still held come last, by name. */
async function columnsOf(all: Everything): Promise<Column[]> {
  const grant = all.of("customers");
  const held = await grant.selectFrom("customer_value").select("category").distinct().orderBy("category").execute();
  const order = [...new Set([...grant.categories, ...held.map(({ category }) => category)])];
  const there = new Set(held.map(({ category }) => category));
  return order
    .filter((category) => there.has(category) || isField(all, category))
    .map((category) => ({ category, address: isAddressHere(all, category) }));
}

const typeOf = ({ description }: Everything, category: string) => description.categories[category]?.type;
const isAddressHere = (all: Everything, category: string): boolean => {
  const type = typeOf(all, category);
  return type !== undefined && isAddress(type);
};
/** Orders and invoices have tables of their own. */
const isField = (all: Everything, category: string): boolean =>
  !["orders", "invoices", "document", "message", "calendarEntry", "paymentHistory"].includes(
    typeOf(all, category) ?? "",
  );

type Value = {
  category: string;
  type: string | null;
  value: unknown;
  source: string;
  purpose: string;
  basis: string;
  ground: string | null;
  at: string;
  by: string;
  rule: string;
};

async function valuesOf(all: Everything, ids: readonly string[]): Promise<Map<string, Value[]>> {
  const grant = all.of("customers");
  const rows = await grant.selectFrom("customer_value").selectAll().where("subject_id", "in", ids).execute();
  const place = new Map(grant.categories.map((category, n) => [category, n]));
  const last = grant.categories.length;
  rows.sort(
    (a, b) => (place.get(a.category) ?? last) - (place.get(b.category) ?? last) || (a.category < b.category ? -1 : 1),
  );
  const opened = await grant.open(
    rows.map(({ subject_id, category, sealed }) => ({ subject_id, category, row: subject_id, sealed })),
  );
  const values = new Map<string, Value[]>();
  rows.forEach(({ subject_id, category, source, purpose, basis, ground, at, by, rule }, n) => {
    const text = opened[n];
    // Erased while this ran: the row is still in the snapshot, its key is gone.
    if (text == null) return;
    const value = isAddressHere(all, category) ? JSON.parse(text) : text;
    const origin = { source, purpose, basis, ground, at: at.toISOString(), by, rule };
    const mine = values.get(subject_id) ?? [];
    values.set(subject_id, mine);
    mine.push({ category, type: typeOf(all, category) ?? null, value, ...origin });
  });
  return values;
}

function cellsOf({ address }: Column, value: unknown): Cell[] {
  if (!address) return [typeof value === "string" ? value : ""];
  const parts: Record<string, unknown> = typeof value === "object" && value !== null ? { ...value } : {};
  return PARTS.map((part) => (typeof parts[part] === "string" ? parts[part] : ""));
}

async function eventsOf(all: Everything, ids: readonly string[]) {
  const rows = await all
    .of("customers")
    .selectFrom("customer_event")
    .select(["subject_id", "event", "day"])
    .where("subject_id", "in", ids)
    .orderBy("event")
    .execute();
  return Map.groupBy(rows, ({ subject_id }) => subject_id);
}

/** In force now (GDPR Art. 18): whoever uses the copy must heed them too. */
async function restrictionsOf(all: Everything, ids: readonly string[]) {
  const rows = await all
    .of("permissions")
    .selectFrom("restriction")
    .select(["subject_id", "register", "purposes", "until", "ground"])
    .where("subject_id", "in", ids)
    .where("lifted_at", "is", null)
    .orderBy("at")
    .execute();
  const grouped = new Map<string, Omit<(typeof rows)[number], "subject_id">[]>();
  for (const { subject_id, ...lock } of rows) grouped.set(subject_id, [...(grouped.get(subject_id) ?? []), lock]);
  return grouped;
}

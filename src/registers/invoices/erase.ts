// Invoices end one by one, on the day that their own financial year says; the others of the same person stay readable.
import type { Gate, WritingGrant } from "../../gate/gate.ts";
import { registerOfKind } from "../../policy/decide.ts";
import { type Day, dayInHelsinki, parseDay } from "../../values/Day.ts";
import { latestStart } from "../latestStart.ts";
import { type Candidate, type Doomed, type Gone, type Holding, MOST_DUE, type Part, type Told } from "../register.ts";
import { Snapshot } from "./snapshot.ts";

type Erasing = WritingGrant<"invoices", "erase">;
type Row = {
  id: string;
  subject_id: string;
  rule: string;
  sealed_category: string;
  financial_year_end: string;
  due_on: string;
  paid_on: string | null;
};
const COLUMNS = ["id", "subject_id", "rule", "sealed_category", "financial_year_end", "due_on", "paid_on"] as const;

export async function holdingOf(grant: Erasing): Promise<Holding | null> {
  const rows = await grant
    .selectFrom("invoice")
    .select([...COLUMNS, "sealed"])
    .orderBy("number")
    .execute();
  if (rows.length === 0) return null;
  const plain = await grant.open(
    rows.map(({ id, subject_id, sealed, sealed_category }) => ({
      subject_id,
      category: sealed_category,
      row: id,
      sealed,
    })),
  );
  const today = dayInHelsinki(grant.at);
  const unpaid = rows.filter(({ paid_on }) => paid_on === null);
  const settled = rows
    .map(({ paid_on }) => paid_on ?? "")
    .sort()
    .at(-1);
  return {
    kind: "invoices",
    register: grant.register,
    parts: rows.map((row, n) => partOf(row, grant, plain[n])),
    openOrder: false,
    // Until its due day an invoice needs nothing but its own snapshot of the buyer; what is late may need the person.
    openInvoice: unpaid.some(({ due_on }) => due_on < today),
    tells: unpaid.length > 0 || !settled ? {} : { receivableSettled: parseDay(settled) },
  };
}

/** The sealed voucher holds at most the categories of its rule (only its own where the rule is gone): where it is open, those that it really holds. */
function partOf(
  { id, rule, sealed_category, financial_year_end }: Row,
  { description }: Pick<Erasing, "description">,
  plain?: string | null,
): Part {
  const most = description.retention[rule]?.categories ?? [sealed_category];
  const categories = plain == null ? most : most.filter(heldIn(description, sealed_category, plain));
  return {
    rule,
    row: id,
    items: categories.map((category) => ({ category, basis: null, ground: null })),
    events: { financialYearEnd: parseDay(financial_year_end) },
  };
}

function heldIn(
  { categories }: Erasing["description"],
  sealedCategory: string,
  plain: string,
): (category: string) => boolean {
  const { values, rows } = Snapshot.parse(JSON.parse(plain));
  return (category) =>
    category === sealedCategory ||
    Object.hasOwn(values, category) ||
    (rows.length > 0 && categories[category]?.type === "orders");
}

/** Whole invoices only: a voucher is one. */
export async function eraseOf(grant: Erasing, doomed: readonly Doomed[]): Promise<Gone[]> {
  const gone: Gone[] = [];
  for (const rule of new Set(doomed.map((one) => one.rule))) {
    const here = doomed.filter((one) => one.rule === rule);
    const ids = here.flatMap(({ row }) => (row === null ? [] : [row]));
    const keys = await grant.retireKeys(rule);
    if (ids.length > 0) {
      await grant.delete("invoice_vat").where("invoice_id", "in", ids).execute();
      await grant.delete("invoice").where("id", "in", ids).execute();
    }
    await sealAnew(grant, rule);
    const categories = [...new Set(here.flatMap((one) => one.categories))];
    grant.erasing(categories);
    gone.push({ rule, categories, keys });
  }
  return gone;
}

/** What stays under a rule whose keys are out of use, under fresh ones; what the description has moved to another rule moves with it. */
export async function sealAnew(grant: Erasing, rule: string): Promise<void> {
  const rows = await grant
    .selectFrom("invoice")
    .select(["id", "subject_id", "sealed", "sealed_category"])
    .where("rule", "=", rule)
    .execute();
  if (rows.length === 0) return;
  const plain = await grant.open(
    rows.map(({ id, subject_id, sealed, sealed_category }) => ({
      subject_id,
      category: sealed_category,
      row: id,
      sealed,
    })),
  );
  for (const [n, { id, sealed_category }] of rows.entries()) {
    const value = plain[n];
    if (value == null) continue;
    const [fresh] = await grant.sealAgain([{ category: sealed_category, row: id, value, rule }]);
    if (fresh) await grant.update("invoice").set(fresh).where("id", "=", id).execute();
  }
}

export async function dueOn(gate: Gate, day: Day): Promise<Candidate[]> {
  const { description } = gate.inForce();
  const register = registerOfKind(description, "invoices");
  if (register === undefined) return [];
  return gate.upkeep("retention", { register: "invoices", values: false }, async (grant) => {
    const found: Candidate[] = [];
    for (const [id, rule] of Object.entries(description.retention)) {
      const start = rule.register === register && rule.from === "financialYearEnd" ? latestStart(rule, day) : null;
      if (start === null) continue;
      const rows: Row[] = await grant
        .selectFrom("invoice")
        .select([...COLUMNS])
        .where("rule", "=", id)
        .where("financial_year_end", "<=", start)
        .orderBy("financial_year_end")
        .limit(MOST_DUE)
        .execute();
      found.push(...rows.map((row) => ({ subject: row.subject_id, part: partOf(row, grant), openOrder: false })));
    }
    return found;
  });
}

/** Whose invoices are open, and since when everything is paid: rules on receivables in other registers count from it. */
export async function tells(gate: Gate): Promise<Told> {
  if (registerOfKind(gate.inForce().description, "invoices") === undefined)
    return { openInvoices: new Set(), days: new Map() };
  return gate.upkeep("retention", { register: "invoices", values: false }, async (grant) => {
    const rows = await grant
      .selectFrom("invoice")
      .select((eb) => [
        "subject_id",
        eb.fn.max("paid_on").as("paid"),
        eb.fn.countAll<number>().filterWhere("paid_on", "is", null).as("open"),
      ])
      .groupBy("subject_id")
      .execute();
    const openInvoices = new Set(rows.filter(({ open }) => Number(open) > 0).map(({ subject_id }) => subject_id));
    const settled = rows.flatMap(({ subject_id, paid, open }) =>
      paid === null || Number(open) > 0 ? [] : [[subject_id, { receivableSettled: parseDay(paid) }] as const],
    );
    return { openInvoices, days: new Map(settled) };
  });
}

export async function people(gate: Gate): Promise<number> {
  if (registerOfKind(gate.inForce().description, "invoices") === undefined) return 0;
  return gate.upkeep("retention", { register: "invoices", values: false }, async (grant) => {
    const row = await grant
      .selectFrom("invoice")
      .select((eb) => eb.fn.count<number>("subject_id").distinct().as("people"))
      .executeTakeFirstOrThrow();
    return Number(row.people);
  });
}

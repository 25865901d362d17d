// What the ERP holds of one subject or of many, part by part, without opening a value.
import { categoryOfType } from "../../description/inForce.ts";
import type { RetentionOf } from "../../description/schema.ts";
import type { Gate, WritingGrant } from "../../gate/gate.ts";
import { registerOfKind } from "../../policy/decide.ts";
import type { EventDays } from "../../policy/keepUntil.ts";
import { type Day, dayInHelsinki, parseDay } from "../../values/Day.ts";
import { latestStart, otherClock } from "../latestStart.ts";
import { type Candidate, type HeldCategory, type Holding, MOST_DUE, type Part, type Told } from "../register.ts";

type Erasing = WritingGrant<"customers", "erase">;
type Keeping = WritingGrant<"customers", "change">;

/** The category under which orders stand; orders written under a description that had another name for them too. */
export const ordersCategory = ({ description, register }: Pick<Erasing, "description" | "register">): string =>
  categoryOfType(description, register, "orders") ?? "orders";

export async function holdingOf(grant: Erasing): Promise<Holding | null> {
  const [values, orders, days] = [
    await grant.selectFrom("customer_value").select(["category", "rule", "basis", "ground", "at"]).execute(),
    await grant.selectFrom("customer_order").select(["rule", "delivered_on"]).execute(),
    await grant.selectFrom("customer_event").select(["event", "day"]).execute(),
  ];
  if (values.length === 0 && orders.length === 0) return null;
  // What somebody says of themselves before there is a value ends as the value would.
  const proposed = (
    await grant.selectFrom("customer_correction").select(["category", "rule", "made_at as at"]).execute()
  ).flatMap((one) =>
    values.some(({ category }) => category === one.category) ? [] : [{ ...one, basis: null, ground: null }],
  );
  const events = Object.fromEntries(days.map(({ event, day }) => [event, parseDay(day)]));
  return {
    kind: "customers",
    register: grant.register,
    parts: partsOf(grant, [...values, ...proposed], orders, events),
    openOrder: orders.some(({ delivered_on }) => delivered_on === null),
    openInvoice: false,
    tells: events,
  };
}

type Valued = { category: string; rule: string; basis: string | null; ground: string | null; at: Date };

/**
 * The days that one value's period is counted from: a value is collected on its own day, which may be years after its customer came. The
 * card, the export, the preview and the run all count from these.
 */
export const daysOfValue = (events: EventDays, at: Date): EventDays => ({ ...events, collected: dayInHelsinki(at) });

/** Values under one rule end together, unless their own days tell them apart. */
function partsOf(
  grant: Pick<Erasing, "description" | "register">,
  values: readonly Valued[],
  orders: readonly { rule: string }[],
  events: EventDays,
): Part[] {
  const parts = new Map<string, { rule: string; items: HeldCategory[]; events: EventDays }>();
  const add = (rule: string, item: HeldCategory, days: EventDays) => {
    const key = `${rule} ${days.collected}`;
    const part = parts.get(key) ?? { rule, items: [], events: days };
    part.items.push(item);
    parts.set(key, part);
  };
  for (const { category: id, rule, basis, ground, at } of values) {
    const own = countsFromOwnDay(grant.description.retention[rule]);
    add(rule, { category: id, basis, ground }, own ? daysOfValue(events, at) : events);
  }
  const category = ordersCategory(grant);
  for (const rule of new Set(orders.map((order) => order.rule)))
    add(rule, { category, basis: null, ground: null }, events);
  return [...parts.values()].map((part) => ({ ...part, row: null }));
}

const countsFromOwnDay = (rule: RetentionOf | undefined): boolean =>
  [rule?.from, rule?.otherwise?.from].some((event) => event === "collected" || event === "receivableSettled");

/** Subjects with something under a rule of the description whose period may be over before the day. */
export async function dueOn(gate: Gate, day: Day, told: Told): Promise<Candidate[]> {
  const { description } = gate.inForce();
  const register = registerOfKind(description, "customers");
  if (register === undefined) return [];
  return gate.upkeep("retention", { register: "customers", values: false }, async (grant) => {
    const found: Candidate[] = [];
    for (const [id, rule] of Object.entries(description.retention))
      if (rule.register === register) found.push(...(await candidatesOf(grant, id, rule, day, told)));
    return found;
  });
}

async function candidatesOf(grant: Keeping, id: string, rule: RetentionOf, day: Day, told: Told): Promise<Candidate[]> {
  const subjects = new Set([
    ...(await startedBefore(grant, id, rule, day)),
    ...(await waitedBefore(grant, id, rule, day)),
  ]);
  const start = latestStart(rule, day);
  for (const [subject, days] of told.days) {
    const started = days[rule.from];
    if (started !== undefined && start !== null && started <= start) subjects.add(subject);
  }
  const found: Candidate[] = [];
  const all = [...subjects];
  for (let n = 0; n < all.length; n += PAGE) found.push(...(await read(grant, id, all.slice(n, n + PAGE), told)));
  return found;
}

const PAGE = 1000;

/** Oldest first: the event that starts the period came long enough ago. */
async function startedBefore(grant: Keeping, id: string, rule: RetentionOf, day: Day): Promise<string[]> {
  const start = latestStart(rule, day);
  if (start === null) return [];
  const rows = await holders(grant, id)
    .where("customer_event.event", "=", rule.from)
    .where("customer_event.day", "<=", start)
    .orderBy("customer_event.day")
    .execute();
  return rows.map(({ subject_id }) => subject_id);
}

/** Oldest first: that event has not come, and the other clock has run out. */
async function waitedBefore(grant: Keeping, id: string, rule: RetentionOf, day: Day): Promise<string[]> {
  const other = otherClock(rule);
  const start = other && latestStart(other, day);
  if (!other || !start) return [];
  const rows = await holders(grant, id)
    .where("customer_event.event", "=", other.from)
    .where("customer_event.day", "<=", start)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("customer_event as e")
            .select("e.event")
            .whereRef("e.subject_id", "=", "customer_event.subject_id")
            .where("e.event", "=", rule.from),
        ),
      ),
    )
    .orderBy("customer_event.day")
    .execute();
  return rows.map(({ subject_id }) => subject_id);
}

const holders = (grant: Keeping, rule: string) =>
  grant
    .selectFrom("customer_event")
    .select("customer_event.subject_id")
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom("customer_value as v")
            .select("v.category")
            .whereRef("v.subject_id", "=", "customer_event.subject_id")
            .where("v.rule", "=", rule),
        ),
        eb.exists(
          eb
            .selectFrom("customer_order as o")
            .select("o.id")
            .whereRef("o.subject_id", "=", "customer_event.subject_id")
            .where("o.rule", "=", rule),
        ),
      ]),
    )
    .limit(MOST_DUE);

async function read(grant: Keeping, rule: string, subjects: readonly string[], told: Told): Promise<Candidate[]> {
  const among = <T extends { subject_id: string | null }>(rows: readonly T[]) =>
    Map.groupBy(rows, (row) => row.subject_id);
  const ids = [...subjects];
  const values = among(
    await grant
      .selectFrom("customer_value")
      .select(["subject_id", "category", "rule", "basis", "ground", "at"])
      .where("subject_id", "in", ids)
      .where("rule", "=", rule)
      .execute(),
  );
  const orders = among(
    await grant
      .selectFrom("customer_order")
      .select(["subject_id", "rule", "delivered_on"])
      .where("subject_id", "in", ids)
      .execute(),
  );
  const days = among(
    await grant
      .selectFrom("customer_event")
      .select(["subject_id", "event", "day"])
      .where("subject_id", "in", ids)
      .execute(),
  );
  return ids.flatMap((subject) => {
    const own = Object.fromEntries((days.get(subject) ?? []).map(({ event, day }) => [event, parseDay(day)]));
    const theirs = orders.get(subject) ?? [];
    const under = theirs.filter((order) => order.rule === rule);
    const parts = partsOf(grant, values.get(subject) ?? [], under, { ...told.days.get(subject), ...own });
    const openOrder = theirs.some(({ delivered_on }) => delivered_on === null);
    return parts.map((part) => ({ subject, part, openOrder }));
  });
}

export async function people(gate: Gate): Promise<number> {
  if (registerOfKind(gate.inForce().description, "customers") === undefined) return 0;
  return gate.upkeep("retention", { register: "customers", values: false }, async (grant) => {
    const row = await grant
      .selectFrom("customer")
      .select((eb) => eb.fn.countAll<number>().as("people"))
      .executeTakeFirstOrThrow();
    return Number(row.people);
  });
}

// What happened at the made-up workshop, day by day: a plan only, of pure values, so that the same demo comes to be on every machine.
import {
  customerAt,
  frameNumber,
  type MadeUp,
  oneOf,
  personName,
  randomFrom,
  type WorkLine,
  worksOf,
} from "../../test/people.ts";
import { addDays, type Day } from "../../values/Day.ts";

type Body = MadeUp & { own: { frameNumber?: string } };
/** Customers and orders by their number in the plan; ids are known only when the acts are done. */
export type DemoAct =
  | { kind: "customer"; customer: number; body: Body; consents: boolean }
  | { kind: "contact"; customer: number; body: { name: string; email: string; source: "meeting" } }
  | { kind: "order"; customer: number; order: number; lines: WorkLine[] }
  | { kind: "delivery"; order: number; day: Day }
  | { kind: "invoice"; order: number }
  | { kind: "payment"; order: number; day: Day }
  | { kind: "objection"; customer: number }
  | { kind: "erasure"; customer: number }
  | { kind: "look"; customer: number }
  /** Acts that the description refuses, by the role that tried. */
  | { kind: "refused"; customer: number; order: number; by: "sales" | "invoicing" };

export type DemoDay = { day: Day; acts: DemoAct[] };

const RECENT_DAYS = 425;
/** Delivered so long ago that a warranty of 24 months has passed. */
const OLD_DAYS = { from: 760, to: 1100 } as const;

export function planOf(customers: number, today: Day): DemoDay[] {
  const random = randomFrom(20_261_122);
  const days = new Map<Day, DemoAct[]>();
  let orders = 0;
  const add = (daysAgo: number, act: DemoAct) => {
    if (daysAgo < 1) return false;
    const day = addDays(today, -daysAgo);
    days.set(day, [...(days.get(day) ?? []), act]);
    return true;
  };

  /** Ordered, delivered, invoiced and paid, each on its own day, as far as the days have come. */
  const trade = (customer: number, daysAgo: number): number => {
    const order = orders++;
    add(daysAgo, { kind: "order", customer, order, lines: worksOf(random) });
    const delivered = daysAgo - Math.floor(random() * 12);
    if (random() < 0.06) return order;
    if (!add(delivered, { kind: "delivery", order, day: addDays(today, -delivered) })) return order;
    const invoiced = delivered - Math.floor(random() * 4);
    if (!add(invoiced, { kind: "invoice", order })) return order;
    const paid = invoiced - 2 - Math.floor(random() * 20);
    if (random() < 0.9) add(paid, { kind: "payment", order, day: addDays(today, -paid) });
    return order;
  };

  for (let customer = 0; customer < customers; customer++) {
    const old = random() < 0.15;
    const daysAgo = old
      ? OLD_DAYS.from + Math.floor(random() * (OLD_DAYS.to - OLD_DAYS.from))
      : 15 + Math.floor(random() * (RECENT_DAYS - 15));
    const made = customerAt(customer);
    const frame = made.kind === "person" && random() < 0.7 ? { frameNumber: frameNumber(random) } : {};
    add(daysAgo, { kind: "customer", customer, body: { ...made, own: frame }, consents: random() < 0.12 });
    if (made.kind === "organisation")
      for (let n = Math.floor(random() * 3); n > 0; n--) {
        const email = `contact.${customer}.${n}@example.fi`;
        add(daysAgo, { kind: "contact", customer, body: { name: personName(random), email, source: "meeting" } });
      }
    const order = random() < 0.92 ? trade(customer, daysAgo) : null;
    if (random() < 0.35) trade(customer, Math.max(2, (old ? 60 : daysAgo) - Math.floor(random() * 60)));
    if (random() < 0.02) add(5, { kind: "objection", customer });
    if (random() < 0.2) add(1 + Math.floor(random() * 13), { kind: "look", customer });
    if (old && random() < 0.02) add(3, { kind: "erasure", customer });
    if (order !== null && random() < 0.02)
      add(1 + Math.floor(random() * 13), {
        kind: "refused",
        customer,
        order,
        by: oneOf(random, ["sales", "invoicing"]),
      });
  }
  return [...days].map(([day, acts]) => ({ day, acts })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

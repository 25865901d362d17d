// A flow between two registers: two acts, two grants, one transaction.
import type { InForce } from "../description/inForce.ts";
import { type Allowed, decideFlow, flowBetween } from "../policy/decide.ts";
import { eventOf, writeAudit } from "./audit.ts";
import type { Caller } from "./caller.ts";
import { Grant } from "./grant.ts";
import type { CustomerData } from "./owned.ts";
import { categoriesOf, lock, type Room, registerId } from "./room.ts";
import { wroteBy } from "./standing.ts";
import { WritingGrant } from "./writingGrant.ts";

type Route<F, T> = { from: F; to: T; subject: string };

export function carryIn({ databases, inForce, audit, standing, refuse, transactionOnce }: Room) {
  async function decided(caller: Caller, ask: Route<CustomerData, CustomerData>) {
    const force = inForce();
    const flow = flowBetween(force.description, ask.from, ask.to) ?? "";
    const channel = force.description.flows[flow]?.channel;
    const from = registerId(force, ask.from);
    const about = { verb: "disclose", register: from, flow, channel };
    const decision = decideFlow(force.description, flow, { actor: caller.actor, purpose: caller.purpose });
    if (decision.outcome === "refused") return refuse(caller, force, about, decision, [ask.subject]);
    return { force, allowed: decision, about, from, to: registerId(force, ask.to) };
  }

  /** An arrival that is refused is one refusal, and nothing moves. `mark` writes down at the source that it has moved; it opens and seals nothing. */
  async function carry<F extends CustomerData, T extends CustomerData, X>(
    caller: Caller,
    ask: Route<F, T>,
    work: (from: Grant<F, "disclose">, to: WritingGrant<T, "collect">, mark: WritingGrant<F, "change">) => Promise<X>,
  ): Promise<X> {
    const { force, allowed, from, to, about } = await decided(caller, ask);
    return transactionOnce(caller, async (tx) => {
      const scope = await lock(tx, ask.subject, allowed.conditions);
      const on = { db: tx, caller, scope };
      const arrival = { ...allowed, categories: arriving(force, to, allowed), conditions: [] };
      const arrived = new WritingGrant<T, "collect">(standing(ask.to, { ...on, register: to, allowed: arrival }));
      const answer = await work(
        new Grant<F, "disclose">(standing(ask.from, { ...on, register: from, allowed })),
        arrived,
        new WritingGrant<F, "change">(
          standing(ask.from, { ...on, register: from, allowed: { ...allowed, categories: [] } }),
        ),
      );
      const { description } = force;
      // Asked again for what has moved already: a look, not another disclosure.
      const events = wroteBy(arrived)
        ? [
            eventOf(caller, description, about, allowed, [ask.subject]),
            eventOf(caller, description, { ...about, verb: "collect", register: to }, arrival, [ask.subject]),
          ]
        : [eventOf(caller, description, { ...about, verb: "read" }, allowed, [ask.subject])];
      await writeAudit(tx, events);
      return answer;
    });
  }

  /** What a flow would carry: the same decision and categories, nothing written but the event that it was looked at. */
  async function previewCarry<F extends CustomerData, T extends CustomerData, X>(
    caller: Caller,
    ask: Route<F, T>,
    work: (from: Grant<F, "disclose">, to: Grant<T, "read">) => Promise<X>,
  ): Promise<X> {
    const { force, allowed, from, to, about } = await decided(caller, ask);
    const on = { db: databases.read, caller, scope: { one: ask.subject } };
    const there = { ...allowed, categories: [], conditions: [] };
    const answer = await work(
      new Grant<F, "disclose">(standing(ask.from, { ...on, register: from, allowed })),
      new Grant<T, "read">(standing(ask.to, { ...on, register: to, allowed: there })),
    );
    await audit(eventOf(caller, force.description, { ...about, verb: "read" }, allowed, [ask.subject]));
    return answer;
  }

  return { carry, previewCarry };
}

/** What a flow's arrival may hold: what it carries, and the kind of thing it becomes there (an invoice). */
function arriving({ description }: InForce, to: string, { categories }: Allowed): string[] {
  return categoriesOf(description, to).filter(
    (id) => categories.includes(id) || description.categories[id]?.type === "invoices",
  );
}

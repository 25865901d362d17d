// The customer register's own rows: one sealed row a value, so that own categories, the origin of every value and partial erasure need no code of their own.
import { jsonArrayFrom } from "kysely/helpers/postgres";
import { laterOf, retokened, tokenArray } from "../../db/fragments.ts";
import type { RetentionOf } from "../../description/schema.ts";
import type { Grant, WritingGrant } from "../../gate/gate.ts";
import { type EventDays, keepUntil } from "../../policy/keepUntil.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import { notFound, Problem } from "../../values/problem.ts";
import type { Customer, Origin } from "./contract.ts";
import { type Entry, fieldsOf, searchTerms, shown } from "./fields.ts";
import { daysOfValue } from "./holding.ts";
import type { Was } from "./undo.ts";

type Reading = Grant<"customers", "read">;
type Writing = WritingGrant<"customers", "collect"> | WritingGrant<"customers", "change">;
type Origins = ReadonlyMap<string, Was>;
export type Kind = "person" | "organisation" | "contactPerson";

/** A new customer with values; the days that retention is counted from; its search tokens. Answers the id. */
export async function addCustomer(
  grant: WritingGrant<"customers", "collect">,
  customer: {
    kind: Kind;
    organisationId: string | null;
    source: string;
    ground: string | null;
    entries: readonly Entry[];
  },
): Promise<{ id: string }> {
  const { kind, organisationId, entries } = customer;
  await grant.insert("customer", { kind, organisation_id: organisationId, created_at: grant.at }).execute();
  await writeValues(grant, customer, entries);
  const tokens = entries.flatMap((entry) => tokensOf(grant, entry, entry.value));
  await grant.insert("customer_search", { tokens: tokenArray(tokens) }).execute();
  const today = dayInHelsinki(grant.at);
  await noteEvents(grant, { collected: today, lastContact: today });
  return { id: grant.subject };
}

/**
 * Changes values in place; null removes one. What the actor may not see stays untouched, its search tokens too. `was`: origins that go back with their
 * values. Answers what was there before: the origins, and the values in their order. `kind` is what `kindOf` of the
 * same grant answered: whoever has not asked it would write values of somebody who has been erased.
 */
export async function changeCustomer(
  grant: WritingGrant<"customers", "change">,
  change: { kind: Kind; source: string; ground: string | null; entries: readonly Entry[]; was?: Origins },
): Promise<{ id: string; was: Was[]; values: string[] }> {
  const categories = change.entries.map(({ category }) => category);
  const held = await grant
    .selectFrom("customer_value")
    .select(["subject_id", "category", "sealed", "source", "at", "by", "purpose", "basis", "ground"])
    .where("category", "in", categories)
    .execute();
  const opened = await grant.open(held.map((value) => ({ ...value, row: value.subject_id })));
  const old = new Map(held.map(({ category }, n) => [category, opened[n] ?? null]));
  const removed = change.entries.filter(({ value }) => value === null).map(({ category }) => category);
  if (removed.length > 0) await grant.delete("customer_value").where("category", "in", removed).execute();
  await writeValues(
    grant,
    change,
    change.entries.filter(({ value }) => value !== null),
  );

  const before = change.entries.flatMap((entry) => tokensOf(grant, entry, old.get(entry.category) ?? null));
  const after = change.entries.flatMap((entry) => tokensOf(grant, entry, entry.value));
  await grant
    .update("customer_search")
    .set({ tokens: retokened("tokens", before, after) })
    .execute();
  await noteEvents(grant, { lastContact: dayInHelsinki(grant.at) });
  const replaced = held.filter(({ category }) => old.get(category) != null);
  return {
    id: grant.subject,
    was: replaced.map(({ sealed: _, subject_id: __, at, ...origin }) => ({ ...origin, at: at.toISOString() })),
    values: replaced.map(({ category }) => old.get(category) ?? ""),
  };
}

/** The kind of subject that is about to change; not found where it is gone or hidden. */
export async function kindOf(grant: Writing): Promise<Kind> {
  const row = await grant.selectFrom("customer").select("kind").executeTakeFirst();
  if (!row) throw notFound();
  return row.kind as Kind;
}

/** The card: granted values with their origin, in one statement. A personal identity code is named in `masked`, never opened here. */
export async function findCustomer(grant: Reading): Promise<Customer> {
  const [row] = await grant.rows("card", (shape) =>
    shape
      .selectFrom("customer")
      .select(["subject_id", "kind", "organisation_id", "created_at"])
      .select((eb) => [
        jsonArrayFrom(
          eb
            .selectFrom("customer_value as v")
            .select([
              "v.category",
              "v.sealed",
              "v.source",
              "v.at",
              "v.by",
              "v.purpose",
              "v.basis",
              "v.ground",
              "v.rule",
            ])
            .whereRef("v.subject_id", "=", "customer.subject_id")
            .where("v.category", "in", [...shape.categories]),
        ).as("held"),
        jsonArrayFrom(
          eb
            .selectFrom("customer_event as e")
            .select(["e.event", "e.day"])
            .whereRef("e.subject_id", "=", "customer.subject_id"),
        ).as("events"),
        jsonArrayFrom(
          eb
            .selectFrom("customer as p")
            .select("p.subject_id as id")
            .whereRef("p.organisation_id", "=", "customer.subject_id")
            .where(shape.visible("p"))
            .orderBy("p.subject_id"),
        ).as("contacts"),
        shape.restriction("customer").as("restricted"),
      ]),
  );
  if (!row) throw notFound();

  const fields = fieldsOf(grant.description, grant.register);
  const masked = new Set(fields.filter(({ type }) => type === "personalIdentityCode").map(({ category }) => category));
  const visible = row.held.filter(({ category }) => !masked.has(category));
  const opened = await grant.open(
    visible.map(({ category, sealed }) => ({
      subject_id: row.subject_id,
      category,
      row: row.subject_id,
      sealed: bytesOf(sealed),
    })),
  );
  const values = new Map<string, string>();
  visible.forEach(({ category }, n) => {
    const value = opened[n];
    if (value != null) values.set(category, value);
  });
  const events: EventDays = Object.fromEntries(row.events.map(({ event, day }) => [event, day as Day]));
  const origins = row.held.map(({ category, ...value }): [string, Origin] => {
    const rule = grant.description.retention[value.rule];
    const { source, by, purpose, basis, ground } = value;
    const at = new Date(value.at);
    const until = rule ? shownUntil(rule, daysOfValue(events, at)) : null;
    return [category, { source, at: at.toISOString(), by, purpose, basis, ground, rule: value.rule, keepUntil: until }];
  });
  return {
    id: row.subject_id,
    kind: row.kind as Kind,
    organisationId: row.organisation_id,
    createdAt: row.created_at.toISOString(),
    purpose: grant.purpose,
    ...shown(fields, values),
    origins: Object.fromEntries(origins),
    masked: row.held.map(({ category }) => category).filter((category) => masked.has(category)),
    contacts: row.contacts,
    awaitingAnswerSince: events.awaitingAnswer ?? null,
    restricted: row.restricted,
  };
}

/** Whether a receivable is settled only invoicing knows: until it tells, the card says no day rather than one that may be wrong. */
const shownUntil = (rule: RetentionOf, events: EventDays): Day | null =>
  rule.from === "receivableSettled" && events.receivableSettled === undefined ? null : keepUntil(rule, events);

/** One personal identity code, with the reason for looking sealed beside the event. */
export async function revealIdentityCode(grant: Reading, reason: string): Promise<string> {
  const codes = fieldsOf(grant.description, grant.register).filter(({ type }) => type === "personalIdentityCode");
  const row = await grant
    .selectFrom("customer_value")
    .select(["subject_id", "category", "sealed"])
    .where(
      "category",
      "in",
      codes.map(({ category }) => category),
    )
    .executeTakeFirst();
  if (!row) throw notFound();
  const value = { ...row, row: row.subject_id };
  const [code] = await grant.open([value]);
  if (code == null) throw notFound();
  await grant.because(value, reason);
  return code;
}

/** The last day of each kind of event; an earlier day changes nothing. */
export async function noteEvents(grant: Writing, days: Readonly<Record<string, Day>>): Promise<void> {
  await grant
    .insert(
      "customer_event",
      Object.entries(days).map(([event, day]) => ({ event, day })),
    )
    .onConflict((conflict) =>
      conflict.columns(["subject_id", "event"]).doUpdateSet({ day: laterOf("customer_event.day", "excluded.day") }),
    )
    .execute();
}

/** What a flow out of the register may carry of the customer: opened values of the granted categories, by category. */
export async function disclosedValues(
  grant: Grant<"customers", "disclose">,
): Promise<{ kind: Kind; values: ReadonlyMap<string, string>; stays: readonly string[] }> {
  const row = await grant
    .selectFrom("customer")
    .select((eb) => [
      "subject_id",
      "kind",
      jsonArrayFrom(
        eb
          .selectFrom("customer_value as v")
          .select(["v.category", "v.sealed"])
          .whereRef("v.subject_id", "=", "customer.subject_id"),
      ).as("held"),
    ])
    .executeTakeFirst();
  if (!row) throw notFound();
  const moving = row.held.filter(({ category }) => grant.categories.includes(category));
  const opened = await grant.open(
    moving.map(({ category, sealed }) => ({
      subject_id: row.subject_id,
      category,
      row: row.subject_id,
      sealed: bytesOf(sealed),
    })),
  );
  const values = new Map(
    moving.flatMap(({ category }, n) => (opened[n] == null ? [] : [[category, opened[n]] as const])),
  );
  const stays = row.held.map(({ category }) => category).filter((category) => !grant.categories.includes(category));
  return { kind: row.kind as Kind, values, stays };
}

async function writeValues(
  grant: Writing,
  { source, ground, was }: { source: string; ground: string | null; was?: Origins },
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return;
  const row = grant.subject;
  const sealed = await grant.seal(entries.map(({ category, value }) => ({ category, row, value: value ?? "" })));
  const basis = grant.description.purposes[grant.purpose]?.legalBasis;
  if (basis === undefined) throw new Problem("refused.unknownPurpose", 403);
  await grant
    .insert(
      "customer_value",
      entries.map(({ category, type }, n) => {
        const one = sealed[n];
        if (!one) throw new Error("a value was not sealed");
        const now = {
          source,
          at: grant.at,
          by: grant.actor.id,
          purpose: grant.purpose,
          basis,
          ground: type === "personalIdentityCode" ? ground : null,
        };
        const then = was?.get(category);
        return {
          sealed: one.sealed,
          rule: one.rule,
          ...(then === undefined ? { category, ...now } : { ...then, at: new Date(then.at) }),
        };
      }),
    )
    .onConflict((conflict) =>
      conflict.columns(["subject_id", "category"]).doUpdateSet((eb) => ({
        sealed: eb.ref("excluded.sealed"),
        rule: eb.ref("excluded.rule"),
        source: eb.ref("excluded.source"),
        at: eb.ref("excluded.at"),
        by: eb.ref("excluded.by"),
        purpose: eb.ref("excluded.purpose"),
        basis: eb.ref("excluded.basis"),
        ground: eb.ref("excluded.ground"),
      })),
    )
    .execute();
  await grant.heedBans(entries.flatMap(({ type, value }) => (value !== null && REACHES.has(type) ? [value] : [])));
}

/** By what a person is reached for marketing. */
const REACHES: ReadonlySet<string> = new Set(["email", "phone"]);

function tokensOf(grant: Writing, { category, type }: Entry, value: string | null): bigint[] {
  return value === null ? [] : grant.tokens(category, searchTerms(type, value));
}

/** A sealed value that came inside JSON: PostgreSQL writes bytea as "\x…". */
export const bytesOf = (value: Buffer | string): Buffer =>
  typeof value === "string" ? Buffer.from(value.slice(2), "hex") : value;

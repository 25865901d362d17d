// What the gate gives to work: the rows of one register, of one subject or of those the conditions let through, and of these only the
// granted categories. A grant cannot be made elsewhere (the class stays in gate/), cannot be changed (private fields, frozen) and cannot
// be passed off as another's: its register and verb are part of private fields, which no Object.assign reaches.

import type { InsertObject } from "kysely";
import {
  type ColumnType,
  type Compilable,
  type CompiledQuery,
  type DeleteQueryBuilder,
  type DeleteResult,
  type InsertQueryBuilder,
  type InsertResult,
  type RawBuilder,
  type SelectQueryBuilder,
  sql,
  type UpdateQueryBuilder,
  type UpdateResult,
} from "kysely";
import type { Db, Tx } from "../db/connect.ts";
import type { Tables } from "../db/tables.ts";
import { ruleOf } from "../description/inForce.ts";
import type { Description } from "../description/schema.ts";
import type { Verb } from "../description/terms.ts";
import type { Keys } from "../keys/keys.ts";
import { keyIdOf } from "../keys/sealed.ts";
import type { Actor, Allowed } from "../policy/decide.ts";
import { Problem } from "../values/problem.ts";
import { heedBans } from "./bans.ts";
import { meets } from "./conditions.ts";
import { hasSubject, type Owned, type Owner } from "./owned.ts";

/** A table as work may write it: whose row it is, the grant says. */
type Scoped<T> = { [C in keyof T]: C extends "subject_id" ? ColumnType<string, never, never> : T[C] };
export type Rows<R extends Owner> = { [T in Owned[R]]: Scoped<Tables[T]> };
type Select<R extends Owner, T extends Owned[R]> = SelectQueryBuilder<Rows<R>, T, Record<never, never>>;

export type Restriction = { purposes: string[]; until: string | null; ground: string };

/** One subject, or many: all that meet the conditions. */
export type Scope = { one: string } | "many";
export type GrantParts<R extends Owner> = {
  owner: R;
  /** The register's id in the description; the owner's name where the description has none (staff, evidence, permissions). */
  register: string;
  db: Db | Tx;
  keys: Keys;
  description: Description;
  allowed: Allowed;
  actor: Actor;
  scope: Scope;
  at: Date;
  /** A right reaches all that is held of its one subject, also values whose category has left the description. */
  whole?: boolean;
};

/** Stands for the subject in a query that is compiled for everybody. */
const ANYBODY = "anybody";
const MOST_SHAPES = 500;
const shapes = new Map<string, CompiledQuery>();

/** What grows while the work runs. */
type Kept = { answered: Set<string>; why: Buffer | null; wrote: boolean };
/** What a grant stands on, out of reach of whoever holds the grant. */
const kept = new WeakMap<object, GrantParts<Owner> & Kept>();
function partsOf<R extends Owner, V extends Verb>(grant: Grant<R, V>) {
  const parts = kept.get(grant);
  if (!parts) throw new Error("not a grant of the gate");
  return parts as GrantParts<R> & Kept;
}

/** Subjects whose values or rows were answered; the audit event names them. */
export function answeredBy<R extends Owner, V extends Verb>(grant: Grant<R, V>): readonly string[] {
  const { scope, answered } = partsOf(grant);
  return scope === "many" ? [...answered] : [scope.one];
}

/** Whether the work put a row anywhere: a flow that found its invoice there already moved nothing. */
export const wroteBy = <R extends Owner, V extends Verb>(grant: Grant<R, V>): boolean => partsOf(grant).wrote;

export const whyOf = <R extends Owner, V extends Verb>(grant: Grant<R, V>): Buffer | null => partsOf(grant).why;

/** A sealed value as a register keeps it. */
export type SealedRow = { subject_id: string; category: string; row: string; sealed: Buffer };

export class Grant<R extends Owner, V extends Verb> {
  readonly register: string;
  readonly purpose: string;
  readonly categories: readonly string[];
  readonly actor: Actor;
  readonly description: Description;
  /** The moment of the act: one for all its rows. */
  readonly at: Date;
  // biome-ignore lint/correctness/noUnusedPrivateClassMembers: register and verb as part of the type, so that a grant of another register or verb is another type.
  readonly #is: (of: [R, V]) => [R, V];

  constructor(parts: GrantParts<R>) {
    this.register = parts.register;
    this.purpose = parts.allowed.purpose;
    this.categories = Object.freeze([...parts.allowed.categories]);
    this.actor = parts.actor;
    this.description = parts.description;
    this.at = parts.at;
    this.#is = (of) => of;
    kept.set(this, { ...parts, answered: new Set(), why: null, wrote: false });
    Object.freeze(this);
  }

  /** The one subject of this act. Throws where the act is on many: a store function that needs one was given the wrong grant. */
  get subject(): string {
    const { scope } = partsOf(this);
    if (scope === "many") throw new Error("this act is on many subjects");
    return scope.one;
  }

  selectFrom<T extends Owned[R]>(table: T): Select<R, T> {
    const { db, scope, allowed } = partsOf(this);
    const plain = db.selectFrom(table as "customer");
    if (!hasSubject(table)) return plain as unknown as Select<R, T>;
    const column = sql.ref(`${table}.subject_id`);
    const mine = scope === "many" ? plain : plain.where(sql<boolean>`${column} = ${scope.one}::uuid`);
    const allowedOnes = meets(allowed.conditions, column);
    return (allowedOnes ? mine.where(allowedOnes) : mine) as unknown as Select<R, T>;
  }

  /**
   * Rows of a query that differs from call to call in its subject alone: built and compiled once for each purpose, set of categories and conditions.
   * `build` may put no value of its own into the query that `name` does not settle.
   */
  async rows<O>(name: string, build: (grant: Grant<R, V>) => Compilable<O>): Promise<O[]> {
    const parts = partsOf(this);
    const { db, scope, owner, allowed } = parts;
    if (scope === "many") throw new Error("this act is on many subjects");
    // Conditions too: a purpose that a new version of the description puts on consent asks for it from then on.
    const conditions = allowed.conditions.map(({ kind }) => kind);
    const key = [name, owner, this.register, this.purpose, ...conditions, ...this.categories].join(" ");
    const shape = (shapes.get(key) ??
      build(new Grant<R, V>({ ...parts, scope: { one: ANYBODY } })).compile()) as CompiledQuery<O>;
    if (shapes.size < MOST_SHAPES) shapes.set(key, shape);
    const parameters = shape.parameters.map((value) => (value === ANYBODY ? scope.one : value));
    return (await db.executeQuery<O>({ ...shape, parameters })).rows;
  }

  /** A query of this grant as a table of an outer one, so that a page is cut before its values are joined. */
  around<T extends Owned[R], O, A extends string>(
    query: SelectQueryBuilder<Rows<R>, T, O>,
    alias: A,
  ): SelectQueryBuilder<Rows<R> & Record<A, O>, A, Record<never, never>> {
    return partsOf(this).db.selectFrom(query.as(alias)) as unknown as SelectQueryBuilder<
      Rows<R> & Record<A, O>,
      A,
      Record<never, never>
    >;
  }

  /** Says that rows of these subjects were answered although no value was opened (a list of ids, of amounts). */
  answering(subjects: Iterable<string | null>): void {
    const { answered } = partsOf(this);
    for (const subject of subjects) if (subject !== null) answered.add(subject);
  }

  /** Opens sealed values, in order; null where the key is gone. Refuses other categories and other subjects: a query that strayed is a fault, not an answer. */
  async open(rows: readonly SealedRow[]): Promise<(string | null)[]> {
    const { keys, owner, scope, answered, whole = false } = partsOf(this);
    for (const row of rows) {
      if (!whole && !this.categories.includes(row.category)) throw new Error(`category ${row.category} is not granted`);
      if (scope !== "many" && row.subject_id !== scope.one) throw new Error("a row of another subject");
      answered.add(row.subject_id);
    }
    const opened = await keys.open(rows.map((row) => ({ place: placeOf(owner, row), sealed: row.sealed })));
    return opened.map((plain) => plain?.toString("utf8") ?? null);
  }

  /** The reason a person gave for looking, sealed as the value it explains: with the value's own key. */
  async because(value: SealedRow, reason: string): Promise<void> {
    const parts = partsOf(this);
    const { category, row, subject_id: subject } = value;
    const key = keyIdOf(value.sealed);
    const place = { register: parts.owner, category: `${category}:why`, row, subject };
    const [sealed] = await parts.keys.seal([{ place, key, plain: Buffer.from(reason, "utf8") }]);
    parts.why = sealed ?? null;
  }

  /** The restriction in force on the row's subject in this register, if any (GDPR Art. 18): beside the rows, in their statement. */
  restriction(table: Owned[R] & string): RawBuilder<Restriction | null> {
    return sql<Restriction | null>`(select json_build_object('purposes', r.purposes, 'until', r.until, 'ground', r.ground) from restriction r
      where r.subject_id = ${sql.ref(`${table}.subject_id`)} and r.register = ${this.register} and r.lifted_at is null order by r.at desc limit 1)`;
  }

  /** Search tokens of normalised words of one granted category; a category that is not granted has none, so a search cannot tell of it. */
  tokens(category: string, words: readonly string[]): bigint[] {
    if (!this.categories.includes(category)) return [];
    return partsOf(this).keys.tokens(partsOf(this).owner, category, words);
  }
}

/** A grant that also writes: for collect, change and erase, inside the gate's transaction. */
export class WritingGrant<R extends Owner, V extends Exclude<Verb, "read" | "disclose">> extends Grant<R, V> {
  /** Rows of the grant's own subject; its id is added here. */
  insert<T extends Owned[R]>(
    table: T,
    rows: InsertObject<Rows<R>, T> | readonly InsertObject<Rows<R>, T>[],
  ): InsertQueryBuilder<Rows<R>, T, InsertResult> {
    const parts = partsOf(this);
    const { db, scope } = parts;
    parts.wrote = true;
    const list = (Array.isArray(rows) ? rows : [rows]) as Record<string, unknown>[];
    const owned = hasSubject(table) && scope !== "many" ? list.map((row) => ({ ...row, subject_id: scope.one })) : list;
    return db.insertInto(table as "customer").values(owned as never) as unknown as InsertQueryBuilder<
      Rows<R>,
      T,
      InsertResult
    >;
  }

  /** Rows of several subjects, for upkeep (a rebuilt search) and for the serving registers. */
  insertMany<T extends Owned[R]>(
    table: T,
    rows: readonly (InsertObject<Rows<R>, T> & { subject_id: string })[],
  ): InsertQueryBuilder<Rows<R>, T, InsertResult> {
    const { db, scope } = partsOf(this);
    if (scope !== "many") throw new Error("this act is on one subject");
    return db.insertInto(table as "customer").values(rows as never) as unknown as InsertQueryBuilder<
      Rows<R>,
      T,
      InsertResult
    >;
  }

  update<T extends Owned[R]>(table: T): UpdateQueryBuilder<Rows<R>, T, T, UpdateResult> {
    const { db } = partsOf(this);
    const query = db.updateTable(table as "customer");
    return query.$if(hasSubject(table), (q) => q.where(this.#mine(table))) as unknown as UpdateQueryBuilder<
      Rows<R>,
      T,
      T,
      UpdateResult
    >;
  }

  delete<T extends Owned[R]>(table: T): DeleteQueryBuilder<Rows<R>, T, DeleteResult> {
    const { db } = partsOf(this);
    const query = db.deleteFrom(table as "customer");
    return query.$if(hasSubject(table), (q) => q.where(this.#mine(table))) as unknown as DeleteQueryBuilder<
      Rows<R>,
      T,
      DeleteResult
    >;
  }

  /** Cuts a row loose from its subject (anonymisation): the row stays, nobody's. */
  async unlink(table: Owned[R] & ("customer_order" | "order_line") & keyof Tables): Promise<void> {
    const { db } = partsOf(this);
    await sql`update ${sql.table(table)} set subject_id = null where ${this.#mine(table)}`.execute(db);
  }

  /** Seals values of granted categories, each under the key of (register, subject, retention rule of the category); the key is on disk before this resolves. */
  async seal(
    items: readonly { category: string; row: string; value: string }[],
  ): Promise<{ sealed: Buffer; rule: string }[]> {
    const { keys, owner, register, description } = partsOf(this);
    const subject = this.subject;
    const owners = items.map(({ category }) => {
      if (!this.categories.includes(category)) throw new Error(`category ${category} is not granted`);
      // Staff's own name and sign-in address stand in no description's retention: they end with the account.
      const rule = owner === "staff" ? "staff" : ruleOf(description, register, category);
      if (rule === undefined) throw new Problem("noRetentionRule", 409, { category });
      return { register: owner, subject, rule };
    });
    const ids = await keys.keysFor(owners);
    const sealed = await keys.seal(
      items.map(({ category, row, value }, n) => ({
        place: { register: owner, category, row, subject },
        key: ids[n] ?? "",
        plain: Buffer.from(value, "utf8"),
      })),
    );
    return sealed.map((bytes, n) => ({ sealed: bytes, rule: owners[n]?.rule ?? "" }));
  }

  /**
   * Seals anew what is held already: under the rule that the description gives its category, or where it gives none (the category has left
   * the description) under the rule it stands under. For rights and retention only, which reach all that is held.
   */
  async sealAgain(
    items: readonly { category: string; row: string; value: string; rule: string }[],
  ): Promise<{ sealed: Buffer; rule: string }[]> {
    const { keys, owner, register, description, whole = false } = partsOf(this);
    if (!whole) throw new Error("this act seals new values only");
    const subject = this.subject;
    const rules = items.map(({ category, rule }) => ruleOf(description, register, category) ?? rule);
    const ids = await keys.keysFor(rules.map((rule) => ({ register: owner, subject, rule })));
    const sealed = await keys.seal(
      items.map(({ category, row, value }, n) => ({
        place: { register: owner, category, row, subject },
        key: ids[n] ?? "",
        plain: Buffer.from(value, "utf8"),
      })),
    );
    return sealed.map((bytes, n) => ({ sealed: bytes, rule: rules[n] ?? "" }));
  }

  /** Key ids of the subject in this register, of one rule or all; for the erasure ledger. */
  async keysOf(rule?: string): Promise<string[]> {
    const { keys, owner } = partsOf(this);
    return keys.keysOf({ register: owner, subject: this.subject, ...(rule === undefined ? {} : { rule }) });
  }

  /**
   * Takes the subject's keys of a rule out of use and answers their ids for the erasure ledger: what is sealed from now on gets new keys.
   * A transaction that rolls back afterwards leaves the old keys readable and out of use, which harms nothing.
   */
  async retireKeys(rule: string): Promise<string[]> {
    const ids = await this.keysOf(rule);
    partsOf(this).keys.retire(ids);
    return ids;
  }

  /** Refusals of marketing kept for these addresses become the subject's objections. */
  async heedBans(addresses: readonly string[]): Promise<void> {
    await heedBans(partsOf(this), this.subject, addresses);
  }

  /** Consents, objections, restrictions and holds of the same subject, in the same transaction. */
  permissions(): WritingGrant<"permissions", V> {
    const parts = partsOf(this);
    return new WritingGrant<"permissions", V>({
      db: parts.db,
      keys: parts.keys,
      description: parts.description,
      actor: parts.actor,
      scope: parts.scope,
      at: parts.at,
      owner: "permissions",
      register: "permissions",
      allowed: { ...parts.allowed, categories: [], conditions: [] },
    });
  }

  #mine(table: string): RawBuilder<boolean> {
    const { scope } = partsOf(this);
    return scope === "many" ? sql<boolean>`true` : sql<boolean>`${sql.ref(`${table}.subject_id`)} = ${scope.one}::uuid`;
  }
}

function placeOf(register: Owner, row: SealedRow) {
  return { register, category: row.category, row: row.row, subject: row.subject_id };
}

// A grant that also writes, inside the gate's transaction.
import {
  type DeleteQueryBuilder,
  type DeleteResult,
  type InsertObject,
  type InsertQueryBuilder,
  type InsertResult,
  type RawBuilder,
  sql,
  type UpdateQueryBuilder,
  type UpdateResult,
} from "kysely";
import type { Tables } from "../db/tables.ts";
import { ruleOf } from "../description/inForce.ts";
import type { Verb } from "../description/terms.ts";
import type { KeyId } from "../keys/keys.ts";
import { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import { heedBans } from "./bans.ts";
import { Grant, type Rows } from "./grant.ts";
import { hasSubject, type Owned, type Owner } from "./owned.ts";
import { partsOf } from "./standing.ts";

type Plain = { category: string; row: string; value: string };
type Sealed = { sealed: Buffer; rule: string };

/** For collect, change and erase. */
export class WritingGrant<R extends Owner, V extends Exclude<Verb, "read" | "disclose">> extends Grant<R, V> {
  /** Rows of the grant's own subject; its id is added here. */
  insert<T extends Owned[R]>(
    table: T,
    rows: InsertObject<Rows<R>, T> | readonly InsertObject<Rows<R>, T>[],
  ): InsertQueryBuilder<Rows<R>, T, InsertResult> {
    const parts = partsOf(this);
    parts.wrote = true;
    const list = (Array.isArray(rows) ? rows : [rows]) as Record<string, unknown>[];
    const owned = hasSubject(table) ? list.map((row) => ({ ...row, subject_id: this.subject })) : list;
    return parts.db.insertInto(table as "customer").values(owned as never) as unknown as InsertQueryBuilder<
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
  async seal(items: readonly Plain[]): Promise<Sealed[]> {
    const { owner, register, description } = partsOf(this);
    const rules = items.map(({ category }) => {
      if (!this.categories.includes(category)) throw new Error(`category ${category} is not granted`);
      // What ends by a period of its own stands in no rule of retention: staff's name with the account, a request with `requests.kept`.
      const rule = owner === "staff" || owner === "requests" ? owner : ruleOf(description, register, category);
      if (rule === undefined) throw new Problem("noRetentionRule", 409, { category });
      return rule;
    });
    return this.#sealUnder(rules, items);
  }

  /**
   * Seals anew what is held already: under the rule that the description gives its category, or where it gives none (the category has left
   * the description) under the rule it stands under. For rights and retention only, which reach all that is held.
   */
  async sealAgain(items: readonly (Plain & { rule: string })[]): Promise<Sealed[]> {
    const { register, description, whole = false } = partsOf(this);
    if (!whole) throw new Error("this act seals new values only");
    const rules = items.map(({ category, rule }) => ruleOf(description, register, category) ?? rule);
    return this.#sealUnder(rules, items);
  }

  async #sealUnder(rules: readonly string[], items: readonly Plain[]): Promise<Sealed[]> {
    const { keys, owner } = partsOf(this);
    const subject = this.subject;
    const ids = await keys.keysFor(rules.map((rule) => ({ register: owner, subject, rule })));
    const sealed = await keys.seal(
      items.map(({ category, row, value }, n) => ({
        place: { register: owner, category, row, subject },
        key: ids[n] as KeyId,
        plain: Buffer.from(value, "utf8"),
      })),
    );
    return sealed.map((bytes, n) => ({ sealed: bytes, rule: rules[n] as string }));
  }

  /**
   * Takes the subject's keys of a rule out of use and answers their ids for the erasure ledger: what is sealed from now on gets new keys.
   * A transaction that rolls back afterwards leaves the old keys readable and out of use, which harms nothing.
   */
  async retireKeys(rule: string): Promise<string[]> {
    const { keys, owner } = partsOf(this);
    const ids = await keys.keysOf({ register: owner, subject: this.subject, rule });
    keys.retire(ids);
    return ids;
  }

  /** Refusals of marketing kept for these addresses become the subject's objections. */
  async heedBans(addresses: readonly string[]): Promise<void> {
    await heedBans(partsOf(this), this.subject, addresses);
  }

  /** A new subject beside the grant's own, in the same transaction: a contact person of an organisation. The event names both. */
  async beside(): Promise<WritingGrant<R, V>> {
    const parts = partsOf(this);
    const id = newId();
    await parts.db.insertInto("subject").values({ id }).execute();
    parts.answered.add(id);
    return new WritingGrant<R, V>({ ...parts, scope: { one: id } });
  }

  /** Consents, objections, restrictions and holds of the same subject, in the same transaction. */
  permissions(): WritingGrant<"permissions", V> {
    const { db, keys, description, actor, scope, at, allowed } = partsOf(this);
    const beside = { ...allowed, categories: [], conditions: [] };
    const owner = "permissions";
    return new WritingGrant({ owner, register: owner, db, keys, description, actor, scope, at, allowed: beside });
  }

  #mine(table: string): RawBuilder<boolean> {
    const { scope } = partsOf(this);
    return scope === "many" ? sql<boolean>`true` : sql<boolean>`${sql.ref(`${table}.subject_id`)} = ${scope.one}::uuid`;
  }
}

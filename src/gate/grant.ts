// What the gate gives to work: the rows of one register, of one subject or of those the conditions let through, and of these only the
// granted categories. A grant cannot be made elsewhere (the class stays in gate/), cannot be changed (private fields, frozen) and cannot
// be passed off as another's: its register and verb are part of private fields, which no Object.assign reaches.
import {
  type ColumnType,
  type Compilable,
  type CompiledQuery,
  type RawBuilder,
  type SelectQueryBuilder,
  sql,
} from "kysely";
import type { Tables } from "../db/tables.ts";
import type { Description } from "../description/schema.ts";
import type { Verb } from "../description/terms.ts";
import { keyIdOf } from "../keys/sealed.ts";
import type { Actor } from "../policy/decide.ts";
import { meets } from "./conditions.ts";
import { hasSubject, type Owned, type Owner } from "./owned.ts";
import { type GrantParts, partsOf, stand } from "./standing.ts";

/** A table as work may write it: whose row it is, the grant says. */
type Scoped<T> = { [C in keyof T]: C extends "subject_id" ? ColumnType<string, never, never> : T[C] };
export type Rows<R extends Owner> = { [T in Owned[R]]: Scoped<Tables[T]> };
type Select<R extends Owner, T extends Owned[R]> = SelectQueryBuilder<Rows<R>, T, Record<never, never>>;

export type Restriction = { purposes: string[]; until: string | null; ground: string };

/** Stands for the subject in a query that is compiled for everybody. */
const ANYBODY = "anybody";
const MOST_SHAPES = 500;
const shapes = new Map<string, CompiledQuery>();

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
  readonly #is!: (of: [R, V]) => [R, V];

  constructor(parts: GrantParts<R>) {
    this.register = parts.register;
    this.purpose = parts.allowed.purpose;
    this.categories = Object.freeze([...parts.allowed.categories]);
    this.actor = parts.actor;
    this.description = parts.description;
    this.at = parts.at;
    stand(this, parts);
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
    return mine.where(meets(allowed.conditions, column)) as unknown as Select<R, T>;
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

  /** Says that values of these categories went, or are cut loose from the person; the audit event of an erasure names them. */
  erasing(categories: Iterable<string>): void {
    const { erased } = partsOf(this);
    for (const category of categories) erased.add(category);
  }

  /** Opens sealed values, in order; null where the key is gone. Refuses other categories and other subjects: a query that strayed is a fault, not an answer. */
  async open(rows: readonly SealedRow[]): Promise<(string | null)[]> {
    const { keys, owner, scope, answered, touched, whole = false } = partsOf(this);
    for (const row of rows) {
      if (!whole && !this.categories.includes(row.category)) throw new Error(`category ${row.category} is not granted`);
      if (scope !== "many" && row.subject_id !== scope.one) throw new Error("a row of another subject");
      answered.add(row.subject_id);
      touched.add(row.category);
    }
    const opened = await keys.open(
      rows.map(({ category, row, subject_id: subject, sealed }) => ({
        place: { register: owner, category, row, subject },
        sealed,
      })),
    );
    return opened.map((plain) => plain?.toString("utf8") ?? null);
  }

  /** The reason a person gave for looking, sealed as the value it explains: with the value's own key. */
  async because(value: SealedRow, reason: string): Promise<void> {
    const parts = partsOf(this);
    const { category, row, subject_id: subject } = value;
    const key = keyIdOf(value.sealed);
    const place = { register: parts.owner, category: `${category}:why`, row, subject };
    const [sealed] = await parts.keys.seal([{ place, key, plain: Buffer.from(reason, "utf8") }]);
    parts.why = sealed;
  }

  /** True where the conditions of this act let through the subject of a joined row, who need not be the grant's own (a contact person on the card). */
  visible(alias: string): RawBuilder<boolean> {
    return meets(partsOf(this).allowed.conditions, sql.ref(`${alias}.subject_id`));
  }

  /** The restriction in force on the row's subject in this register, if any (GDPR Art. 18): beside the rows, in their statement. */
  restriction(table: Owned[R] & string): RawBuilder<Restriction | null> {
    return sql<Restriction | null>`(select json_build_object('purposes', r.purposes, 'until', r.until, 'ground', r.ground) from restriction r
      where r.subject_id = ${sql.ref(`${table}.subject_id`)} and r.register = ${this.register} and r.lifted_at is null order by r.at desc limit 1)`;
  }

  /** Which secret the tokens are made with: an index under another one answers nothing. */
  get searchVersion(): number {
    return partsOf(this).keys.state().search;
  }

  /** Search tokens of normalised words of one granted category; a category that is not granted has none, so a search cannot tell of it. */
  tokens(category: string, words: readonly string[]): bigint[] {
    if (!this.categories.includes(category)) return [];
    return partsOf(this).keys.tokens(partsOf(this).owner, category, words);
  }
}

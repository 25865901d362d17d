// What a grant stands on, out of reach of whoever holds it.
import type { Db, Tx } from "../db/connect.ts";
import type { Description } from "../description/schema.ts";
import type { Verb } from "../description/terms.ts";
import type { Keys } from "../keys/keys.ts";
import type { Actor, Allowed } from "../policy/decide.ts";
import type { Grant } from "./grant.ts";
import type { Owner } from "./owned.ts";

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

/** What grows while the work runs. */
type Kept = {
  answered: Set<string>;
  touched: Set<string>;
  erased: Set<string>;
  why: Buffer | undefined;
  wrote: boolean;
};
const kept = new WeakMap<object, GrantParts<Owner> & Kept>();

/** Called once, by the grant's constructor. */
export function stand<R extends Owner>(grant: object, parts: GrantParts<R>): void {
  kept.set(grant, {
    ...parts,
    answered: new Set(),
    touched: new Set(),
    erased: new Set(),
    why: undefined,
    wrote: false,
  });
}

/** For the classes of the gate only. Throws where the object is no grant, or a copy of one. */
export function partsOf<R extends Owner, V extends Verb>(grant: Grant<R, V>) {
  const parts = kept.get(grant);
  if (!parts) throw new Error("not a grant of the gate");
  return parts as GrantParts<R> & Kept;
}

/** Subjects whose values or rows were answered; the audit event names them. */
export function answeredBy<R extends Owner, V extends Verb>(grant: Grant<R, V>): readonly string[] {
  const { scope, answered } = partsOf(grant);
  return scope === "many" ? [...answered] : [...new Set([scope.one, ...answered])];
}

/** Whether the work put a row anywhere: a flow that found its invoice there already moved nothing. */
export const wroteBy = <R extends Owner, V extends Verb>(grant: Grant<R, V>): boolean => partsOf(grant).wrote;

/** The granted categories of which something was really opened: the log tells what was seen, not what could have been. */
export const seenOf = <R extends Owner, V extends Verb>(grant: Grant<R, V>, allowed: Allowed): Allowed => {
  const { touched } = partsOf(grant);
  return { ...allowed, categories: allowed.categories.filter((category) => touched.has(category)) };
};

/** The same of a right, whose work may ask for the grant several times; an erasure names what went, not what had to be sealed anew beside it. */
export function reachedBy<R extends Owner, V extends Verb>(
  grants: readonly Grant<R, V>[],
  allowed: Allowed,
  erasing: boolean,
): Allowed {
  const reached = new Set(grants.flatMap((grant) => [...partsOf(grant)[erasing ? "erased" : "touched"]]));
  return { ...allowed, categories: allowed.categories.filter((category) => reached.has(category)) };
}

export const whyOf = <R extends Owner, V extends Verb>(grant: Grant<R, V>): Buffer | undefined => partsOf(grant).why;

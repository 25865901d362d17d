// What every act of the gate shares: who is asked, how a refusal is written down, how a transaction is run, what a grant stands on.
import { sql } from "kysely";
import type { Databases, Db, Tx } from "../db/connect.ts";
import { type AskInForce, type InForce, placeText } from "../description/inForce.ts";
import type { Description } from "../description/schema.ts";
import type { RegisterKind } from "../description/terms.ts";
import type { Keys } from "../keys/keys.ts";
import { type Allowed, type Condition, type Refusal, registerOfKind } from "../policy/decide.ts";
import type { Clock } from "../values/Day.ts";
import { notFound, Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import { type About, type AuditBatch, type EarlyReason, eventOf, known, openAuditBatch } from "./audit.ts";
import type { Caller } from "./caller.ts";
import { meets } from "./conditions.ts";
import { once } from "./once.ts";
import type { Owner } from "./owned.ts";
import type { GrantParts, Scope } from "./standing.ts";

export type GateParts = {
  databases: Databases;
  keys: Keys;
  inForce: AskInForce;
  clock: Clock;
  audit?: AuditBatch;
  /** How a transaction is run; a rehearsal runs all of them inside one that is rolled back. */
  run?: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
};

export type Room = ReturnType<typeof openRoom>;

export function openRoom(parts: GateParts) {
  const { databases, keys, inForce, clock } = parts;
  const audit = parts.audit ?? openAuditBatch(databases.audit);

  /** What a grant stands on. */
  const standing = <R extends Owner>(
    owner: R,
    on: { register: string; db: Db | Tx; allowed: Allowed; caller: Caller; scope: Scope },
  ): GrantParts<R> => {
    const { register, db, allowed, caller, scope } = on;
    const { description } = inForce();
    return { owner, register, db, keys, description, allowed, actor: caller.actor, scope, at: clock.now() };
  };

  /** Writes the refusal down, then refuses, naming the place in the description that says so. */
  async function refuse(
    caller: Caller,
    force: InForce,
    about: About,
    refusal: Refusal,
    subjects: readonly string[],
  ): Promise<never> {
    await audit(eventOf(caller, force.description, about, refusal, subjects));
    throw new Problem(`refused.${refusal.reason}`, STATUS[refusal.reason] ?? 403, {
      place: refusal.place,
      at: placeText(force, refusal.place),
      category: known(force.description.categories, refusal.category) ?? "",
    });
  }

  /** Writes down what was refused before it could be decided (a body too large, a sign-in that failed); the caller answers. */
  const noteRefusal = (
    caller: Caller,
    about: About,
    reason: EarlyReason,
    place: string,
    subjects: readonly string[] = [],
  ): Promise<void> =>
    audit(eventOf(caller, inForce().description, about, { outcome: "refused", reason, place }, subjects));

  /** One transaction, tried again when PostgreSQL says that two crossed. */
  async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (parts.run) return parts.run(work);
    for (let attempt = 1; ; attempt++) {
      try {
        return await databases.write.transaction().execute(work);
      } catch (error) {
        if (attempt >= 5 || !crossed(error)) throw error;
      }
    }
  }

  /** The same, answering a repeated idempotency key with its first answer. */
  const transactionOnce = <T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T> =>
    transaction((tx) => once(tx, caller, clock, () => work(tx)));

  return { databases, keys, inForce, clock, audit, standing, refuse, noteRefusal, transaction, transactionOnce };
}

/** The register's id in the description in force; not found where it has none of the kind. */
export function registerId({ description }: InForce, kind: Owner): string {
  const id = registerOfKind(description, kind as RegisterKind);
  if (id === undefined) throw notFound();
  return id;
}

/** The register's categories; none where the description does not have it (accounts, evidence, permissions). */
export const categoriesOf = ({ registers }: Description, register: string): readonly string[] =>
  registers[register]?.categories ?? [];

/** A new subject's row, or a lock on the one there is; not found where there is none or the conditions hide it. */
export async function lock(
  tx: Tx,
  subject: string | undefined,
  conditions: readonly Condition[],
  { erasing = false } = {},
): Promise<Scope> {
  if (subject === undefined) {
    const id = newId();
    await tx.insertInto("subject").values({ id }).execute();
    return { one: id };
  }
  const mode = erasing ? sql`for update` : sql`for key share`;
  await sql`select from subject s where s.id = ${subject} ${mode}`.execute(tx);
  // A statement of its own: what the transaction that was waited for has restricted is seen only by a snapshot taken after the wait.
  const seen = await sql`select from subject s where s.id = ${subject} and ${meets(conditions, sql`s.id`)}`.execute(tx);
  if (seen.rows.length === 0) throw notFound();
  return { one: subject };
}

/** Refusals that the caller mends in what was sent, not by being somebody else. */
const STATUS: Readonly<Record<string, number>> = { identityCodeGround: 422, unknownSource: 422, unknownCategory: 422 };

/** Serialization failure or deadlock: safe to try again, nothing was done. */
const CROSSED: ReadonlySet<unknown> = new Set(["40001", "40P01"]);
const crossed = (error: unknown): boolean => CROSSED.has((error as { code?: unknown }).code);

// The program's own acts, and the registers that serve the others.
import { sql } from "kysely";
import type { Db, Tx } from "../db/connect.ts";
import type { Verb } from "../description/terms.ts";
import type { Allowed } from "../policy/decide.ts";
import { eventOf, writeAudit } from "./audit.ts";
import { type Caller, systemCaller } from "./caller.ts";
import { type CustomerData, REQUEST_CATEGORIES, STAFF_CATEGORIES } from "./owned.ts";
import { categoriesOf, type Room, registerId } from "./room.ts";
import { answeredBy, type Scope } from "./standing.ts";
import { WritingGrant } from "./writingGrant.ts";

/** What is sealed there; permissions and the ways to one's own card hold no value. */
const categoriesServed = (register: "staff" | "evidence" | "permissions" | "requests" | "ownCard"): string[] => {
  if (register === "requests") return [...REQUEST_CATEGORIES];
  return register === "ownCard" || register === "permissions" ? [] : [...STAFF_CATEGORIES];
};

export function systemIn({ databases, inForce, audit, standing, transaction }: Room) {
  /**
   * Upkeep of a register: rebuilding search (`values`: all categories are opened) or counting what is due (no value is opened).
   * Each statement commits by itself, or all of them together where `locked` names subjects: nobody changes or erases these until the work is
   * done. Written down as the system's act.
   */
  async function upkeep<R extends CustomerData, T>(
    why: string,
    ask: { register: R; values: boolean; locked?: readonly string[] },
    work: (grant: WritingGrant<R, "change">) => Promise<T>,
  ): Promise<T> {
    const force = inForce();
    const register = registerId(force, ask.register);
    const caller: Caller = systemCaller(why);
    const categories = ask.values ? categoriesOf(force.description, register) : [];
    const place = `registers.${register}`;
    const allowed: Allowed = { outcome: "allowed", purpose: why, categories, conditions: [], place };
    const workOn = (db: Db | Tx) =>
      work(new WritingGrant<R, "change">(standing(ask.register, { register, db, allowed, caller, scope: "many" })));
    const { locked } = ask;
    const answer = await (locked === undefined
      ? workOn(databases.write)
      : transaction(async (tx) => {
          await sql`select from subject where id = any(${locked}::uuid[]) order by id for update`.execute(tx);
          return workOn(tx);
        }));
    await audit(eventOf(caller, force.description, { verb: "read", register }, allowed, []));
    return answer;
  }

  /** Accounts, evidence, permissions, people's requests: their own rules are in the contract's `keeps` or `none`, decided before this is called. */
  async function serving<R extends "staff" | "evidence" | "permissions" | "requests" | "ownCard", T>(
    caller: Caller,
    ask: { register: R; verb: Verb; subject?: string; place: string; silent?: boolean; digest?: Uint8Array },
    work: (grant: WritingGrant<R, "change">) => Promise<T>,
  ): Promise<T> {
    const { register, verb, place } = ask;
    const categories = categoriesServed(register);
    const allowed: Allowed = { outcome: "allowed", purpose: "security", categories, conditions: [], place };
    const scope: Scope = ask.subject === undefined ? "many" : { one: ask.subject };
    return transaction(async (tx) => {
      const grant = new WritingGrant<R, "change">(standing(register, { register, db: tx, allowed, caller, scope }));
      const answer = await work(grant);
      const about = { verb, register, ...(ask.digest && { digest: ask.digest }) };
      const event = eventOf(caller, inForce().description, about, allowed, answeredBy(grant));
      if (!ask.silent) await writeAudit(tx, [event]);
      return answer;
    });
  }

  /** Whose thing it is, before deciding; null where there is none. The id says nothing about the person. */
  async function subjectOf(kind: "customer" | "order" | "invoice", id: string): Promise<string | null> {
    const { read } = databases;
    const query =
      kind === "customer"
        ? read.selectFrom("customer").select("subject_id").where("subject_id", "=", id)
        : read
            .selectFrom(kind === "order" ? "customer_order" : "invoice")
            .select("subject_id")
            .where("id", "=", id);
    return (await query.executeTakeFirst())?.subject_id ?? null;
  }

  return { upkeep, serving, subjectOf };
}

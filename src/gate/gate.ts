// The only door to personal data: facts + decide + audit + seal/open + transaction -> Grant.
// A read is one statement on a read-only connection, its audit event durable before the answer leaves. Anything else is one transaction with its event.
import { sql } from "kysely";
import type { Databases, Db, Tx } from "../db/connect.ts";
import { type AskInForce, type InForce, placeText } from "../description/inForce.ts";
import type { PurposeKind, RegisterKind, RightKind, Verb } from "../description/terms.ts";
import type { Keys } from "../keys/keys.ts";
import {
  type Allowed,
  type Condition,
  type Decision,
  decide,
  decideFlow,
  decideRight,
  flowBetween,
  registerOfKind,
  type SubjectKind,
} from "../policy/decide.ts";
import type { Clock } from "../values/Day.ts";
import { notFound, Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import {
  type About,
  type AuditBatch,
  type AuditEvent,
  type EarlyReason,
  earlyRefusal,
  eventOf,
  openAuditBatch,
  writeAudit,
} from "./audit.ts";
import type { Caller } from "./caller.ts";
import { meets } from "./conditions.ts";
import { answeredBy, Grant, type Scope, WritingGrant, whyOf } from "./grant.ts";
import { once } from "./once.ts";
import type { CustomerData, Owner } from "./owned.ts";

type WriteVerb = "collect" | "change" | "erase";

export type { Grant, WritingGrant } from "./grant.ts";

/** What one act asks. `subject` absent: a new subject is made for collect; a read is on many. */
export type Ask<R extends Owner, V extends Verb> = {
  register: R;
  verb: V;
  subject?: string | undefined;
  purposes?: readonly PurposeKind[] | undefined;
  categories?: readonly string[] | undefined;
  source?: string | undefined;
  removes?: readonly string[] | undefined;
  subjectKind?: SubjectKind | undefined;
  identityCodeGround?: string | undefined;
};

/** Grants of one right or retention step, register by register, in one transaction. */
export type Steps = {
  readonly subject: string;
  readonly at: Date;
  /** Kinds of register that the description has. */
  readonly kinds: readonly CustomerData[];
  of<R extends CustomerData>(kind: R): WritingGrant<R, "erase">;
  permissions(): WritingGrant<"permissions", "change">;
  evidence(): WritingGrant<"evidence", "collect">;
  /** Done once the transaction is committed and before the caller is answered: keys are destroyed only when the rows are surely gone. */
  afterCommit(work: () => Promise<void>): void;
};

export type Gate = ReturnType<typeof openGate>;
export type GateParts = {
  databases: Databases;
  keys: Keys;
  inForce: AskInForce;
  clock: Clock;
  audit?: AuditBatch;
  /** How a transaction is run; a rehearsal runs all of them inside one that is rolled back. */
  run?: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
};
/** Out of reach of whoever holds a gate: the databases behind it are not for asking past it. */
export const PARTS = Symbol("parts of the gate");

export function openGate(parts: GateParts) {
  const { databases, keys, inForce, clock } = parts;
  const audit = parts.audit ?? openAuditBatch(databases.audit);

  function grantParts<R extends Owner>(
    owner: R,
    register: string,
    db: Db | Tx,
    allowed: Allowed,
    caller: Caller,
    scope: Scope,
  ) {
    return {
      owner,
      register,
      db,
      keys,
      description: inForce().description,
      allowed,
      actor: caller.actor,
      scope,
      at: clock.now(),
    };
  }

  /** Writes the refusal down, then refuses, naming the place in the description that says so. */
  async function refuse(
    caller: Caller,
    force: InForce,
    about: About,
    refusal: Decision,
    subjects: readonly string[],
  ): Promise<never> {
    await audit(eventOf(caller, force.description.version, about, refusal, subjects));
    if (refusal.outcome === "allowed") throw new Error("not a refusal");
    throw new Problem(`refused.${refusal.reason}`, STATUS[refusal.reason] ?? 403, {
      place: refusal.place,
      at: placeText(force, refusal.place),
      category: refusal.category ?? "",
    });
  }

  /** Writes down what was refused before it could be decided (a body too large, a sign-in that failed); the caller answers. */
  const noteRefusal = (
    caller: Caller,
    about: About,
    reason: EarlyReason,
    place: string,
    subjects: readonly string[] = [],
  ): Promise<void> => audit(earlyRefusal(caller, inForce().description.version, about, reason, place, subjects));

  const registerId = (force: InForce, kind: Owner): string => {
    const id = registerOfKind(force.description, kind as RegisterKind);
    if (id === undefined) throw notFound();
    return id;
  };

  async function decided<R extends Owner, V extends Verb>(
    caller: Caller,
    ask: Ask<R, V>,
  ): Promise<{ force: InForce; allowed: Allowed; register: string }> {
    const force = inForce();
    const register = registerId(force, ask.register);
    const decision = decide(force.description, {
      actor: caller.actor,
      purpose: caller.purpose,
      register,
      verb: ask.verb,
      purposeKinds: ask.purposes,
      categories: ask.categories,
      source: ask.source,
      removes: ask.removes,
      subjectKind: ask.subjectKind,
      identityCodeGround: ask.identityCodeGround,
    });
    if (decision.outcome === "allowed") return { force, allowed: decision, register };
    return refuse(
      caller,
      force,
      { verb: ask.verb, register },
      decision,
      ask.subject === undefined ? [] : [ask.subject],
    );
  }

  /** One statement on a read-only connection; the answer leaves when its event is durable. */
  async function read<R extends Owner, T>(
    caller: Caller,
    ask: Omit<Ask<R, "read">, "verb">,
    work: (grant: Grant<R, "read">) => Promise<T>,
  ): Promise<T> {
    const { force, allowed, register } = await decided(caller, { ...ask, verb: "read" });
    const scope: Scope = ask.subject === undefined ? "many" : { one: ask.subject };
    const grant = new Grant<R, "read">(grantParts(ask.register, register, databases.read, allowed, caller, scope));
    const answer = await work(grant);
    await audit(
      eventOf(caller, force.description.version, { verb: "read", register }, allowed, answeredBy(grant), whyOf(grant)),
    );
    return answer;
  }

  /** One transaction: lock of the subject, work, audit event, commit. Tried again when PostgreSQL says that two transactions crossed. */
  async function write<R extends Owner, V extends WriteVerb, T>(
    caller: Caller,
    ask: Ask<R, V>,
    work: (grant: WritingGrant<R, V>) => Promise<T>,
  ): Promise<T> {
    const { force, allowed, register } = await decided(caller, ask);
    return transaction(async (tx) =>
      once(tx, caller, clock, async () => {
        const scope = await lock(tx, ask.subject, allowed.conditions, ask.verb === "erase");
        const grant = new WritingGrant<R, V>(grantParts(ask.register, register, tx, allowed, caller, scope));
        const answer = await work(grant);
        await writeAudit(tx, [
          eventOf(caller, force.description.version, { verb: ask.verb, register }, allowed, answeredBy(grant)),
        ]);
        return answer;
      }),
    );
  }

  /** A flow between two registers: two acts, two grants, one transaction; an arrival that is refused is one refusal and nothing moves. */
  async function carry<F extends CustomerData, T extends CustomerData, X>(
    caller: Caller,
    ask: { from: F; to: T; subject: string },
    work: (from: Grant<F, "disclose">, to: WritingGrant<T, "collect">) => Promise<X>,
  ): Promise<X> {
    const { force, flow, allowed, from, to, about } = await flowDecided(caller, ask);
    return transaction(async (tx) =>
      once(tx, caller, clock, async () => {
        const scope = await lock(tx, ask.subject, allowed.conditions, false);
        const leaving = new Grant<F, "disclose">(grantParts(ask.from, from, tx, allowed, caller, scope));
        const arrival = { ...allowed, categories: arriving(force, to, allowed), conditions: [] };
        const arrived = new WritingGrant<T, "collect">(grantParts(ask.to, to, tx, arrival, caller, scope));
        const answer = await work(leaving, arrived);
        const { version } = force.description;
        await writeAudit(tx, [
          eventOf(caller, version, { ...about, verb: "disclose", register: from }, allowed, [ask.subject]),
          eventOf(
            caller,
            version,
            { ...about, verb: "collect", register: to },
            { ...arrival, place: `flows.${flow}` },
            [ask.subject],
          ),
        ]);
        return answer;
      }),
    );
  }

  /** What a flow would carry: the same decision and categories, nothing written but the event that it was looked at. */
  async function previewCarry<F extends CustomerData, T extends CustomerData, X>(
    caller: Caller,
    ask: { from: F; to: T; subject: string },
    work: (from: Grant<F, "disclose">, to: Grant<T, "read">) => Promise<X>,
  ): Promise<X> {
    const { force, allowed, from, to, about } = await flowDecided(caller, ask);
    const scope = { one: ask.subject };
    const leaving = new Grant<F, "disclose">(grantParts(ask.from, from, databases.read, allowed, caller, scope));
    const there = { ...allowed, categories: [], conditions: [] };
    const answer = await work(
      leaving,
      new Grant<T, "read">(grantParts(ask.to, to, databases.read, there, caller, scope)),
    );
    await audit(
      eventOf(caller, force.description.version, { ...about, verb: "read", register: from }, allowed, [ask.subject]),
    );
    return answer;
  }

  async function flowDecided(caller: Caller, ask: { from: CustomerData; to: CustomerData; subject: string }) {
    const force = inForce();
    const flow = flowBetween(force.description, ask.from, ask.to) ?? "";
    const declared = force.description.flows[flow];
    const about = {
      verb: "disclose",
      register: registerId(force, ask.from),
      flow,
      ...(declared ? { channel: declared.channel } : {}),
    };
    const decision = decideFlow(force.description, flow, { actor: caller.actor, purpose: caller.purpose });
    if (decision.outcome === "refused") return refuse(caller, force, about, decision, [ask.subject]);
    return { force, flow, allowed: decision, about, from: registerId(force, ask.from), to: registerId(force, ask.to) };
  }

  /** Carries out a right on one subject, or what the retention rules ask: all registers of the description that hold customers' data, one transaction, one event a register. */
  async function right<T>(
    caller: Caller,
    ask: { right: RightKind | "retention"; verb: "read" | "erase"; subject: string; kinds: readonly CustomerData[] },
    work: (steps: Steps) => Promise<T>,
  ): Promise<T> {
    const force = inForce();
    const decisions = new Map<CustomerData, { register: string; allowed: Allowed }>();
    for (const kind of ask.kinds) {
      const register = registerOfKind(force.description, kind);
      if (register === undefined) continue;
      const decision =
        ask.right === "retention"
          ? byRetention(force, register, caller)
          : decideRight(force.description, { actor: caller.actor, register, right: ask.right, verb: ask.verb });
      const about = { verb: ask.verb, register, right: ask.right };
      if (decision.outcome === "refused") return refuse(caller, force, about, decision, [ask.subject]);
      decisions.set(kind, { register, allowed: decision });
    }
    let afterCommit: (() => Promise<void>)[] = [];
    const answered = await transaction(async (tx) =>
      once(tx, caller, clock, async () => {
        afterCommit = [];
        const scope = await lock(tx, ask.subject, [], ask.verb === "erase");
        const answer = await work(
          steps(tx, caller, decisions, scope, ask.subject, (later) => void afterCommit.push(later)),
        );
        await writeAudit(
          tx,
          [...decisions.values()].map(({ register, allowed }) =>
            eventOf(caller, force.description.version, { verb: ask.verb, register, right: ask.right }, allowed, [
              ask.subject,
            ]),
          ),
        );
        return answer;
      }),
    );
    for (const later of afterCommit) await later();
    return answered;
  }

  function steps(
    tx: Tx,
    caller: Caller,
    decisions: ReadonlyMap<CustomerData, { register: string; allowed: Allowed }>,
    scope: Scope,
    subject: string,
    afterCommit: Steps["afterCommit"],
  ): Steps {
    const beside: Allowed = { outcome: "allowed", purpose: "rights", categories: [], conditions: [], place: "rights" };
    return {
      subject,
      at: clock.now(),
      kinds: [...decisions.keys()],
      of: (kind) => {
        const found = decisions.get(kind);
        if (!found) throw notFound();
        const { register, allowed } = found;
        return new WritingGrant({ ...grantParts(kind, register, tx, allowed, caller, scope), whole: true });
      },
      permissions: () => new WritingGrant(grantParts("permissions", "permissions", tx, beside, caller, scope)),
      evidence: () => new WritingGrant(grantParts("evidence", "evidence", tx, beside, caller, scope)),
      afterCommit,
    };
  }

  /**
   * The program's own upkeep on a register: rebuilding search (`values`: all categories are opened) or counting what is due (no value is opened).
   * Each statement commits by itself; written down as the system's act.
   */
  async function upkeep<R extends CustomerData, T>(
    why: string,
    ask: { register: R; values: boolean },
    work: (grant: WritingGrant<R, "change">) => Promise<T>,
  ): Promise<T> {
    const force = inForce();
    const register = registerId(force, ask.register);
    const caller: Caller = { actor: { kind: "system", id: `system:${why}` }, requestId: newId() };
    const categories = ask.values ? (force.description.registers[register]?.categories ?? []) : [];
    const allowed: Allowed = {
      outcome: "allowed",
      purpose: why,
      categories,
      conditions: [],
      place: `registers.${register}`,
    };
    const grant = new WritingGrant<R, "change">(
      grantParts(ask.register, register, databases.write, allowed, caller, "many"),
    );
    const answer = await work(grant);
    await audit(eventOf(caller, force.description.version, { verb: "read", register }, allowed, []));
    return answer;
  }

  /** The registers that serve the others (accounts, evidence): their own rules are in the contract's `keeps` or `none`, decided before this is called. */
  async function serving<R extends "staff" | "evidence" | "permissions", T>(
    caller: Caller,
    ask: { register: R; verb: Verb; subject?: string; place: string; silent?: boolean },
    work: (grant: WritingGrant<R, "change">) => Promise<T>,
  ): Promise<T> {
    const allowed: Allowed = {
      outcome: "allowed",
      purpose: "security",
      categories: [...SERVING_CATEGORIES],
      conditions: [],
      place: ask.place,
    };
    return transaction(async (tx) => {
      const scope: Scope = ask.subject === undefined ? "many" : { one: ask.subject };
      const grant = new WritingGrant<R, "change">(grantParts(ask.register, ask.register, tx, allowed, caller, scope));
      const answer = await work(grant);
      if (!ask.silent) {
        const about = { verb: ask.verb, register: ask.register };
        await writeAudit(tx, [eventOf(caller, inForce().description.version, about, allowed, answeredBy(grant))]);
      }
      return answer;
    });
  }

  /** Whose thing it is, before deciding; null where there is none. The id says nothing about the person. */
  async function subjectOf(kind: "customer" | "order" | "invoice", id: string): Promise<string | null> {
    if (kind === "customer") {
      const row = await databases.read
        .selectFrom("customer")
        .select("subject_id")
        .where("subject_id", "=", id)
        .executeTakeFirst();
      return row?.subject_id ?? null;
    }
    const table = kind === "order" ? "customer_order" : "invoice";
    const row = await databases.read.selectFrom(table).select("subject_id").where("id", "=", id).executeTakeFirst();
    return row?.subject_id ?? null;
  }

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

  return {
    read,
    write,
    carry,
    previewCarry,
    right,
    upkeep,
    serving,
    subjectOf,
    refuse,
    noteRefusal,
    inForce,
    clock,
    keys,
    /** The parts, for a rehearsal only (gate/rehearse.ts). */
    [PARTS]: parts,
  };
}

/** What has come to its end under a retention rule goes by the program's own act; nobody else may name it. */
function byRetention({ description }: InForce, register: string, { actor }: Caller): Decision {
  if (actor.kind !== "system") return { outcome: "refused", reason: "rightNotByRole", place: "retention" };
  const categories = description.registers[register]?.categories ?? [];
  return { outcome: "allowed", purpose: "retention", categories, conditions: [], place: "retention" };
}

/** Refusals that the caller mends in what was sent, not by being somebody else. */
const STATUS: Readonly<Record<string, number>> = { identityCodeGround: 422, unknownSource: 422, unknownCategory: 422 };

/** Categories of the serving registers: staff's own name and sign-in address. */
const SERVING_CATEGORIES = ["staffName", "staffLogin"] as const;

/** A new subject's row, or a lock on the one there is; not found where there is none or the conditions hide it. */
async function lock(
  tx: Tx,
  subject: string | undefined,
  conditions: readonly Condition[],
  forErasing: boolean,
): Promise<Scope> {
  if (subject === undefined) {
    const id = newId();
    await tx.insertInto("subject").values({ id }).execute();
    return { one: id };
  }
  const visible = meets(conditions, sql`s.id`) ?? sql`true`;
  const { rows } = await sql`select s.id from subject s where s.id = ${subject} and ${visible} ${
    forErasing ? sql`for update of s` : sql`for key share of s`
  }`.execute(tx);
  if (rows.length === 0) throw notFound();
  return { one: subject };
}

/** What a flow's arrival may hold: what it carries, and the kind of thing it becomes there (an invoice). */
function arriving({ description }: InForce, to: string, allowed: Allowed): string[] {
  const held = description.registers[to]?.categories ?? [];
  return held.filter((id) => allowed.categories.includes(id) || description.categories[id]?.type === "invoices");
}

/** Serialization failure or deadlock: safe to try again, nothing was done. */
const crossed = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "40001" || error.code === "40P01");

export type { AuditEvent };

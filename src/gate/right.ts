// A right of one subject, or what the retention rules ask: every register of customers' data that the description has, one transaction, one event a register.
import { sql } from "kysely";
import type { Tx } from "../db/connect.ts";
import type { InForce } from "../description/inForce.ts";
import type { Description } from "../description/schema.ts";
import type { RightKind } from "../description/terms.ts";
import { type Allowed, decideRight, type Refusal, registerOfKind } from "../policy/decide.ts";
import { notFound } from "../values/problem.ts";
import { eventOf, writeAudit } from "./audit.ts";
import type { Caller } from "./caller.ts";
import { type CustomerData, REQUEST_CATEGORIES } from "./owned.ts";
import { categoriesOf, lock, type Room } from "./room.ts";
import { reachedBy, type Scope } from "./standing.ts";
import { WritingGrant } from "./writingGrant.ts";

/** Grants register by register, in one transaction. */
export type Steps = {
  readonly subject: string;
  readonly at: Date;
  /** Kinds of register that the description has. */
  readonly kinds: readonly CustomerData[];
  of<R extends CustomerData>(kind: R): WritingGrant<R, "erase">;
  permissions(): WritingGrant<"permissions", "change">;
  evidence(): WritingGrant<"evidence", "collect">;
  /** What the subject has asked. */
  requests(): WritingGrant<"requests", "change">;
  /** The account with this id; nothing where the subject does not use the register. */
  staff(): WritingGrant<"staff", "change">;
  /** By what the person opens their own card. */
  ownCard(): WritingGrant<"ownCard", "change">;
  /** Done once the transaction is committed and before the caller is answered: keys are destroyed only when the rows are surely gone. */
  afterCommit(work: () => Promise<void>): void;
};

type Ask = {
  /** Beside the rights, the program's own: what a retention rule asks, and sealing under the rules of a new description. */
  right: RightKind | "retention" | "resealing";
  verb: "read" | "erase" | "change";
  subject: string;
  kinds: readonly CustomerData[];
  /** What the act is about where no register of customers' data is reached; the permissions when absent. */
  beside?: "permissions" | "staff" | "requests";
};
type Given = WritingGrant<CustomerData, "erase">[];
type Decided = ReadonlyMap<CustomerData, { register: string; allowed: Allowed; given: Given }>;

const BESIDE: Allowed = { outcome: "allowed", purpose: "rights", categories: [], conditions: [], place: "rights" };

export function rightIn({ inForce, clock, standing, refuse, transactionOnce }: Room) {
  async function decided(caller: Caller, ask: Ask, force: InForce): Promise<Decided> {
    const { right, verb, subject } = ask;
    const { description } = force;
    const { actor } = caller;
    const refused = (register: string, refusal: Refusal) =>
      refuse(caller, force, { verb, register, right }, refusal, [subject]);
    // Asked before the registers are gone through, because an act may reach none of them.
    const own = right === "retention" || right === "resealing";
    if (own && actor.kind !== "system") return refused(besideOf(ask), NOT_THE_PROGRAM);

    const decisions = new Map<CustomerData, { register: string; allowed: Allowed; given: Given }>();
    for (const kind of ask.kinds) {
      const register = registerOfKind(description, kind);
      if (register === undefined) continue;
      const decision = own
        ? byRetention(description, register)
        : decideRight(description, { actor, register, right, verb, subject });
      if (decision.outcome === "refused") return refused(register, decision);
      decisions.set(kind, { register, allowed: decision, given: [] });
    }
    return decisions;
  }

  async function right<T>(caller: Caller, ask: Ask, work: (steps: Steps) => Promise<T>): Promise<T> {
    const force = inForce();
    const { right, verb, subject } = ask;
    const decisions = await decided(caller, ask, force);
    let afterCommit: (() => Promise<void>)[] = [];
    const answered = await transactionOnce(caller, async (tx) => {
      // A second attempt begins with nothing promised by the first.
      afterCommit = [];
      for (const { given } of decisions.values()) given.length = 0;
      // Accounts are not sealed under a lock: they get their row when something first has to wait for it.
      if (right === "retention" || ask.beside === "staff")
        await sql`insert into subject (id) select subject_id from account where subject_id = ${subject} on conflict do nothing`.execute(
          tx,
        );
      const scope = await lock(tx, subject, [], { erasing: verb !== "read" });
      const answer = await work(steps(tx, caller, decisions, scope, subject, (later) => void afterCommit.push(later)));
      // Where no register of customers' data is reached, what the act is about are the permissions themselves (a proof of consent that ends).
      const reached =
        decisions.size > 0
          ? [...decisions.values()].map(({ register, allowed, given }) => ({
              register,
              allowed: reachedBy(given, allowed, verb === "erase"),
            }))
          : [{ register: besideOf(ask), allowed: BESIDE }];
      const events = reached.map(({ register, allowed }) =>
        eventOf(caller, force.description, { verb, register, right }, allowed, [subject]),
      );
      await writeAudit(tx, events);
      return answer;
    });
    for (const later of afterCommit) await later();
    return answered;
  }

  function steps(
    db: Tx,
    caller: Caller,
    decisions: Decided,
    scope: Scope,
    subject: string,
    afterCommit: Steps["afterCommit"],
  ): Steps {
    const on = { db, caller, scope };
    return {
      subject,
      at: clock.now(),
      kinds: [...decisions.keys()],
      of: (kind) => {
        const found = decisions.get(kind);
        if (!found) throw notFound();
        const { register, allowed, given } = found;
        const grant = new WritingGrant<typeof kind, "erase">({
          ...standing(kind, { ...on, register, allowed }),
          whole: true,
        });
        given.push(grant as unknown as Given[number]);
        return grant;
      },
      permissions: () => new WritingGrant(standing("permissions", { ...on, register: "permissions", allowed: BESIDE })),
      requests: () => {
        const categories = [...REQUEST_CATEGORIES];
        const parts = standing("requests", { ...on, register: "requests", allowed: { ...BESIDE, categories } });
        return new WritingGrant({ ...parts, whole: true });
      },
      staff: () =>
        new WritingGrant({ ...standing("staff", { ...on, register: "staff", allowed: BESIDE }), whole: true }),
      ownCard: () => new WritingGrant(standing("ownCard", { ...on, register: "ownCard", allowed: BESIDE })),
      evidence: () => new WritingGrant(standing("evidence", { ...on, register: "evidence", allowed: BESIDE })),
      afterCommit,
    };
  }

  return { right };
}

const besideOf = ({ beside = "permissions" }: Ask): string => beside;

/** What has come to its end under a retention rule goes by the program's own act; nobody else may name it. */
const NOT_THE_PROGRAM: Refusal = { outcome: "refused", reason: "rightNotByRole", place: "retention" };

function byRetention(description: Description, register: string): Allowed {
  const categories = categoriesOf(description, register);
  return { outcome: "allowed", purpose: "retention", categories, conditions: [], place: "retention" };
}

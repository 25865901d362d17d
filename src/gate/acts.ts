// An act on one register: a read on many or one, or a change of one.
import type { InForce } from "../description/inForce.ts";
import type { PurposeKind, Verb } from "../description/terms.ts";
import { type Allowed, decide, type SubjectKind } from "../policy/decide.ts";
import { Problem } from "../values/problem.ts";
import { type About, eventOf, known, writeAudit } from "./audit.ts";
import type { Caller } from "./caller.ts";
import { Grant } from "./grant.ts";
import type { Owner } from "./owned.ts";
import { lock, type Room, registerId } from "./room.ts";
import { answeredBy, type Scope, seenOf, whyOf } from "./standing.ts";
import { WritingGrant } from "./writingGrant.ts";

export type WriteVerb = "collect" | "change" | "erase";

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

export function actsIn(room: Room) {
  const { databases, audit, standing, refuse, transactionOnce } = room;

  async function decided<R extends Owner, V extends Verb>(
    caller: Caller,
    ask: Ask<R, V>,
  ): Promise<{ force: InForce; allowed: Allowed; register: string }> {
    const force = room.inForce();
    const { verb, subject } = ask;
    const register = registerId(force, ask.register);
    const { actor, purpose } = caller;
    const act = { ...ask, purposeKinds: ask.purposes, actor, purpose, register };
    const decision = decide(force.description, act);
    if (decision.outcome === "allowed") return { force, allowed: decision, register };
    const about = { verb, register, channel: cameBy(force, ask.source) };
    return refuse(caller, force, about, decision, subject === undefined ? [] : [subject]);
  }

  /** One statement on a read-only connection; the answer leaves when its event is durable. */
  async function read<R extends Owner, T>(
    caller: Caller,
    ask: Omit<Ask<R, "read">, "verb">,
    work: (grant: Grant<R, "read">) => Promise<T>,
  ): Promise<T> {
    const { force, allowed, register } = await decided(caller, { ...ask, verb: "read" });
    const scope: Scope = ask.subject === undefined ? "many" : { one: ask.subject };
    const on = { register, db: databases.read, allowed, caller, scope };
    const grant = new Grant<R, "read">(standing(ask.register, on));
    const about = { verb: "read", register };
    const answer = await work(grant).catch((error) => hidden(error, caller, about, allowed, ask.subject));
    await audit(eventOf(caller, force.description, about, seenOf(grant, allowed), answeredBy(grant), whyOf(grant)));
    return answer;
  }

  /** Asking for somebody who is not there, or is hidden, is written down too: a person may be looking for whom they may not see. */
  async function hidden(
    error: unknown,
    caller: Caller,
    about: About,
    { place }: Allowed,
    subject: string | undefined,
  ): Promise<never> {
    if (error instanceof Problem && error.status === 404 && subject !== undefined)
      await room.noteRefusal(caller, about, "hidden", place, [subject]);
    throw error;
  }

  /** One transaction: lock of the subject, work, audit event, commit. */
  async function write<R extends Owner, V extends WriteVerb, T>(
    caller: Caller,
    ask: Ask<R, V>,
    work: (grant: WritingGrant<R, V>) => Promise<T>,
  ): Promise<T> {
    const { force, allowed, register } = await decided(caller, ask);
    const about = { verb: ask.verb, register, channel: cameBy(force, ask.source) };
    const written = transactionOnce(caller, async (tx) => {
      const scope = await lock(tx, ask.subject, allowed.conditions, { erasing: ask.verb === "erase" });
      const grant = new WritingGrant<R, V>(standing(ask.register, { register, db: tx, allowed, caller, scope }));
      const answer = await work(grant);
      await writeAudit(tx, [eventOf(caller, force.description, about, allowed, answeredBy(grant))]);
      return answer;
    });
    return written.catch((error) => hidden(error, caller, about, allowed, ask.subject));
  }

  return { read, write };
}

/** The declared source that what is written down came by; the log holds only words of the description. */
const cameBy = ({ description }: InForce, source: string | undefined): string | undefined =>
  known(description.sources, source);

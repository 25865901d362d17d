// An act on the register of people's requests: who carries out the right also keeps the book of who asked it. One transaction with its event.
import type { Tx } from "../db/connect.ts";
import type { RightKind } from "../description/terms.ts";
import { decideRequest } from "../policy/decide.ts";
import { eventOf, writeAudit } from "./audit.ts";
import type { Caller } from "./caller.ts";
import { REQUEST_CATEGORIES } from "./owned.ts";
import { lock, type Room } from "./room.ts";
import { answeredBy, type Scope, seenOf } from "./standing.ts";
import { WritingGrant } from "./writingGrant.ts";

/** `right` absent: the list of all that the caller may see. `subject` absent: a new one is made for collect, a read is on many. */
export type RequestAsk = { verb: "read" | "collect" | "change"; right?: RightKind; subject?: string };
export type RequestGrant = WritingGrant<"requests", "change">;
/** Another subject of the same act, locked too: whose the request turns out to be. */
export type Another = (subject: string) => Promise<RequestGrant>;

export function requestsIn({ databases, inForce, standing, refuse, transactionOnce }: Room) {
  /** Whose request it is and of which right, before deciding; null where there is none. Neither says who the person is. */
  async function requestOf(id: string): Promise<{ subject: string; right: RightKind } | null> {
    const row = await databases.read
      .selectFrom("person_request")
      .select(["subject_id", "asked_right"])
      .where("id", "=", id)
      .executeTakeFirst();
    return row ? { subject: row.subject_id, right: row.asked_right as RightKind } : null;
  }

  /** @throws Problem `refused.rightNotByRole` (403), `notFound` where there is no such subject */
  async function requesting<T>(
    caller: Caller,
    { verb, right, subject }: RequestAsk,
    work: (grant: RequestGrant, another: Another) => Promise<T>,
  ): Promise<T> {
    const force = inForce();
    const about = { verb, register: "requests", ...(right && { right }) };
    const decision = decideRequest(force.description, caller.actor, right);
    if (decision.outcome === "refused")
      return refuse(caller, force, about, decision, subject === undefined ? [] : [subject]);
    const allowed = { ...decision, categories: [...REQUEST_CATEGORIES] };
    const grantOn = (db: Tx, scope: Scope): RequestGrant =>
      new WritingGrant({ ...standing("requests", { register: "requests", db, allowed, caller, scope }), whole: true });
    return transactionOnce(caller, async (tx) => {
      const scope: Scope = subject === undefined && verb === "read" ? "many" : await lock(tx, subject, []);
      const grant = grantOn(tx, scope);
      const others: RequestGrant[] = [];
      const answer = await work(grant, async (other) => {
        const beside = grantOn(tx, await lock(tx, other, []));
        others.push(beside);
        return beside;
      });
      const subjects = [...new Set([grant, ...others].flatMap((one) => answeredBy(one)))];
      await writeAudit(tx, [eventOf(caller, force.description, about, seenOf(grant, allowed), subjects)]);
      return answer;
    });
  }

  return { requesting, requestOf };
}

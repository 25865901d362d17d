// The way out: all registers, all subjects, all categories, in one snapshot of the database and one event.
import type { Description } from "../description/schema.ts";
import { registerOfKind } from "../policy/decide.ts";
import { decideLeaving } from "../policy/leaving.ts";
import { eventOf } from "./audit.ts";
import type { Caller } from "./caller.ts";
import { Grant } from "./grant.ts";
import type { CustomerData, Owner } from "./owned.ts";
import { categoriesOf, type Room } from "./room.ts";

/** Everything, register by register, as it stood at one moment. */
export type Everything = {
  readonly at: Date;
  readonly description: Description;
  of<R extends Owner>(kind: R): Grant<R, "disclose">;
};
/** How many of what went, by its name: "customers" -> 20000. */
export type Counts = Readonly<Record<string, number>>;

export function leavingIn({ databases, inForce, clock, audit, refuse, standing }: Room) {
  /**
   * Gives `work` everything. Its event names counts, not a hundred thousand people, and is durable before this resolves: whoever makes the copy
   * usable (a rename) does it afterwards. Nobody is hidden: a restricted person's data belongs to the company's copy, and is marked in it.
   * Throws Problem `refused.keepingNotByRole`.
   */
  async function leave<T extends { counts: Counts }>(
    caller: Caller,
    work: (everything: Everything) => Promise<T>,
  ): Promise<T> {
    const force = inForce();
    const { description } = force;
    const about = { verb: "disclose", register: "company", right: "wayOut" };
    const decision = decideLeaving(description, caller.actor);
    if (decision.outcome === "refused") return refuse(caller, force, about, decision, []);
    const answer = await databases.read
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (db) => {
        const of = <R extends Owner>(kind: R): Grant<R, "disclose"> => {
          const register = isCustomerData(kind) ? (registerOfKind(description, kind) ?? kind) : kind;
          const categories = categoriesOf(description, register);
          const allowed = { ...decision, categories };
          const on = { register, db, allowed, caller, scope: "many" as const };
          // Also values whose category has left the description.
          return new Grant<R, "disclose">({ ...standing(kind, on), whole: true });
        };
        return work({ at: clock.now(), description, of });
      });
    // Every category went; how many of what stands in their place.
    const categories = Object.entries(answer.counts).map(([what, count]) => `${what}: ${count}`);
    await audit(eventOf(caller, description, about, { ...decision, purpose: "wayOut", categories }, []));
    return answer;
  }

  return { leave };
}

const isCustomerData = (kind: Owner): kind is CustomerData => kind === "customers" || kind === "invoices";

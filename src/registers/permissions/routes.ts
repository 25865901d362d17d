import type { Serve } from "../../api/serve.ts";
import type { Description } from "../../description/schema.ts";
import type { Gate } from "../../gate/gate.ts";
import { type Actor, registerOfKind } from "../../policy/decide.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { notFound } from "../../values/problem.ts";
import { objectableIn, objectTo, withdrawOf } from "./acts.ts";
import { addObjection, giveConsent, type Permissions, readPermissions, withdrawConsent } from "./contract.ts";
import { give, offeredTo } from "./give.ts";
import { type Held, heldOf } from "./held.ts";
import { aboutConsent } from "./offered.ts";

export function permissionRoutes(serve: Serve, gate: Gate): void {
  serve(readPermissions, async (grant, { params: { id } }, { caller }) => {
    // Whom the caller may not see has no permissions to be told of either.
    const seen = await grant.selectFrom("customer").select("subject_id").executeTakeFirst();
    if (!seen) throw notFound();
    // Part of the same look at the card, which stands in the log as the reading of the customer.
    const ask = { register: "permissions", verb: "read", subject: id, place: "roles", silent: true } as const;
    const held = await gate.serving(caller, ask, heldOf);
    const offered = offeredTo(grant, held, dayInHelsinki(gate.clock.now()));
    return { ...told(held, grant.description, grant.register, grant.actor), offered };
  });
  serve(giveConsent, (grant, { body }) => give(grant, body), {
    asks: ({ source, consent }) => {
      const { description } = gate.inForce();
      const register = registerOfKind(description, "customers") ?? "";
      const categories = aboutConsent(description, register, consent);
      return { source, ...(categories && { categories }) };
    },
  });
  serve(withdrawConsent, (steps, { params: { consent } }) => withdrawOf(steps, consent));
  serve(addObjection, (steps, { body: { purpose } }) => objectTo(steps, gate.inForce().description, purpose));
}

/** All of it for whoever answers people's requests; of the others each sees what concerns their own purposes. */
function told(held: Held, description: Description, register: string, actor: Actor): Omit<Permissions, "offered"> {
  const { all, sees } = seenBy(description, register, actor);
  const objected = held.objections.filter(({ liftedAt }) => liftedAt === null).map(({ purpose }) => purpose);
  return {
    consents: held.consents.filter(({ purpose }) => sees(purpose)),
    objections: held.objections.filter(({ purpose }) => sees(purpose)),
    restrictions: all ? held.restrictions : [],
    holds: all ? held.holds : [],
    objectable: objectableIn(description).filter((purpose) => sees(purpose) && !objected.includes(purpose)),
  };
}

/** Whose permissions an actor is told of: of all purposes where they answer people's requests, else of their own. */
export function seenBy(description: Description, register: string, actor: Actor) {
  const roles = "roles" in actor ? actor.roles.flatMap((id) => description.roles[id] ?? []) : [];
  const all = roles.some(({ rights }) => ANSWERING.some((right) => rights.includes(right)));
  const own = new Set(
    roles.flatMap(({ may }) => may.flatMap((one) => (one.register === register ? one.purposes : []))),
  );
  return { all, sees: (purpose: string) => all || own.has(purpose) };
}
const ANSWERING = ["access", "withdrawal", "objection", "restriction"] as const;

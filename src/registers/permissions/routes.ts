import type { Serve } from "../../api/serve.ts";
import type { Description } from "../../description/schema.ts";
import type { Gate, Steps } from "../../gate/gate.ts";
import { type Actor, registerOfKind } from "../../policy/decide.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { notFound, Problem } from "../../values/problem.ts";
import { addObjection, giveConsent, type Permissions, readPermissions, withdrawConsent } from "./contract.ts";
import { give, offeredTo } from "./give.ts";
import { type Held, heldOf } from "./held.ts";
import { aboutConsent } from "./offered.ts";
import { object, stateOf, withdraw } from "./state.ts";

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
  serve(withdrawConsent, async (steps, { params: { consent } }) => {
    await requireCustomer(steps);
    const grant = steps.permissions();
    const { consents } = await stateOf(grant);
    const theirs = consents.filter((one) => one.consent === consent);
    if (theirs.length === 0) throw notFound();
    await withdraw(
      grant,
      theirs.map(({ id }) => id),
    );
    return { consent };
  });
  serve(addObjection, async (steps, { body: { purpose } }) => {
    await requireCustomer(steps);
    const { description } = gate.inForce();
    if (!objectableIn(description).includes(purpose)) throw new Problem("cannotObject", 422);
    const grant = steps.permissions();
    const { objections } = await stateOf(grant);
    if (!objections.includes(purpose)) await object(grant, [purpose]);
    return { purpose };
  });
}

/** Somebody who is in the register: permissions of an erased person are proofs, and change no more. */
async function requireCustomer(steps: Steps): Promise<void> {
  const there = steps.kinds.includes("customers")
    ? await steps.of("customers").selectFrom("customer").select("subject_id").executeTakeFirst()
    : undefined;
  if (!there) throw notFound();
}

/**
 * What rests on a legitimate interest or a public task may be objected to (GDPR Art. 21(1)), and direct marketing always (Art. 21(2)); what rests on a
 * consent is withdrawn, and what a contract or a statute asks for cannot be refused.
 */
const objectableIn = ({ purposes }: Description): string[] =>
  Object.entries(purposes).flatMap(([id, { kind, legalBasis }]) =>
    kind === "directMarketing" || legalBasis === "legitimateInterest" || legalBasis === "publicTask" ? [id] : [],
  );

/** All of it for whoever answers people's requests; of the others each sees what concerns their own purposes. */
function told(held: Held, description: Description, register: string, actor: Actor): Omit<Permissions, "offered"> {
  const roles = "roles" in actor ? actor.roles.flatMap((id) => description.roles[id] ?? []) : [];
  const all = roles.some(({ rights }) => ANSWERING.some((right) => rights.includes(right)));
  const own = new Set(
    roles.flatMap(({ may }) => may.flatMap((one) => (one.register === register ? one.purposes : []))),
  );
  const sees = (purpose: string) => all || own.has(purpose);
  const objected = held.objections.filter(({ liftedAt }) => liftedAt === null).map(({ purpose }) => purpose);
  return {
    consents: held.consents.filter(({ purpose }) => sees(purpose)),
    objections: held.objections.filter(({ purpose }) => sees(purpose)),
    restrictions: all ? held.restrictions : [],
    holds: all ? held.holds : [],
    objectable: objectableIn(description).filter((purpose) => sees(purpose) && !objected.includes(purpose)),
  };
}
const ANSWERING = ["access", "withdrawal", "objection", "restriction"] as const;

// A person takes back what they allowed, or refuses a purpose: whether somebody of the staff writes it down or they do so themselves on their own card.
import type { Description } from "../../description/schema.ts";
import type { Steps } from "../../gate/gate.ts";
import { notFound, Problem } from "../../values/problem.ts";
import { object, stateOf, withdraw } from "./state.ts";

/** GDPR Art. 7(3); again answers the same. @throws Problem `notFound` where they never gave it, or are not in the register */
export async function withdrawOf(steps: Steps, consent: string): Promise<{ consent: string }> {
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
}

/** GDPR Art. 21; again answers the same. @throws Problem `cannotObject` (422), `notFound` */
export async function objectTo(steps: Steps, description: Description, purpose: string): Promise<{ purpose: string }> {
  await requireCustomer(steps);
  if (!objectableIn(description).includes(purpose)) throw new Problem("cannotObject", 422);
  const grant = steps.permissions();
  const { objections } = await stateOf(grant);
  if (!objections.includes(purpose)) await object(grant, [purpose]);
  return { purpose };
}

/** Somebody who is in the register: permissions of an erased person are proofs, and change no more. */
export async function requireCustomer(steps: Steps): Promise<void> {
  const there = steps.kinds.includes("customers")
    ? await steps.of("customers").selectFrom("customer").select("subject_id").executeTakeFirst()
    : undefined;
  if (!there) throw notFound();
}

/**
 * What rests on a legitimate interest or a public task may be objected to (GDPR Art. 21(1)), and direct marketing always (Art. 21(2)); what rests on a
 * consent is withdrawn, and what a contract or a statute asks for cannot be refused.
 */
export const objectableIn = ({ purposes }: Description): string[] =>
  Object.entries(purposes).flatMap(([id, { kind, legalBasis }]) =>
    kind === "directMarketing" || legalBasis === "legitimateInterest" || legalBasis === "publicTask" ? [id] : [],
  );

// Contact persons are kept for their organisation: when it goes, they lose what they were kept for (GDPR Art. 5(1)(b), (e)).
import type { Gate, WritingGrant } from "../../gate/gate.ts";
import { registerOfKind } from "../../policy/decide.ts";
import { ordersCategory } from "./holding.ts";

/** Contact persons of organisations that are no longer there. */
export const contactsLeft = (gate: Gate): Promise<string[]> =>
  asking(gate, (grant) =>
    grant
      .selectFrom("customer")
      .leftJoin("customer as organisation", "organisation.subject_id", "customer.organisation_id")
      .select("customer.subject_id as id")
      .where("customer.organisation_id", "is not", null)
      .where("organisation.subject_id", "is", null)
      .orderBy("customer.subject_id")
      .limit(1000)
      .execute(),
  ).then((rows) => rows.map(({ id }) => id));

/** Contact persons of those organisations that keep nothing once the categories named have gone. */
export async function contactsOf(gate: Gate, going: ReadonlyMap<string, ReadonlySet<string>>): Promise<string[]> {
  if (going.size === 0) return [];
  return asking(gate, async (grant) => {
    const contacts = await grant
      .selectFrom("customer")
      .select(["subject_id", "organisation_id"])
      .where("organisation_id", "in", [...going.keys()])
      .orderBy("subject_id")
      .execute();
    if (contacts.length === 0) return [];
    const ids = [...new Set(contacts.flatMap(({ organisation_id: id }) => (id === null ? [] : [id])))];
    const values = grant.selectFrom("customer_value").select(["subject_id", "category"]).where("subject_id", "in", ids);
    const orders = grant.selectFrom("customer_order").select("subject_id").where("subject_id", "in", ids).distinct();
    const category = ordersCategory(grant);
    const kept = [
      ...(await values.execute()),
      ...(await orders.execute()).flatMap(({ subject_id }) => (subject_id === null ? [] : [{ subject_id, category }])),
    ].filter((held) => !going.get(held.subject_id)?.has(held.category));
    const staying = new Set(kept.map(({ subject_id }) => subject_id));
    return contacts.flatMap((one) => (staying.has(one.organisation_id ?? "") ? [] : [one.subject_id]));
  });
}

/** Contact persons of one organisation. */
export const contactsOfOne = (gate: Gate, organisation: string): Promise<string[]> =>
  asking(gate, (grant) =>
    grant.selectFrom("customer").select("subject_id as id").where("organisation_id", "=", organisation).execute(),
  ).then((rows) => rows.map(({ id }) => id));

async function asking<T>(gate: Gate, work: (grant: WritingGrant<"customers", "change">) => Promise<T[]>): Promise<T[]> {
  if (registerOfKind(gate.inForce().description, "customers") === undefined) return [];
  return gate.upkeep("retention", { register: "customers", values: false }, work);
}

// When a new description moves a category to another retention rule: how much there is to seal anew, whose, and sealing it.
import { ruleMoved } from "../../description/inForce.ts";
import type { Gate, WritingGrant } from "../../gate/gate.ts";
import { keyIdOf } from "../../keys/sealed.ts";
import type { Count, Gone } from "../register.ts";
import { sealAnew } from "./erase.ts";
import { ordersCategory } from "./holding.ts";

type Upkeep = WritingGrant<"customers", "change">;
const ask = { register: "customers", values: false } as const;

export const counts = (gate: Gate): Promise<Count[]> => gate.upkeep("version", ask, countsOf);

async function countsOf(grant: Upkeep): Promise<Count[]> {
  const values = await grant
    .selectFrom("customer_value")
    .select((eb) => ["category", "rule", eb.fn.countAll<number>().as("people")])
    .groupBy(["category", "rule"])
    .execute();
  const orders = await grant
    .selectFrom("customer_order")
    .select((eb) => ["rule", eb.fn.count<number>("subject_id").distinct().as("people")])
    .where("subject_id", "is not", null)
    .groupBy("rule")
    .execute();
  const category = ordersCategory(grant);
  return [...values, ...orders.map((row) => ({ ...row, category }))].map((row) => ({
    ...row,
    people: Number(row.people),
  }));
}

/** In the order of ids, so that going through all of them walks the table once. */
export const subjectsOf = (gate: Gate, wanted: readonly Count[], after: string, most: number): Promise<string[]> =>
  gate.upkeep("version", ask, async (grant) => {
    const orders = ordersCategory(grant);
    const values = wanted.filter(({ category }) => category !== orders);
    const rules = wanted.filter(({ category }) => category === orders).map(({ rule }) => rule);
    const ofValues =
      values.length === 0
        ? []
        : await grant
            .selectFrom("customer_value")
            .select("subject_id")
            .distinct()
            .where((eb) => eb.or(values.map(({ category, rule }) => eb.and({ category, rule }))))
            .where("subject_id", ">", after)
            .orderBy("subject_id")
            .limit(most)
            .execute();
    const ofOrders =
      rules.length === 0
        ? []
        : await grant
            .selectFrom("customer_order")
            .select("subject_id")
            .distinct()
            .where("rule", "in", rules)
            .where("subject_id", ">", after)
            .orderBy("subject_id")
            .limit(most)
            .execute();
    const subjects = new Set([...ofValues, ...ofOrders].flatMap(({ subject_id }) => subject_id ?? []));
    return [...subjects].sort().slice(0, most);
  });

export async function settle(grant: WritingGrant<"customers", "erase">): Promise<Gone[]> {
  const values = await grant.selectFrom("customer_value").select(["category", "rule"]).execute();
  const orders = await grant.selectFrom("customer_order").select("rule").execute();
  const corrections = await grant.selectFrom("customer_correction").select(["category", "rule"]).execute();
  const category = ordersCategory(grant);
  const wrong = [...values, ...corrections, ...orders.map(({ rule }) => ({ category, rule }))].filter((one) =>
    ruleMoved(grant, one),
  );
  const gone: Gone[] = [];
  for (const [rule, moving] of Map.groupBy(wrong, (one) => one.rule)) {
    // Old copies of what moved are under the old keys: they go, so that a later erasure leaves nothing readable.
    const keys = await grant.retireKeys(rule);
    await sealAnew(grant, rule);
    gone.push({ rule, categories: [...new Set(moving.map((one) => one.category))], keys });
  }
  return gone;
}

/** By rule, because what stands under one rule of one subject has one key. */
export async function renew(
  grant: WritingGrant<"customers", "erase">,
  isFormer: (key: string) => boolean,
): Promise<void> {
  const values = await grant.selectFrom("customer_value").select(["rule", "sealed"]).execute();
  const lines = await grant
    .selectFrom("order_line")
    .innerJoin("customer_order as o", "o.id", "order_line.order_id")
    .select(["o.rule", "order_line.sealed"])
    .execute();
  const corrections = await grant.selectFrom("customer_correction").select(["rule", "sealed"]).execute();
  const former = [...values, ...lines, ...corrections].filter(
    ({ sealed }) => sealed !== null && isFormer(keyIdOf(sealed)),
  );
  for (const rule of new Set(former.map((row) => row.rule))) await sealAnew(grant, rule);
}

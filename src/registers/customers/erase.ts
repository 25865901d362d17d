// Erasing in the ERP: rows go, keys go out of use, and what stays under the same rule is sealed anew, so that an old copy of the database tells nothing of what went.
import { tokenArray } from "../../db/fragments.ts";
import { ruleOf } from "../../description/inForce.ts";
import type { WritingGrant } from "../../gate/gate.ts";
import type { SealedRow } from "../../gate/grant.ts";
import { newId } from "../../values/Uuid.ts";
import type { Doomed, Gone } from "../register.ts";
import { fieldsOf, searchTerms } from "./fields.ts";
import { ordersCategory } from "./holding.ts";
import { lineRow } from "./orders/lines.ts";

type Erasing = WritingGrant<"customers", "erase">;

export async function eraseOf(grant: Erasing, doomed: readonly Doomed[]): Promise<Gone[]> {
  const gone: Gone[] = [];
  for (const rule of new Set(doomed.map((one) => one.rule))) {
    const here = doomed.filter((one) => one.rule === rule);
    const categories = here.flatMap((one) => one.categories);
    const keys = await grant.retireKeys(rule);
    await grant.delete("customer_value").where("rule", "=", rule).where("category", "in", categories).execute();
    await grant.delete("customer_correction").where("category", "in", categories).execute();
    const orders = here.find((one) => one.categories.includes(ordersCategory(grant)));
    if (orders) await (orders.anonymise ? cutLoose : deleteOrders)(grant, rule);
    await sealAnew(grant, rule);
    grant.erasing(categories);
    gone.push({ rule, categories, keys });
  }
  await leaveNoShell(grant);
  return gone;
}

async function deleteOrders(grant: Erasing, rule: string): Promise<void> {
  const ids = await orderIds(grant, rule);
  if (ids.length === 0) return;
  await grant.delete("order_line").where("order_id", "in", ids).execute();
  await grant.delete("customer_order").where("id", "in", ids).execute();
}

/**
 * Amounts stay for the company's own figures; texts, days and ids go. A new id, because the old one stands on the invoice, and the first of
 * the month instead of the moment, because the moment would be as good as a name.
 */
async function cutLoose(grant: Erasing, rule: string): Promise<void> {
  const orders = await grant.selectFrom("customer_order").select(["id", "created_at", "rule"]).execute();
  if (orders.some((order) => order.rule !== rule)) throw new Error("orders of one subject stand under two rules");
  for (const { id, created_at } of orders) {
    const fresh = newId(grant.at);
    const month = new Date(Date.UTC(created_at.getUTCFullYear(), created_at.getUTCMonth(), 1));
    await grant.update("order_line").set({ sealed: null, order_id: fresh }).where("order_id", "=", id).execute();
    await grant
      .update("customer_order")
      .set({
        id: fresh,
        created_at: month,
        by: "",
        accepted_by: null,
        delivered_on: null,
        warranty_ends_on: null,
        invoiced_at: null,
      })
      .where("id", "=", id)
      .execute();
  }
  await grant.unlink("order_line");
  await grant.unlink("customer_order");
}

const orderIds = async (grant: Erasing, rule: string): Promise<string[]> =>
  (await grant.selectFrom("customer_order").select("id").where("rule", "=", rule).execute()).map(({ id }) => id);

/** What stays under a rule whose keys are out of use, under fresh ones; what the description has moved to another rule moves with it. */
export async function sealAnew(grant: Erasing, rule: string): Promise<void> {
  const values = await grant
    .selectFrom("customer_value")
    .select(["subject_id", "category", "sealed"])
    .where("rule", "=", rule)
    .execute();
  const ids = await orderIds(grant, rule);
  const category = ordersCategory(grant);
  const ordersRule = ruleOf(grant.description, grant.register, category) ?? rule;
  const lines =
    ids.length === 0
      ? []
      : await grant
          .selectFrom("order_line")
          .select(["subject_id", "order_id", "line", "sealed"])
          .where("order_id", "in", ids)
          .execute();
  const texts = lines.flatMap(({ subject_id, order_id, line, sealed }) =>
    sealed === null || subject_id === null
      ? []
      : [{ subject_id, category, row: lineRow(order_id, line), sealed, of: { order_id, line } }],
  );
  const corrections = await grant
    .selectFrom("customer_correction")
    .select(["id as row", "subject_id", "category", "sealed"])
    .where("rule", "=", rule)
    .execute();
  const rows = [
    ...values.map((value) => ({ ...value, row: value.subject_id, of: null })),
    ...texts,
    ...corrections.map((one) => ({ ...one, of: "correction" as const })),
  ];
  const fresh = await resealed(grant, rows, rule);
  for (const [n, row] of rows.entries()) {
    const one = fresh[n];
    if (!one) continue;
    const { of } = row;
    if (of === "correction") await grant.update("customer_correction").set(one).where("id", "=", row.row).execute();
    else if (of)
      await grant
        .update("order_line")
        .set({ sealed: one.sealed })
        .where("order_id", "=", of.order_id)
        .where("line", "=", of.line)
        .execute();
    else await grant.update("customer_value").set(one).where("category", "=", row.category).execute();
  }
  if (ids.length > 0 && ordersRule !== rule)
    await grant.update("customer_order").set({ rule: ordersRule }).where("id", "in", ids).execute();
}

/** The same values under new keys; null for one whose key had gone before. */
async function resealed(
  grant: Erasing,
  rows: readonly SealedRow[],
  rule: string,
): Promise<({ sealed: Buffer; rule: string } | null)[]> {
  if (rows.length === 0) return [];
  const plain = await grant.open(rows);
  const readable = rows.flatMap(({ category, row }, n) => {
    const value = plain[n];
    return value == null ? [] : [{ category, row, value, rule }];
  });
  const sealed = (await grant.sealAgain(readable)).values();
  return plain.map((value) => (value == null ? null : (sealed.next().value ?? null)));
}

/** With the last value and order the customer goes too; until then search finds what is left and nothing else. */
async function leaveNoShell(grant: Erasing): Promise<void> {
  const values = await grant.selectFrom("customer_value").select(["subject_id", "category", "sealed"]).execute();
  const orders = await grant.selectFrom("customer_order").select("id").limit(1).execute();
  if (values.length > 0 || orders.length > 0) {
    const fields = new Map(fieldsOf(grant.description, grant.register).map(({ category, type }) => [category, type]));
    const plain = await grant.open(values.map((value) => ({ ...value, row: value.subject_id })));
    const tokens = values.flatMap(({ category }, n) => {
      const [type, value] = [fields.get(category), plain[n]];
      return type === undefined || value == null ? [] : grant.tokens(category, searchTerms(type, value));
    });
    await grant
      .update("customer_search")
      .set({ tokens: tokenArray(tokens) })
      .execute();
    return;
  }
  for (const table of ["customer_correction", "customer_search", "customer_event", "customer"] as const)
    await grant.delete(table).execute();
}

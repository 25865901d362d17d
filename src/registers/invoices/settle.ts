// When a new description moves vouchers to another retention rule: how much there is to seal anew, whose, and sealing it.
import { ruleMoved } from "../../description/inForce.ts";
import type { Gate, WritingGrant } from "../../gate/gate.ts";
import { keyIdOf } from "../../keys/sealed.ts";
import type { Count, Gone } from "../register.ts";
import { sealAnew } from "./erase.ts";

const ask = { register: "invoices", values: false } as const;

export const counts = (gate: Gate): Promise<Count[]> => gate.upkeep("version", ask, countsOf);

async function countsOf(grant: WritingGrant<"invoices", "change">): Promise<Count[]> {
  const rows = await grant
    .selectFrom("invoice")
    .select((eb) => ["sealed_category as category", "rule", eb.fn.count<number>("subject_id").distinct().as("people")])
    .groupBy(["sealed_category", "rule"])
    .execute();
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

export const subjectsOf = (gate: Gate, wanted: readonly Count[], after: string, most: number): Promise<string[]> =>
  gate.upkeep("version", ask, async (grant) => {
    if (wanted.length === 0) return [];
    const rows = await grant
      .selectFrom("invoice")
      .select("subject_id")
      .distinct()
      .where((eb) => eb.or(wanted.map(({ category, rule }) => eb.and({ sealed_category: category, rule }))))
      .where("subject_id", ">", after)
      .orderBy("subject_id")
      .limit(most)
      .execute();
    return rows.map(({ subject_id }) => subject_id);
  });

export async function settle(grant: WritingGrant<"invoices", "erase">): Promise<Gone[]> {
  const rows = await grant.selectFrom("invoice").select(["sealed_category as category", "rule"]).execute();
  const wrong = rows.filter((row) => ruleMoved(grant, row));
  const gone: Gone[] = [];
  for (const [rule, moving] of Map.groupBy(wrong, (row) => row.rule)) {
    const keys = await grant.retireKeys(rule);
    await sealAnew(grant, rule);
    gone.push({ rule, categories: [...new Set(moving.map(({ category }) => category))], keys });
  }
  return gone;
}

export async function renew(
  grant: WritingGrant<"invoices", "erase">,
  isFormer: (key: string) => boolean,
): Promise<void> {
  const rows = await grant.selectFrom("invoice").select(["rule", "sealed"]).execute();
  const former = rows.filter(({ sealed }) => isFormer(keyIdOf(sealed)));
  for (const rule of new Set(former.map((row) => row.rule))) await sealAnew(grant, rule);
}

// How long: every category of every register under exactly one rule, whose clock really starts, and no shorter than the law.
import type { RetentionOf } from "../schema.ts";
import { UNKNOWN } from "../terms.ts";
import { error, type Lint, own, warning } from "./issue.ts";

export const coverage: Lint = function* (d) {
  for (const [id, register] of Object.entries(d.registers)) {
    const rules = Object.entries(d.retention).filter(([, rule]) => rule.register === id);
    if (rules.length === 0) {
      yield error("registerWithoutRetention", ["registers", id], { register: id });
      continue;
    }
    for (const [n, category] of register.categories.entries()) {
      const [first, second] = rules.filter(([, rule]) => rule.categories.includes(category));
      if (!first)
        yield error("categoryWithoutRetention", ["registers", id, "categories", n], { category, register: id });
      else if (second) {
        const place = ["retention", second[0], "categories", second[1].categories.indexOf(category)];
        yield error("categoryRetainedTwice", place, { category, register: id, rule: first[0] });
      }
    }
  }
  for (const [id, rule] of Object.entries(d.retention)) {
    const register = own(d.registers, rule.register);
    for (const [n, category] of rule.categories.entries())
      if (register && own(d.categories, category) && !register.categories.includes(category))
        yield error("categoryNotInRegister", ["retention", id, "categories", n], { category, register: rule.register });
  }
};

/** Events that come to every row; any other may stay away, and without `otherwise` the row would stay for ever. */
const ALWAYS_COMES = new Set(["collected", "lastContact", "financialYearEnd", "entry"]);

export const clocks: Lint = function* (d) {
  for (const [id, rule] of Object.entries(d.retention)) {
    const path = ["retention", id];
    const last = rule.otherwise?.from ?? rule.from;
    if (!ALWAYS_COMES.has(last))
      yield error("clockNeverStarts", rule.otherwise ? [...path, "otherwise", "from"] : [...path, "from"], {
        rule: id,
        event: last,
      });
    for (const [where, clock] of [["from", rule.from] as const, ["otherwise", rule.otherwise?.from] as const])
      if (clock === "warrantyEnd" && !d.warranty) yield error("warrantyMissing", [...path, where], { rule: id });
    if (rule.onRequest === "restrict" && rule.restrictTo.length === 0)
      yield error("restrictToNothing", [...path, "onRequest"], { rule: id });
    if (rule.onRequest !== "restrict" && rule.restrictTo.length > 0)
      yield warning("restrictToUnused", [...path, "restrictTo"], { rule: id });
    if (rule.onRequest === "keep" && rule.basis === "consent")
      yield error("keptOnConsent", [...path, "onRequest"], { rule: id });
    if (rule.period !== UNKNOWN && monthsAtLeast(rule.period) > 120)
      yield warning("longPeriod", [...path, "period"], { rule: id, period: rule.period });
  }
};

/** Accounting Act (1336/1997) 2:10: vouchers six years from the end of the calendar year in which the financial year ended. */
export const accounting: Lint = function* (d) {
  for (const [id, rule] of Object.entries(d.retention)) {
    if (own(d.registers, rule.register)?.kind !== "invoices") continue;
    const path = ["retention", id];
    if (isTooShort(rule))
      yield error("accountingTooShort", [...path, rule.from === "financialYearEnd" ? "period" : "from"], { rule: id });
    if (rule.onRequest === "erase") yield error("accountingErased", [...path, "onRequest"], { rule: id });
  }
};

/** A financial year lasts at most 18 months and the calendar year may have 12 left: from any other day 102 months is the safe minimum. */
function isTooShort(rule: RetentionOf): boolean {
  if (rule.period === UNKNOWN) return false;
  return monthsAtLeast(rule.period) < (rule.from === "financialYearEnd" ? 72 : 102);
}

/** Whole months that an ISO 8601 period surely holds; a month of days counts as 31. */
export function monthsAtLeast(period: string): number {
  const part = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(period.split("T")[0] ?? "")?.[1] ?? 0);
  return part("Y") * 12 + part("M") + Math.floor((part("W") * 7 + part("D")) / 31);
}

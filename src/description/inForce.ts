import type { Path, Place } from "./parse.ts";
import type { Description } from "./schema.ts";

/** The description that the register obeys now. Asked for at every act, never kept in a constant. */
export type InForce = {
  description: Description;
  /** SHA-256 of the text, in hex. */
  hash: string;
  /** File name without its folder. */
  file: string;
  placeOf: (path: Path | string) => Place;
  inForceAt: Date;
};
export type AskInForce = () => InForce;

/** "walttia.yaml:84 flows.mail" */
export function placeText({ file, placeOf }: InForce, path: string): string {
  return `${file}:${placeOf(path).line} ${path}`;
}

/** The retention rule that a category of a register is under; every category has exactly one (`check` says so). */
export function ruleOf(description: Description, register: string, category: string): string | undefined {
  return Object.keys(description.retention).find((id) => {
    const rule = description.retention[id];
    return rule?.register === register && rule.categories.includes(category);
  });
}

/** Whether something sealed under a rule stands under another now; what no rule names any more stays where it is. */
export const ruleMoved = (
  { description, register }: { description: Description; register: string },
  { category, rule }: { category: string; rule: string },
): boolean => (ruleOf(description, register, category) ?? rule) !== rule;

/** The first category of a type that a register holds. */
export function categoryOfType(description: Description, register: string, type: string): string | undefined {
  return description.registers[register]?.categories.find((id) => description.categories[id]?.type === type);
}

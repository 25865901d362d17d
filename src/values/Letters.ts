// The letters by which a Finnish or Swedish list of names is leafed through.

/** "#" stands before A: digits and marks. What is sorted after Ö (other scripts, nobody's name) is reached by going on from Ö. */
export const LETTERS = [..."#ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"] as const;

const order = new Intl.Collator("fi");
/** A letter with another mark belongs to the one it is sorted with: Ü to Y, Æ to Ä. */
const base = new Intl.Collator("fi", { sensitivity: "base" });

/** As names stand in a Finnish list. */
export const compareNames = (a: string, b: string): number => order.compare(a, b);

/** The place in `LETTERS` of the letter that a name stands under; `LETTERS.length` for what comes after them all. */
export function letterOf(name: string): number {
  if (name === "" || base.compare(name, AFTER_ALL) >= 0) return LETTERS.length;
  let place = 0;
  for (let n = 1; n < LETTERS.length; n++) if (base.compare(LETTERS[n] ?? "", name) <= 0) place = n;
  return place;
}

/** The first of the scripts that the collation puts after Latin (Unicode CLDR root order: Greek). */
const AFTER_ALL = "α";

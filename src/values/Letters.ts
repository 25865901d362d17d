// The letters by which a Finnish or Swedish list of names is leafed through.

/**
 * "#" stands before A: digits and marks; a with a ring, a and o with dots come last. What is sorted after them all (other scripts, nobody's name)
 * is reached by going on from the last letter.
 */
export const LETTERS = [..."#ABCDEFGHIJKLMNOPQRSTUVWXYZ\u00c5\u00c4\u00d6"] as const;

const order = new Intl.Collator("fi");
/** A letter with another mark belongs to the one it is sorted with: u with two dots to y, ae in one to a with two dots. */
const base = new Intl.Collator("fi", { sensitivity: "base" });

/** As names stand in a Finnish list. */
export const compareNames = (a: string, b: string): number => order.compare(a, b);

/** The place in `LETTERS` of the letter that a name stands under; `LETTERS.length` for what comes after them all. */
export function letterOf(name: string): number {
  if (name === "" || base.compare(name, AFTER_ALL) >= 0) return LETTERS.length;
  let [place, beyond] = [0, LETTERS.length];
  while (beyond - place > 1) {
    const middle = (place + beyond) >> 1;
    if (base.compare(LETTERS[middle] ?? "", name) <= 0) place = middle;
    else beyond = middle;
  }
  return place;
}

/** The first of the scripts that the collation puts after Latin (Unicode CLDR root order: Greek). */
const AFTER_ALL = "α";

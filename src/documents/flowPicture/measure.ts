// How wide a text is where nobody can ask the font: an upper bound for the common sans serif faces, so that no word runs out of its box.

/** Thousandths of the size of the type, regular and bold: the wider of Figtree and Arial for every letter of the group, as a browser measures them. */
const GROUPS: readonly (readonly [letters: string, regular: number, bold: number])[] = [
  ["il.,:;'|!I", 279, 333],
  ["jft", 378, 393],
  ["r()[]/", 389, 415],
  ["-", 417, 417],
  ["sckxz", 541, 556],
  ["aevyJ", 557, 560],
  ["hnu", 558, 611],
  ["bdgopq", 591, 611],
  ["w", 784, 815],
  ["m", 851, 889],
  ["1234567890FTLE", 667, 667],
  ["ABPSVXYZKR", 693, 722],
  ["CDGHNOQU", 780, 785],
  ["WM@%", 960, 975],
];
const OTHER = [700, 730] as const;
const widths = new Map(GROUPS.flatMap(([letters, ...width]) => [...letters].map((letter) => [letter, width] as const)));

/** Upper bound of the width, in the units of `size`. */
export function widthOf(text: string, size: number, bold = false): number {
  let thousandths = 0;
  for (const sign of text) {
    const [regular, heavy] = sign === " " ? SPACE : (widths.get(sign.normalize("NFD").charAt(0)) ?? OTHER);
    thousandths += bold ? heavy : regular;
  }
  return (thousandths * size) / 1000;
}
const SPACE = [278, 278] as const;

/** The text in lines none of which is wider than `width`: broken between words, and within a word only where it does not fit alone. */
export function wrap(
  text: string,
  { width, size, bold = false }: { width: number; size: number; bold?: boolean },
): string[] {
  const fits = (line: string) => widthOf(line, size, bold) <= width;
  const lines: string[] = [];
  let line = "";
  // A hyphen or a stroke inside a word is a place to break too.
  for (const [, space = "", piece = ""] of text.trim().matchAll(/(\s*)(\S+?(?:(?<=\p{L}[-/])(?=\p{L})|(?=\s|$)))/gu)) {
    const glued = `${line}${line === "" || space === "" ? "" : " "}${piece}`;
    if (fits(glued)) {
      line = glued;
      continue;
    }
    if (line !== "") lines.push(line);
    line = piece;
    while (!fits(line)) {
      const [head, rest] = broken(line, fits);
      lines.push(head);
      line = rest;
    }
  }
  return [...lines, line];
}

const VOWEL = /[aeiouy]/i;
const isVowel = (sign: string | undefined) => sign !== undefined && VOWEL.test(sign.normalize("NFD").charAt(0));

/** Before a consonant that a vowel follows, as syllables begin in Finnish and mostly in Swedish; else where the room ends. */
function broken(word: string, fits: (line: string) => boolean): [string, string] {
  let last = 1;
  for (let at = 2; at < word.length - 1 && fits(`${word.slice(0, at)}-`); at++) {
    last = at;
  }
  for (let at = last; at > 2; at--)
    if (word.length - at > 2 && !isVowel(word[at]) && isVowel(word[at + 1]))
      return [`${word.slice(0, at)}-`, word.slice(at)];
  return [`${word.slice(0, last)}-`, word.slice(last)];
}

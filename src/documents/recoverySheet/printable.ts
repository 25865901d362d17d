// What the built-in faces of PDF can print: the characters of WinAnsi (ISO 32000-1, annex D), which hold everything our own sentences say.
const PRINTS = /^[\x20-\x7e\xa0-\xac\xae-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]$/u;
const ALIKE: Readonly<Record<string, string>> = {
  "\u2007": "\u00a0",
  "\u2009": " ",
  "\u202f": "\u00a0",
  "\u2010": "-",
  "\u2011": "-",
  "\u2212": "–",
  // A soft hyphen is a hint to whoever breaks lines, but WinAnsi prints it as a hyphen.
  "\u00ad": "",
};

/**
 * The text in characters that print. A company's name may hold others: an accent we lack falls off its letter, and what is left is a question
 * mark; handed over as they are, they would garble the rest of their line.
 */
export const printable = (text: string): string =>
  [...text.normalize("NFC")]
    .map((letter) => ALIKE[letter] ?? (PRINTS.test(letter) ? letter : plainer(letter)))
    .join("");

function plainer(letter: string): string {
  const [base = ""] = letter.normalize("NFKD");
  if (PRINTS.test(base)) return base;
  return /\s/u.test(letter) ? " " : "?";
}

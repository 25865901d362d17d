// Which passwords are refused besides short ones: those that are made of what anybody would try first (ASVS 5.0 6.1.2, 6.2.4, 6.2.11). Pure.
import { Problem } from "../../../values/problem.ts";
import common from "./common-words.json" with { type: "json" };

/** What is left once everything guessable is taken away must still be a password. */
const LEAST_LEFT = 7;
const SHORTEST_WORD = 3;
const SHORTEST_RUN = 4;

/** Letters for which people write a digit or a sign. */
const WRITTEN: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** The longest first, so that a word is not left in halves. */
const WORDS: readonly string[] = [...common.words].sort((a, b) => b.length - a.length);
const RUNS: readonly string[] = common.rows.flatMap((row) => [row, [...row].reverse().join("")]);

/** @throws Problem `passwordCommon` where the password is mostly the company's, the person's or everybody's words, runs of keys, years or repetition. `own`: names and addresses of the person and the company. */
export function expectOwnPassword(password: string, own: readonly string[]): void {
  if (unguessed(password, own) < LEAST_LEFT) throw new Problem("passwordCommon", 422);
}

/** How many different characters are left, in their places, when what is guessable is taken away. */
export function unguessed(password: string, own: readonly string[]): number {
  const plain = fold(password);
  const written = [...plain].map((letter) => WRITTEN[letter] ?? letter).join("");
  const words = [...own.flatMap(wordsOf), ...WORDS].sort((a, b) => b.length - a.length);
  return Math.min(...[plain, written].map((text) => left(text, words).length));
}

function left(text: string, words: readonly string[]): string {
  let rest = text;
  for (const word of words) rest = rest.replaceAll(word, " ");
  rest = withoutRuns(rest)
    .replace(/(?:19|20)\d\d/g, " ")
    .replace(/[^\p{L}\p{N}]/gu, "");
  return withoutRepetition(rest);
}

/** Neighbours on a keyboard or in an alphabet, four or more, in either direction. */
function withoutRuns(text: string): string {
  let rest = "";
  for (let at = 0; at < text.length; ) {
    const longest = Math.max(0, ...RUNS.map((row) => runAt(text, at, row)));
    if (longest >= SHORTEST_RUN) at += longest;
    else rest += text[at++];
  }
  return rest;
}

function runAt(text: string, at: number, row: string): number {
  const from = row.indexOf(text[at] ?? " ");
  if (from < 0) return 0;
  let length = 0;
  while (at + length < text.length && from + length < row.length && text[at + length] === row[from + length]) length++;
  return length;
}

/** "aaaa" is "a"; "abcabcabc" is "abc". */
function withoutRepetition(text: string): string {
  const [, part] = /^(.{1,20}?)\1+$/u.exec(text) ?? [];
  return (part ?? text).replace(/(.)\1{2,}/gu, "$1");
}

/** Small letters without marks: `ä` is guessed as `a`. */
const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const wordsOf = (text: string): string[] => {
  const parts = fold(text).split(/[^\p{L}\p{N}]+/u);
  return [...parts, parts.join("")].filter((part) => part.length >= SHORTEST_WORD);
};

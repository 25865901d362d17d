// Which words somebody is asked for before the secret leaves the server: whoever answers has the paper, not a screen that showed it once.
import { typedWords, WORD_COUNT } from "./secret.ts";

export const ASKED_WORDS = 3;

/**
 * Three different numbers from 1 to 24, in order; the same for the same public half, so that a server without memory asks again what it asked
 * before and nobody tries until the easy ones come. `recipient` is the public half, 32 bytes, which tells nothing of the words.
 */
export function askedWords(recipient: Uint8Array): number[] {
  const asked = new Set<number>();
  for (const byte of recipient) {
    if (asked.size === ASKED_WORDS) break;
    asked.add((byte % WORD_COUNT) + 1);
  }
  // A key of one repeated byte does not happen; an endless question would be worse than an easy one.
  for (let n = 1; asked.size < ASKED_WORDS; n++) asked.add(n);
  return [...asked].sort((a, b) => a - b);
}

/** True where all three are right; the case of letters and what stands around the words do not matter. */
export function answersRightly(words: readonly string[], asked: readonly number[], answer: string): boolean {
  const given = typedWords(answer);
  return given.length === asked.length && asked.every((number, n) => words[number - 1] === given[n]);
}

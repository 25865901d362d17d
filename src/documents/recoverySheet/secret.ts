// The recovery secret as people and as age write it: 24 words of the English BIP 39 list, or AGE-SECRET-KEY-1…; and read back from either.
import { entropyToMnemonic, mnemonicToEntropy } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { Problem } from "../../values/problem.ts";
import { bech32, fromBech32 } from "./bech32.ts";

export const SECRET_BYTES = 32;
export const WORD_COUNT = 24;
const SECRET_PREFIX = "age-secret-key-";
const RECIPIENT_PREFIX = "age";

/** 24 words; `secret` is 32 bytes. */
export const wordsOf = (secret: Uint8Array): string[] => entropyToMnemonic(secret, wordlist).split(" ");

/** "AGE-SECRET-KEY-1…", as the stock `age` takes it; `secret` is an X25519 private key of 32 bytes. */
export const ageSecretOf = (secret: Uint8Array): string => bech32(SECRET_PREFIX, secret).toUpperCase();

/** "age1…"; `publicKey` is an X25519 public key of 32 bytes. */
export const ageRecipientOf = (publicKey: Uint8Array): string => bech32(RECIPIENT_PREFIX, publicKey);

/** The 32 bytes of an "age1…". Throws Problem `recoveryRecipient`. */
export function recipientFrom(text: string): Uint8Array {
  const bytes = fromBech32(RECIPIENT_PREFIX, text.trim());
  if (bytes?.length !== SECRET_BYTES) throw new Problem("recoveryRecipient", 422);
  return bytes;
}

/**
 * The 32 secret bytes from what somebody typed or pasted: the words in any spacing, numbered or not, or AGE-SECRET-KEY-1…. Lines that begin
 * with # are left out, as age leaves them in its key files.
 * Throws Problem `recoveryKey`, `recoveryWordCount` {count}, `recoveryWord` {number}, `recoveryChecksum`; never with a word in it.
 */
export function secretFrom(text: string): Uint8Array {
  const said = text.replace(/^\s*#.*$/gm, "").trim();
  if (/^age-secret-key/i.test(said)) {
    const bytes = fromBech32(SECRET_PREFIX, said);
    if (bytes?.length !== SECRET_BYTES) throw new Problem("recoveryKey", 422);
    return bytes;
  }
  const words = typedWords(said);
  const stray = words.findIndex((word) => !wordlist.includes(word));
  // A word that is not in the list is named before the count: a typing error is what mostly happens.
  if (stray >= 0 && words.length <= WORD_COUNT) throw new Problem("recoveryWord", 422, { number: stray + 1 });
  if (words.length !== WORD_COUNT) throw new Problem("recoveryWordCount", 422, { count: words.length });
  try {
    return mnemonicToEntropy(words.join(" "), wordlist);
  } catch {
    throw new Problem("recoveryChecksum", 422);
  }
}

/** "3. Abandon," is abandon. */
export const typedWords = (text: string): string[] =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .match(/\p{L}+/gu) ?? [];

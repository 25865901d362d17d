import type { KeyObject } from "node:crypto";
import { derivedKey, hmac } from "../primitives/derive.ts";
import { encoded, uuidBytes } from "../primitives/encoding.ts";

/** Names come from the description and the code; this many at once would be a mistake in either. */
const keysKept = 4096;

/** Keyed look-ups: search tokens by register and category, or MACs by use. Each has a key of its own, from one secret by HKDF. */
export class Lookup {
  readonly #secret: KeyObject;
  readonly #installation: Buffer;
  readonly #keys = new Map<string, KeyObject>();

  constructor(secret: KeyObject, installation: string) {
    this.#secret = secret;
    this.#installation = uuidBytes(installation);
  }

  tokens(register: string, category: string, words: readonly string[]): bigint[] {
    const key = this.key("tietovirta.index.1", register, category);
    return words.map((word) => hmac(key, word).readBigInt64BE(0));
  }

  mac(use: string, text: string): Buffer {
    return hmac(this.key("tietovirta.mac.1", use), text);
  }

  key(...use: readonly string[]): KeyObject {
    const name = JSON.stringify(use);
    const known = this.#keys.get(name);
    if (known) return known;
    if (this.#keys.size >= keysKept) this.#keys.clear();
    const [label = "", ...rest] = use;
    const key = derivedKey(this.#secret, encoded(label, this.#installation, ...rest));
    this.#keys.set(name, key);
    return key;
  }
}

import type { KeyObject } from "node:crypto";

/** The least recently used goes first. */
const kept = 16_384;

/** Opened keys, a bounded number: the six values of one card unwrap their key once. */
export class OpenKeys {
  readonly #keys = new Map<string, KeyObject>();

  get(id: string, unwrap: () => KeyObject): KeyObject {
    let key = this.#keys.get(id);
    if (key) this.#keys.delete(id);
    else {
      key = unwrap();
      if (this.#keys.size >= kept) for (const oldest of this.#keys.keys()) if (this.#keys.delete(oldest)) break;
    }
    this.#keys.set(id, key);
    return key;
  }

  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#keys.delete(id);
  }

  clear(): void {
    this.#keys.clear();
  }
}

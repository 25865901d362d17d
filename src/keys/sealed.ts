import type { KeyObject } from "node:crypto";
import { KeyringFault } from "./fault.ts";
import type { KeyId, Place } from "./keys.ts";
import { decrypt, encrypt, nonceBytes, tagBytes } from "./primitives/aead.ts";
import { encoded, uuidBytes, Writer } from "./primitives/encoding.ts";

/** A sealed value: 0x01, key id (16), nonce (12), ciphertext, tag (16): 45 bytes more than the value. */
export const sealedFormat = 0x01;
const idEnd = 17;
export const sealedOverhead = idEnd + nonceBytes + tagBytes;

/** The key id in the header of a sealed value. Throws `tampered` where it is no sealed value. */
export function keyIdOf(sealed: Uint8Array): KeyId {
  return idBytesOf(sealed).toString("hex");
}

export function idBytesOf(sealed: Uint8Array): Buffer {
  if (sealed.length < sealedOverhead || sealed[0] !== sealedFormat) throw new KeyringFault("tampered");
  return Buffer.from(sealed.buffer, sealed.byteOffset + 1, 16);
}

/** Seals and opens values of one installation; which key it is, is the keyring's business. */
export class Sealer {
  readonly #prefix: Buffer;

  constructor(installation: string) {
    this.#prefix = encoded("tietovirta.value.1", uuidBytes(installation));
  }

  seal(key: KeyObject, id: Buffer, place: Place, plain: Uint8Array): Buffer {
    const header = Buffer.allocUnsafe(idEnd);
    header[0] = sealedFormat;
    header.set(id, 1);
    return encrypt(key, this.#associated(place, id), plain, header);
  }

  open(key: KeyObject, place: Place, sealed: Uint8Array): Buffer {
    const plain = decrypt(key, this.#associated(place, idBytesOf(sealed)), sealed.subarray(idEnd));
    if (!plain) throw new KeyringFault("tampered");
    return plain;
  }

  #associated({ register, category, row, subject }: Place, id: Uint8Array): Buffer {
    return new Writer()
      .bytes(this.#prefix)
      .text(register)
      .text(category)
      .bytes(uuidBytes(row))
      .bytes(uuidBytes(subject))
      .bytes(id)
      .done();
  }
}

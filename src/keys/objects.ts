import { type KeyObject, randomBytes } from "node:crypto";
import { KeyringFault } from "./fault.ts";
import type { Place } from "./keys.ts";
import { decrypt, encrypt, keyBytes, wrappedBytes } from "./primitives/aead.ts";
import type { Source } from "./primitives/chunks.ts";
import { encoded, uuidBytes } from "./primitives/encoding.ts";
import { envelopeHeadBytes, envelopeKey, newEnvelope } from "./primitives/envelope.ts";

/** A sealed object: 0x02, key id (16), its own key wrapped under that key (60), envelope head (64), chunks. */
const objectFormat = 0x02;
const idEnd = 17;
const wrappedEnd = idEnd + wrappedBytes;
export const objectHeadBytes = wrappedEnd + envelopeHeadBytes;

/** A new object's head, and the key of its chunks. */
export function newObject(installation: string, place: Place, id: Buffer, owner: KeyObject) {
  const own = randomBytes(keyBytes);
  try {
    const info = infoOf(installation, place);
    const wrapped = encrypt(owner, Buffer.concat([info, id]), own);
    const { key, head } = newEnvelope(own, info);
    return { key, head: Buffer.concat([Buffer.from([objectFormat]), id, wrapped, head]) };
  } finally {
    own.fill(0);
  }
}

/** The id of the owner's key. Throws `tampered` where it is no sealed object. */
export function ownerOf(head: Buffer): Buffer {
  if (head.length < objectHeadBytes || head[0] !== objectFormat) throw new KeyringFault("tampered");
  return head.subarray(1, idEnd);
}

/** The key of the chunks. Throws `tampered` where owner's key, place or commitment do not fit. */
export function objectKey(installation: string, place: Place, head: Buffer, owner: KeyObject): KeyObject {
  const info = infoOf(installation, place);
  const own = decrypt(owner, Buffer.concat([info, ownerOf(head)]), head.subarray(idEnd, wrappedEnd));
  const key = own && envelopeKey(own, info, head.subarray(wrappedEnd, objectHeadBytes));
  own?.fill(0);
  if (!key) throw new KeyringFault("tampered");
  return key;
}

const infoOf = (installation: string, { register, category, row, subject }: Place) =>
  encoded("tietovirta.object.1", uuidBytes(installation), register, category, uuidBytes(row), uuidBytes(subject));

/** The first bytes of a stream, and the rest of it. */
export async function headOf(sealed: Source): Promise<{ head: Buffer; rest: AsyncIterable<Uint8Array> }> {
  const parts = (async function* () {
    yield* sealed;
  })();
  let begun: Buffer = Buffer.alloc(0);
  while (begun.length < objectHeadBytes) {
    const next = await parts.next();
    if (next.done) break;
    begun = Buffer.concat([begun, next.value]);
  }
  const rest = async function* () {
    yield begun.subarray(objectHeadBytes);
    yield* parts;
  };
  return { head: begun.subarray(0, objectHeadBytes), rest: rest() };
}

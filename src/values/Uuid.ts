declare const uuidBrand: unique symbol;

/** A lower-case UUID. Ids are made here and never by a column default: a value is sealed to its id before the row exists. */
export type Uuid = string & { readonly [uuidBrand]: true };

export function isUuid(text: string): text is Uuid {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits; ids of later milliseconds sort later. */
export function newId(now: Date = new Date()): Uuid {
  const bytes = nextRandom();
  const view = new DataView(bytes.buffer, bytes.byteOffset, ID_BYTES);
  view.setUint32(0, Math.floor(now.getTime() / 0x10000));
  view.setUint16(4, now.getTime() % 0x10000);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  let id = "";
  for (const [n, byte] of bytes.entries()) id += `${DASH_BEFORE.has(n) ? "-" : ""}${HEX[byte]}`;
  if (!isUuid(id)) throw new Error("newId made something else than a UUID");
  return id;
}

const ID_BYTES = 16;
const DASH_BEFORE: ReadonlySet<number> = new Set([4, 6, 8, 10]);
const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const pool = new Uint8Array(ID_BYTES * 256);
let used = pool.length;

/** One call to the system for many ids, each byte given once: asking for each costs more than the rest of the making. */
function nextRandom(): Uint8Array<ArrayBuffer> {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += ID_BYTES;
  return pool.subarray(used - ID_BYTES, used);
}

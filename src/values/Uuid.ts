declare const uuidBrand: unique symbol;

/** A lower-case UUID. Ids are made here and never by a column default: a value is sealed to its id before the row exists. */
export type Uuid = string & { readonly [uuidBrand]: true };

export function isUuid(text: string): text is Uuid {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits; ids of later milliseconds sort later. */
export function newId(now: Date = new Date()): Uuid {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(now.getTime() / 0x10000));
  view.setUint16(4, now.getTime() % 0x10000);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  if (!isUuid(id)) throw new Error("newId made something else than a UUID");
  return id;
}

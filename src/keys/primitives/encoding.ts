import { KeyringFault } from "../fault.ts";

/**
 * Canonical bytes of a list: each part after its length (32 bits, big endian), so that no two lists give the same bytes:
 * ("ab","c") and ("a","bc") differ. Numbers take 8 bytes.
 */
export function encoded(...parts: readonly (string | number | Uint8Array)[]): Buffer {
  const writer = new Writer();
  for (const part of parts) {
    if (typeof part === "string") writer.text(part);
    else if (typeof part === "number") writer.u32(8).u64(part);
    else writer.u32(part.length).bytes(part);
  }
  return Buffer.from(writer.done());
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The 16 bytes of a UUID, upper or lower case alike. Throws TypeError on anything else. */
export function uuidBytes(uuid: string): Buffer {
  if (!uuidShape.test(uuid)) throw new TypeError("not a UUID");
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

export function uuidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Grows as needed; `done` gives a view of what was written. */
export class Writer {
  #buffer = Buffer.allocUnsafe(256);
  #length = 0;

  #room(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, at));
      this.#buffer = larger;
    }
    return at;
  }

  u8(value: number): this {
    const at = this.#room(1);
    this.#buffer[at] = value;
    return this;
  }

  u32(value: number): this {
    const at = this.#room(4);
    this.#buffer.writeUInt32BE(value, at);
    return this;
  }

  u64(value: number): this {
    const at = this.#room(8);
    this.#buffer.writeBigUInt64BE(BigInt(value), at);
    return this;
  }

  bytes(value: Uint8Array): this {
    const at = this.#room(value.length);
    this.#buffer.set(value, at);
    return this;
  }

  text(value: string): this {
    const length = Buffer.byteLength(value);
    this.u32(length);
    const at = this.#room(length);
    this.#buffer.write(value, at, "utf8");
    return this;
  }

  done(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

/** Reads what `Writer` wrote; running past the end is `corrupt`. */
export class Reader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  get left(): number {
    return this.#buffer.length - this.#at;
  }

  bytes(length: number): Buffer {
    if (length > this.left) throw new KeyringFault("corrupt");
    this.#at += length;
    return this.#buffer.subarray(this.#at - length, this.#at);
  }

  u8(): number {
    return this.bytes(1).readUInt8();
  }

  u32(): number {
    return this.bytes(4).readUInt32BE();
  }

  u64(): number {
    return Number(this.bytes(8).readBigUInt64BE());
  }

  text(): string {
    return this.bytes(this.u32()).toString("utf8");
  }
}

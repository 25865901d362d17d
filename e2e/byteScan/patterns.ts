// Many needles in one pass over the bytes (Wu and Manber 1994): three bytes at the end of a window say how far the next needle is at least,
// so that most bytes are never looked at.

const BLOCK = 3;
const SLOTS = 1 << 22;

export class Patterns<T extends { readonly bytes: Buffer }> {
  readonly longest: number;
  readonly shortest: number;
  /** By the first four bytes. */
  readonly #byStart = new Map<number, T[]>();
  /** By three bytes: how far the window may move; 0 where a needle may stand in it. */
  readonly #shift = new Uint8Array(SLOTS);

  /** Throws for needles shorter than a block and a byte: they would be found everywhere and shift nothing. */
  constructor(needles: readonly T[]) {
    const lengths = needles.map(({ bytes }) => bytes.length);
    this.longest = lengths.reduce((most, length) => Math.max(most, length), 0);
    this.shortest = lengths.reduce((least, length) => Math.min(least, length), 255);
    if (this.shortest <= BLOCK) throw new Error("a needle is too short");
    this.#shift.fill(this.shortest - BLOCK + 1);
    for (const needle of needles) {
      const { bytes } = needle;
      const start = bytes.readUInt32LE(0);
      const same = this.#byStart.get(start);
      if (same) same.push(needle);
      else this.#byStart.set(start, [needle]);
      for (let end = BLOCK; end <= this.shortest; end++) {
        const slot = slotOf(bytes[end - 3] ?? 0, bytes[end - 2] ?? 0, bytes[end - 1] ?? 0);
        this.#shift[slot] = Math.min(this.#shift[slot] ?? 0, this.shortest - end);
      }
    }
  }

  /** Calls `found` for every needle that lies whole in the bytes. */
  search(bytes: Uint8Array, found: (needle: T, at: number) => void): void {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { length } = buffer;
    const [shift, shortest] = [this.#shift, this.shortest];
    let end = shortest - 1;
    while (end < length) {
      const step = shift[slotOf(buffer[end - 2] as number, buffer[end - 1] as number, buffer[end] as number)] as number;
      if (step > 0) {
        end += step;
        continue;
      }
      const at = end - shortest + 1;
      const candidates = this.#byStart.get(buffer.readUInt32LE(at));
      if (candidates !== undefined)
        for (const needle of candidates) {
          const wanted = needle.bytes;
          if (at + wanted.length <= length && buffer.compare(wanted, 0, wanted.length, at, at + wanted.length) === 0)
            found(needle, at);
        }
      end += 1;
    }
  }
}

/** 24 bits mixed into 22. */
const slotOf = (first: number, second: number, third: number): number =>
  (Math.imul(first | (second << 8) | (third << 16), 0x9e3779b1) >>> 10) & (SLOTS - 1);

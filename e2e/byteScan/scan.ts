// Reads every byte of every file once and looks for all needles at the same time.
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Needle } from "./needles.ts";

export type Hit = { file: string; value: string; encoding: string };
export type Scan = { hits: Hit[]; files: number; bytes: number };

const CHUNK = 16 * 1024 * 1024;

export class Scanner {
  readonly #byStart = new Map<number, Needle[]>();
  /** A bit for each two bytes that some needle begins with: nearly every place is passed over by one look. */
  readonly #starts = new Uint8Array(65_536);
  readonly #longest: number;
  readonly #chunk: number;

  constructor(needles: readonly Needle[], chunk = CHUNK) {
    this.#chunk = chunk;
    for (const needle of needles) {
      const start = needle.bytes.readUInt32LE(0);
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), needle]);
      this.#starts[start & 0xffff] = 1;
    }
    this.#longest = Math.max(...needles.map(({ bytes }) => bytes.length));
  }

  /** Folders with all in them; what is no plain file (a socket) has no bytes of its own. */
  paths(paths: readonly string[]): Scan {
    const scan: Scan = { hits: [], files: 0, bytes: 0 };
    for (const path of paths) this.#path(path, scan);
    return scan;
  }

  text(name: string, text: string | Buffer): Hit[] {
    return this.#find(Buffer.from(text), name);
  }

  #path(path: string, scan: Scan): void {
    const found = statSync(path);
    if (found.isDirectory()) for (const name of readdirSync(path)) this.#path(join(path, name), scan);
    else if (found.isFile()) {
      scan.files += 1;
      scan.bytes += found.size;
      scan.hits.push(...this.text(path, path), ...this.#file(path));
    }
  }

  #file(path: string): Hit[] {
    const file = openSync(path, "r");
    const hits: Hit[] = [];
    const buffer = Buffer.alloc(this.#chunk + this.#longest);
    try {
      for (let kept = 0; ; ) {
        const read = readSync(file, buffer, kept, this.#chunk, null);
        if (read === 0) return hits;
        const end = kept + read;
        hits.push(...this.#find(buffer.subarray(0, end), path));
        // A value may lie across two pieces.
        kept = Math.min(end, this.#longest - 1);
        buffer.copy(buffer, 0, end - kept, end);
      }
    } finally {
      closeSync(file);
    }
  }

  #find(bytes: Buffer, file: string): Hit[] {
    const hits: Hit[] = [];
    const starts = this.#starts;
    for (let at = 0; at + 4 <= bytes.length; at++) {
      if (starts[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] === 0) continue;
      for (const { value, encoding, bytes: wanted } of this.#byStart.get(bytes.readUInt32LE(at)) ?? []) {
        if (bytes.compare(wanted, 0, wanted.length, at, Math.min(bytes.length, at + wanted.length)) === 0)
          hits.push({ file, value, encoding });
      }
    }
    return hits;
  }
}

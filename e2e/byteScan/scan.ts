// Reads every byte of every file once and looks for all needles at the same time.
import { closeSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Needle } from "./needles.ts";
import { Patterns } from "./patterns.ts";

export type Hit = { file: string; value: string; encoding: string };
export type Scan = { hits: Hit[]; files: number; bytes: number; milliseconds: number };

const CHUNK = 16 * 1024 * 1024;

export class Scanner {
  readonly #patterns: Patterns<Needle>;
  readonly #chunk: number;
  readonly #buffer: Buffer;

  constructor(needles: readonly Needle[], chunk = CHUNK) {
    this.#patterns = new Patterns(needles);
    this.#chunk = chunk;
    this.#buffer = Buffer.alloc(chunk + this.#patterns.longest);
  }

  /** Folders with all in them; what is no plain file (a socket, a link) has no bytes of its own. A file that goes meanwhile is left out. */
  paths(paths: readonly string[]): Scan {
    const scan: Scan = { hits: [], files: 0, bytes: 0, milliseconds: 0 };
    const start = performance.now();
    for (const path of paths) this.#path(path, scan);
    scan.milliseconds = performance.now() - start;
    return scan;
  }

  text(name: string, text: string | Uint8Array): Hit[] {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    const hits: Hit[] = [];
    this.#patterns.search(bytes, ({ value, encoding }) => hits.push({ file: name, value, encoding }));
    return hits;
  }

  #path(path: string, scan: Scan): void {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) for (const name of readdirSync(path)) this.#path(join(path, name), scan);
    else if (found?.isFile()) {
      scan.files += 1;
      // A value in a file's name is no better kept than one in the file.
      scan.hits.push(...this.text(path, path), ...this.#file(path, scan));
    }
  }

  #file(path: string, scan: Scan): Hit[] {
    const file = openSync(path, "r");
    const hits: Hit[] = [];
    const buffer = this.#buffer;
    const { longest } = this.#patterns;
    try {
      for (let kept = 0; ; ) {
        const read = readSync(file, buffer, kept, this.#chunk, null);
        if (read === 0) return hits;
        scan.bytes += read;
        const end = kept + read;
        hits.push(...this.text(path, buffer.subarray(0, end)));
        // A value may lie across two pieces; one that lies whole in what is kept is told twice.
        const keep = Math.min(end, longest - 1);
        buffer.copy(buffer, 0, end - keep, end);
        kept = keep;
      }
    } finally {
      closeSync(file);
    }
  }
}

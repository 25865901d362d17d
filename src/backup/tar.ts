// One stream of files in the old and plain form (POSIX.1-1988 "ustar"), so that `age -d | gunzip | tar x` opens a copy where this program is not.
import { Buffer } from "node:buffer";
import type { BaseEntry } from "../db/baseCopy.ts";

const BLOCK = 512;
const mostBytes = 8 ** 11;

export async function* pack(entries: AsyncIterable<BaseEntry>): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    if (entry.folder) yield header(`${entry.path}/`, 0, "5");
    else {
      yield header(entry.path, entry.bytes, "0");
      yield* entry.pieces;
      yield Buffer.alloc(padding(entry.bytes));
    }
  }
  yield Buffer.alloc(2 * BLOCK);
}

/**
 * The entries of a stream, in order; the pieces of one must be taken before the next is asked for. Throws an `Error` where the stream is no such
 * archive or ends too soon.
 */
export async function* unpack(stream: AsyncIterable<Uint8Array>): AsyncGenerator<BaseEntry> {
  const source = new Source(stream);
  for (;;) {
    const block = await source.exactly(BLOCK);
    if (block.every((byte) => byte === 0)) break;
    const { path, bytes, folder } = parse(block);
    if (folder) yield { path, folder };
    else {
      yield { path, folder, bytes, pieces: source.pieces(bytes) };
      await source.exactly(padding(bytes));
    }
  }
  // To the very end, so that whoever counts or checks what passes has seen all of it.
  await source.drain();
}

const padding = (bytes: number) => (BLOCK - (bytes % BLOCK)) % BLOCK;

function header(path: string, bytes: number, kind: "0" | "5"): Buffer {
  const { name, prefix } = split(path);
  if (bytes >= mostBytes) throw new RangeError("a file is larger than the archive can tell");
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write(kind === "5" ? "0000700\0" : "0000600\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  block.write(`${bytes.toString(8).padStart(11, "0")}\0`, 124);
  block.write(`${"0".padStart(11, "0")}\0`, 136);
  block.write("        ", 148);
  block.write(kind, 156);
  block.write("ustar\u000000", 257);
  block.write(prefix, 345);
  block.write(`${sumOf(block).toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** A name holds 100 bytes, and what is before one of its slashes 155 more. */
function split(path: string): { name: string; prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: "" };
  for (let at = path.indexOf("/"); at > 0 && at < path.length - 1; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { name, prefix };
  }
  throw new RangeError("a path is longer than the archive can hold");
}

function parse(block: Buffer): { path: string; bytes: number; folder: boolean } {
  const text = (at: number, length: number) => block.toString("utf8", at, at + length).replace(/\0.*/s, "");
  const told = Number.parseInt(text(148, 8), 8);
  const blank = Buffer.from(block);
  blank.write("        ", 148);
  const kind = text(156, 1);
  const bytes = Number.parseInt(text(124, 12), 8);
  if (told !== sumOf(blank) || (kind !== "0" && kind !== "5") || !Number.isSafeInteger(bytes))
    throw new Error("not an archive of files");
  const prefix = text(345, 155);
  const path = `${prefix === "" ? "" : `${prefix}/`}${text(0, 100)}`.replace(/\/$/, "");
  return { path, bytes, folder: kind === "5" };
}

const sumOf = (block: Buffer) => block.reduce((sum, byte) => sum + byte, 0);

/** Pieces of any size in, exactly as many bytes as asked out. */
class Source {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #left: Uint8Array = new Uint8Array(0);

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#pieces = stream[Symbol.asyncIterator]();
  }

  async *pieces(bytes: number): AsyncGenerator<Uint8Array> {
    for (let missing = bytes; missing > 0; ) {
      if (this.#left.length === 0) await this.#more();
      const piece = this.#left.subarray(0, missing);
      this.#left = this.#left.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  async exactly(bytes: number): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const piece of this.pieces(bytes)) parts.push(piece);
    return Buffer.concat(parts);
  }

  async drain(): Promise<void> {
    while (!(await this.#pieces.next()).done);
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#pieces.next();
    if (done) throw new Error("the archive ends too soon");
    this.#left = value;
  }
}

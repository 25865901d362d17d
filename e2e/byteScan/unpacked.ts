// What a browser keeps in its folder as it came over the wire: compressed bodies are looked for and taken apart.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, constants, inflateRawSync } from "node:zlib";

/** The first eight bytes of an entry of Chromium's cache (net/disk_cache/simple/simple_entry_format.h), little-endian. */
const ENTRY = Buffer.from("305c72a71b6dfbfc", "hex");
const HEADER_BYTES = 24;
const MOST = 64 * 1024 * 1024;

/** Every body that opens, with the file it stood in. A body cut off or followed by something else opens as far as it goes. */
export function* unpacked(folder: string): Generator<{ name: string; bytes: Buffer }> {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile() || found.size > MOST) continue;
    const file = readFileSync(path);
    for (const bytes of [...gzipped(file), ...entryBody(file)]) yield { name, bytes };
  }
}

const MEMBER = Buffer.from([0x1f, 0x8b, 0x08]);

function* gzipped(file: Buffer): Generator<Buffer> {
  for (let at = file.indexOf(MEMBER); at !== -1; at = file.indexOf(MEMBER, at + 1)) {
    // Node takes what follows a whole member for another one and fails; the raw stream within ends where it ends.
    const body = file.subarray(bodyOf(file, at));
    const bytes = opened(() => inflateRawSync(body, { finishFlush: constants.Z_SYNC_FLUSH }));
    if (bytes) yield bytes;
  }
}

/** Where the deflated bytes of a member begin (RFC 1952 section 2.3). */
function bodyOf(file: Buffer, member: number): number {
  const flags = file[member + 3] ?? 0;
  let at = member + 10;
  if (flags & 4) at += 2 + (file[at] ?? 0) + 256 * (file[at + 1] ?? 0);
  for (const text of [8, 16]) if (flags & text) at = file.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

/** Brotli and raw deflate have no mark of their own: tried where the body of a cache entry begins, after its address. */
function* entryBody(file: Buffer): Generator<Buffer> {
  if (!file.subarray(0, 8).equals(ENTRY)) return;
  const body = file.subarray(HEADER_BYTES + file.readUInt32LE(12));
  const flush = { finishFlush: constants.BROTLI_OPERATION_FLUSH };
  const ways = [
    () => brotliDecompressSync(body, flush),
    () => inflateRawSync(body, { finishFlush: constants.Z_SYNC_FLUSH }),
  ];
  for (const way of ways) {
    const bytes = opened(way);
    if (bytes) yield bytes;
  }
}

function opened(way: () => Buffer): Buffer | undefined {
  try {
    const bytes = way();
    return bytes.length > 0 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

// The copies of a backup as their owner can read them: decrypted and unpacked. What is sealed must be sealed in there too.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Decrypter } from "age-encryption";

/** `identity`: AGE-SECRET-KEY-1…, the one on the owner's paper. Throws where a copy does not open: then nothing was looked into. */
export async function* openedCopies(folder: string, identity: string): AsyncGenerator<{ name: string; bytes: Buffer }> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".age")) continue;
    const bytes = Buffer.from(await decrypter.decrypt(readFileSync(join(folder, name))));
    yield { name, bytes: isGzip(bytes) ? gunzipSync(bytes) : bytes };
  }
}

/** RFC 1952: 1f 8b. */
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

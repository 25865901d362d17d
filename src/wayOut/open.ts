// Opening an export (or any other archive of ours) with the paper's secret, where the stock `age` is not at hand.
import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, join, normalize, sep } from "node:path";
import { Decrypter } from "age-encryption";
import { unpack } from "../backup/tar.ts";
import { ageSecretOf } from "../documents/recoverySheet/secret.ts";
import { Problem } from "../values/problem.ts";

/**
 * Writes the archive's files under a new folder (0700, files 0600) and answers how many. `secret`: 32 bytes, `secretFrom` reads them.
 * Throws Problem `exportUnopened` (another key, a damaged file), `exportExists`, `exportUnwritable`.
 */
export async function openExport(file: string, secret: Uint8Array, folder: string): Promise<number> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(ageSecretOf(secret));
  const source = createReadStream(file);
  let count = 0;
  try {
    const plain = await decrypter.decrypt(ReadableStream.from(source));
    // A folder that is there already may be somebody's work.
    await mkdir(folder, { mode: 0o700 });
    for await (const entry of unpack(plain)) {
      const path = normalize(entry.path);
      if (path.startsWith("..") || path.startsWith(sep)) throw new Error("a path that leaves the folder");
      if (entry.folder) continue;
      await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
      await using handle = await open(join(folder, path), "wx", 0o600);
      for await (const piece of entry.pieces) await handle.writeFile(piece);
      count += 1;
    }
    return count;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST") throw new Problem("exportExists", 409, { file: folder });
    if (/^E[A-Z]+$/.test(code))
      throw new Problem("exportUnwritable", 500, { file: code === "ENOENT" ? file : folder, reason: code });
    throw new Problem("exportUnopened", 422, { file });
  } finally {
    source.destroy();
  }
}

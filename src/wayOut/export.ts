// The way out: the whole company in one archive, sealed to a key that the owner holds, before the first byte of it meets the disk.
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Encrypter } from "age-encryption";
import { pack } from "../backup/tar.ts";
import { syncFolder } from "../db/wholeFile.ts";
import type { Caller } from "../gate/caller.ts";
import type { Counts, Gate } from "../gate/gate.ts";
import { errorCode } from "../keys/errorCode.ts";
import { Problem } from "../values/problem.ts";
import { companyFiles, indexed, type Sources } from "./company.ts";
import { type OutFile, openSpools } from "./spool.ts";

export type Taken = { file: string; bytes: number; counts: Counts };
type Options = {
  /** Absolute path; must not be there yet. */
  file: string;
  /** age1…, at least one: each of them alone opens it. */
  recipients: readonly string[];
  sources: Sources;
};

/** What is being written stands under this name; whoever waits can look how large it has grown. */
export const unfinished = (file: string): string => `${file}.new`;

/**
 * Writes the export beside its place, makes it durable, writes the event down, and only then gives it its name.
 * Throws Problem `refused.keepingNotByRole`, `exportExists`, `exportUnwritable`.
 */
export async function takeOut(gate: Gate, caller: Caller, { file, recipients, sources }: Options): Promise<Taken> {
  if (recipients.length === 0) throw new Error("nobody could open the export");
  if (await there(file)) throw new Problem("exportExists", 409, { file });
  const fresh = unfinished(file);
  const { hash } = gate.inForce();
  try {
    const { counts, bytes } = await gate.leave(caller, async (all) => {
      const { installation } = gate.keys;
      const { controller, version } = all.description;
      const head = {
        ...{ company: controller.name, installation, madeAt: all.at.toISOString() },
        description: { version, hash },
      };
      const spools = await openSpools(fresh);
      try {
        const files = indexed(companyFiles(all, spools, { installation, hash }, sources), spools, head);
        const counting = countsOf(files);
        const bytes = await writeSealed(fresh, pack(counting.entries), recipients);
        return { counts: counting.counts(), bytes };
      } finally {
        await spools.close();
      }
    });
    await rename(fresh, file);
    await syncFolder(dirname(file));
    return { file, bytes, counts };
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    const code = errorCode(error);
    if (error instanceof Problem || code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new Problem("exportUnwritable", 507, { file, reason: code });
  }
}

/** Entries as the archive takes them; what the generator returns is kept for afterwards. */
function countsOf(files: AsyncGenerator<OutFile, Counts>) {
  let counts: Counts | undefined;
  async function* entries() {
    for (;;) {
      const { done, value } = await files.next();
      if (done) {
        counts = value;
        return;
      }
      yield { ...value, folder: false as const };
    }
  }
  return {
    entries: entries(),
    counts: () => {
      if (!counts) throw new Error("the archive was not written to its end");
      return counts;
    },
  };
}

async function writeSealed(
  path: string,
  plain: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
): Promise<number> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const handle = await open(path, "wx", 0o600);
  let bytes = 0;
  try {
    for await (const piece of await encrypter.encrypt(ReadableStream.from(plain))) {
      await handle.writeFile(piece);
      bytes += piece.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return bytes;
}

const there = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

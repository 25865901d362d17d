import { Disk, fileNames } from "./disk/disk.ts";
import { type Files, folderFiles } from "./disk/files.ts";
import { KeyringFault } from "./fault.ts";
import type { KeyringCopy } from "./keys.ts";
import { generationOf, ringOf } from "./ring/image.ts";
import { rootFromPaper } from "./ring/papers.ts";

/**
 * Makes a keyring again out of a copy and the secret from the paper (32 bytes), with the root key in a file. The snapshot comes last, so a
 * restoring that was cut short is simply done again. Throws `inUse` where a keyring stands, `paperWrong` where the paper is not of this
 * copy, `foreign` and `corrupt` where the parts of the copy do not belong together. Gives the installation.
 */
export async function restoreKeyring(options: {
  folder: string;
  files?: Files;
  copy: KeyringCopy;
  secret: Uint8Array;
}): Promise<string> {
  const { copy, secret } = options;
  const root = rootFromPaper(copy.recovery, secret);
  const { installation } = ringOf(root, copy.snapshot, copy.epoch);
  if (generationOf(root, copy.log).installation !== installation) throw new KeyringFault("foreign");
  const files = options.files ?? (await folderFiles(options.folder));
  await files.lock();
  const disk = new Disk(files);
  try {
    await disk.settle();
    if (await disk.read(fileNames.snapshot)) throw new KeyringFault("inUse");
    const bytes = root.key.export();
    // A sealed root of before would ask for a passphrase that opens another root key.
    await disk.remove(fileNames.sealedRoot);
    await disk.replace(fileNames.root, bytes);
    bytes.fill(0);
    await disk.replace(fileNames.epoch, copy.epoch);
    await disk.replace(fileNames.recovery, copy.recovery);
    await disk.replace(fileNames.log, copy.log);
    await disk.replace(fileNames.snapshot, copy.snapshot);
    return installation;
  } finally {
    await disk.close();
  }
}

import { type Disk, fileNames } from "../disk/disk.ts";
import { KeyringFault } from "../fault.ts";
import type { KeyringCopy } from "../keys.ts";
import { logHeader, snapshotImage } from "./image.ts";
import { type Limits, usesKept } from "./limits.ts";
import { recoveryImage } from "./papers.ts";
import type { Ring } from "./ring.ts";
import type { Root } from "./root.ts";

export const snapshotOf = (root: Root, ring: Ring, limits: Limits): Buffer =>
  snapshotImage(root, ring, (uses) => usesKept(uses, limits));

/** Snapshot first, then an empty log for it: with the old log beside it, the next start drops that log. Gives the snapshot's length. */
export async function replaceSnapshot(disk: Disk, root: Root, ring: Ring, limits: Limits): Promise<number> {
  const snapshot = snapshotOf(root, ring, limits);
  await disk.replace(fileNames.snapshot, snapshot);
  // Once the snapshot is replaced, also a full disk halts: memory and files would part.
  await orHalt(disk, () => disk.replace(fileNames.log, logHeader(root, ring.installation, ring.generation)));
  return snapshot.length;
}

/** The root key for the papers. Behind the ring after a crash, it is written anew by the next start. */
export const replaceRecovery = (disk: Disk, root: Root, ring: Ring): Promise<void> =>
  disk.replace(fileNames.recovery, recoveryImage(root, ring.installation, ring.papers));

export async function orHalt(disk: Disk, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw disk.halt(error);
  }
}

/** The files at one moment; nothing may be writing meanwhile. */
export async function copyOf(disk: Disk): Promise<KeyringCopy> {
  const [epoch, snapshot, log, recovery] = [
    await disk.read(fileNames.epoch),
    await disk.read(fileNames.snapshot),
    await disk.read(fileNames.log),
    await disk.read(fileNames.recovery),
  ];
  if (!epoch || !snapshot || !log || !recovery) throw new KeyringFault("missing");
  return { epoch, snapshot, log, recovery };
}

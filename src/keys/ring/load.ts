import { randomBytes, randomUUID } from "node:crypto";
import { type Disk, fileNames } from "../disk/disk.ts";
import { KeyringFault } from "../fault.ts";
import { newKey } from "../primitives/aead.ts";
import { epochImage, epochsOf, generationOf, logHeader, logHeaderBytes, ringOf, snapshotImage } from "./image.ts";
import { record, records } from "./log.ts";
import { apply, type Ring } from "./ring.ts";
import { newRootBytes, openIndexRoot, type Root, rootFrom, wrapEpoch, wrapIndexRoot } from "./root.ts";
import { KeyTable } from "./table.ts";

export type Loaded = { root: Root; ring: Ring; logBytes: number; cutBytes: number };

export const newGeneration = (): Buffer => randomBytes(16);

/** Reads the keyring, finishing what a crash left half done. Makes one only with `create`, and only where none has ever been in use. */
export async function load(disk: Disk, mode: "create" | "existing"): Promise<Loaded> {
  await disk.settle();
  const snapshot = await disk.read(fileNames.snapshot);
  if (!snapshot) {
    const log = await disk.read(fileNames.log);
    if (mode === "existing" || (log && log.length > logHeaderBytes)) throw new KeyringFault("missing");
    await create(disk);
    return load(disk, "existing");
  }
  const rootBytes = await disk.read(fileNames.root);
  if (!rootBytes) throw new KeyringFault("rootMissing");
  const root = rootFrom(rootBytes);
  const epochs = await disk.read(fileNames.epoch);
  if (!epochs) throw new KeyringFault("missing");
  const ring = ringOf(root, snapshot, epochs);
  openIndexRoot(root, ring.installation, ring.indexWrapped);
  await forgetOtherEpochs(disk, root, ring, epochs);
  return { root, ring, ...(await replay(disk, root, ring)) };
}

/** The snapshot comes last: until it is there, no key can have been given, and the next start begins again. */
async function create(disk: Disk): Promise<void> {
  const given = await disk.read(fileNames.root);
  const rootBytes = given ?? newRootBytes();
  const root = rootFrom(rootBytes);
  if (!given) await disk.replace(fileNames.root, rootBytes);
  rootBytes.fill(0);
  const installation = randomUUID();
  const epoch = 1;
  const epochKey = newKey();
  const index = newKey();
  const ring: Ring = {
    installation,
    epoch,
    epochKey: epochKey.key,
    generation: newGeneration(),
    previous: Buffer.alloc(16),
    destroyed: 0,
    indexWrapped: wrapIndexRoot(root, installation, index.bytes),
    names: [],
    registers: new Map(),
    table: new KeyTable(),
  };
  const wrapped = wrapEpoch(root, installation, epoch, epochKey.bytes);
  await disk.replace(fileNames.epoch, epochImage(root, installation, new Map([[epoch, wrapped]])));
  await disk.replace(fileNames.log, logHeader(root, installation, ring.generation));
  await disk.replace(fileNames.snapshot, snapshotImage(root, ring));
}

/** A crash in a destruction can leave the epoch before or after; with the one before, an old snapshot would still open. */
async function forgetOtherEpochs(disk: Disk, root: Root, ring: Ring, image: Buffer): Promise<void> {
  const { wrapped } = epochsOf(root, image);
  const own = wrapped.get(ring.epoch);
  if (wrapped.size === 1 || !own) return;
  await disk.replace(fileNames.epoch, epochImage(root, ring.installation, new Map([[ring.epoch, own]])));
}

async function replay(disk: Disk, root: Root, ring: Ring): Promise<{ logBytes: number; cutBytes: number }> {
  const log = await disk.read(fileNames.log);
  if (!log) throw new KeyringFault("missing");
  const { installation, generation } = generationOf(root, log);
  if (installation !== ring.installation) throw new KeyringFault("foreign");
  if (generation.equals(ring.previous)) {
    // The snapshot was replaced and the crash came before its new log: every record of the old one is in the snapshot or destroyed.
    await disk.replace(fileNames.log, logHeader(root, ring.installation, ring.generation));
    return { logBytes: logHeaderBytes, cutBytes: 0 };
  }
  if (!generation.equals(ring.generation)) throw new KeyringFault("corrupt");
  const { changes, end } = records(root, generation, log);
  for (const change of changes) apply(ring, change);
  if (end < log.length) await disk.cut(fileNames.log, end);
  // A killed process may have written its last record and not yet synced it; from here on these keys are given out as durable.
  await disk.sync(fileNames.log);
  return { logBytes: end, cutBytes: log.length - end };
}

/** Appends one record, durable when it resolves; gives the new end of the log. */
export async function appendRecord(disk: Disk, root: Root, ring: Ring, at: number, changes: Uint8Array) {
  const bytes = record(root, ring.generation, at, changes);
  await disk.append(fileNames.log, at, bytes);
  return at + bytes.length;
}

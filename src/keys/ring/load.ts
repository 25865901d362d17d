import { type Disk, fileNames } from "../disk/disk.ts";
import { KeyringFault } from "../fault.ts";
import type { Argon2Cost } from "../password.ts";
import { completed, firstRing, newGeneration } from "./firstRing.ts";
import { isUnder } from "./frame.ts";
import { epochImage, epochsOf, generationOf, logHeader, logHeaderBytes, ringOf } from "./image.ts";
import type { Limits } from "./limits.ts";
import { record, records } from "./log.ts";
import type { Seconds } from "./made.ts";
import { recoveryFits } from "./papers.ts";
import { apply, type Ring } from "./ring.ts";
import { newRootBytes, type Root, rootFrom } from "./root.ts";
import { fileRoot, type Passphrase, passphraseRoot, type RootProvider, rootProvider } from "./rootStore.ts";
import { replaceRecovery, replaceSnapshot, snapshotOf } from "./write.ts";

export type Loaded = { root: Root; provider: RootProvider; ring: Ring; logBytes: number; cutBytes: number };
export type LoadOptions = {
  mode: "create" | "existing";
  passphrase?: Passphrase | undefined;
  rootCost?: Argon2Cost | undefined;
  limits: Limits;
  now: () => Seconds;
};

/** Reads the keyring, finishing what a crash left half done. Makes one only with `create`, and only where none has ever been in use. */
export async function load(disk: Disk, options: LoadOptions): Promise<Loaded> {
  await disk.settle();
  if (!(await disk.read(fileNames.snapshot))) {
    const log = await disk.read(fileNames.log);
    if (options.mode === "existing" || (log && log.length > logHeaderBytes)) throw new KeyringFault("missing");
    await create(disk, options);
  }
  const { provider, root: bytes, leftOver } = await rootProvider(disk, options.passphrase, options.rootCost);
  if (!bytes) throw new KeyringFault("rootMissing");
  const root = rootFrom(bytes);
  bytes.fill(0);
  await settleRotation(disk, root);
  const [snapshot, epochs] = [await disk.read(fileNames.snapshot), await disk.read(fileNames.epoch)];
  if (!snapshot || !epochs) throw new KeyringFault("missing");
  const ring = ringOf(root, snapshot, epochs);
  await forgetOtherEpochs(disk, root, ring, epochs);
  const ends = await replay(disk, root, ring);
  // The root key fits: what is left of a switch between providers may go.
  await leftOver?.remove();
  const whole = completed(root, ring, options.now());
  if (whole !== ring) {
    const next = { ...whole, generation: newGeneration(), previous: ring.generation };
    await replaceSnapshot(disk, root, next, options.limits);
    await settleRecovery(disk, root, next);
    return { root, provider, ring: next, logBytes: logHeaderBytes, cutBytes: ends.cutBytes };
  }
  await settleRecovery(disk, root, ring);
  return { root, provider, ring, ...ends };
}

/** The snapshot comes last: until it is there, no key can have been given, and the next start begins again. */
async function create(disk: Disk, { passphrase, rootCost, limits, now }: LoadOptions): Promise<void> {
  const given = await rootProvider(disk, passphrase, rootCost);
  const bytes = given.root ?? newRootBytes();
  const root = rootFrom(bytes);
  if (!given.root) await (passphrase ? passphraseRoot(disk, passphrase, rootCost) : fileRoot(disk)).write(bytes);
  bytes.fill(0);
  const { ring, wrappedEpoch } = firstRing(root, now());
  await disk.replace(fileNames.epoch, epochImage(root, ring.installation, new Map([[ring.epoch, wrappedEpoch]])));
  await disk.replace(fileNames.log, logHeader(root, ring.installation, ring.generation));
  await replaceRecovery(disk, root, ring);
  await disk.replace(fileNames.snapshot, snapshotOf(root, ring, limits));
}

/** The files that change together when the root key does. */
export const rotatedFiles = [fileNames.epoch, fileNames.log, fileNames.snapshot] as const;

/**
 * A rotation of the root key stages these files under the new one and then replaces the root key, at once. So a staged file under the
 * root key that stands is to be put in place; one under another belongs to a rotation that never was, as long as the file in use is ours.
 */
async function settleRotation(disk: Disk, root: Root): Promise<void> {
  let settled = false;
  for (const name of rotatedFiles) {
    const staged = await disk.readStaged(name);
    if (!staged) continue;
    if (isUnder(root, staged)) await disk.promote(name);
    else {
      const inUse = await disk.read(name);
      if (!inUse || !isUnder(root, inUse)) throw new KeyringFault("foreign");
      await disk.unstage(name);
    }
    settled = true;
  }
  if (settled) await disk.settleNames();
}

/** A crash between the ring and its `root.recovery`, or a lost file: written anew, so that the papers the ring names do open. */
async function settleRecovery(disk: Disk, root: Root, ring: Ring): Promise<void> {
  const image = await disk.read(fileNames.recovery);
  if (!image || !recoveryFits(root, ring.installation, ring.papers, image)) await replaceRecovery(disk, root, ring);
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

import { type Disk, fileNames } from "../disk/disk.ts";
import { KeyringFault } from "../fault.ts";
import { newKey } from "../primitives/aead.ts";
import { newGeneration } from "./firstRing.ts";
import { epochImage, epochsOf, logHeader, logHeaderBytes } from "./image.ts";
import type { Limits } from "./limits.ts";
import { appendRecord, type Loaded, rotatedFiles } from "./load.ts";
import type { Seconds } from "./made.ts";
import { apply, type Ring, RowPlaces, rotated } from "./ring.ts";
import { newRootBytes, type Root, rootFrom, wrapEpoch } from "./root.ts";
import type { RootProvider } from "./rootStore.ts";
import { rewrapped } from "./secrets.ts";
import { orHalt, replaceRecovery, replaceSnapshot, snapshotOf } from "./write.ts";

/** A log shorter than this, or than half the snapshot, is not worth a rewriting. */
const smallLogBytes = 4 * 1024 * 1024;

/** The ring in memory and its files, always saying the same. Its changes must come one after another. */
export class KeptRing {
  readonly #disk: Disk;
  readonly #limits: Limits;
  readonly #now: () => Seconds;
  #root: Root;
  #provider: RootProvider;
  #ring: Ring;
  #places: RowPlaces;
  #logBytes: number;
  #compactAt = smallLogBytes;

  constructor(disk: Disk, loaded: Loaded, { limits, now }: { limits: Limits; now: () => Seconds }) {
    this.#disk = disk;
    this.#limits = limits;
    this.#now = now;
    this.#root = loaded.root;
    this.#provider = loaded.provider;
    this.#ring = loaded.ring;
    this.#places = new RowPlaces(loaded.ring);
    this.#logBytes = loaded.logBytes;
  }

  get ring(): Ring {
    return this.#ring;
  }

  get root(): Root {
    return this.#root;
  }

  get provider(): RootProvider {
    return this.#provider;
  }

  get places(): RowPlaces {
    return this.#places;
  }

  get isLong(): boolean {
    return this.#logBytes > this.#compactAt;
  }

  /** In memory only when it is on disk: a key that a crash could take back must not have sealed anything. */
  async add(changes: Buffer): Promise<void> {
    await this.note(changes);
    apply(this.#ring, changes);
  }

  /** For the next start only: what memory knows better, as the counts of uses. */
  async note(changes: Buffer): Promise<void> {
    this.#logBytes = await appendRecord(this.#disk, this.#root, this.#ring, this.#logBytes, changes);
  }

  /** Folds the log into the snapshot. Where there is no room, the log may grow on for a while. */
  async compact(): Promise<void> {
    this.#compactAt = this.#logBytes + smallLogBytes;
    await this.replaceWith(this.#ring);
  }

  /** Another ring with the same keys, written whole. */
  async replaceWith(changed: Ring): Promise<void> {
    const ring = { ...changed, generation: newGeneration(), previous: this.#ring.generation };
    await this.#replaceSnapshot(ring);
    this.#hold(ring);
  }

  /** `root.recovery` for the papers of the ring. */
  async rewriteRecovery(): Promise<void> {
    await replaceRecovery(this.#disk, this.#root, this.#ring);
  }

  /** Resolves when no file can open the doomed keys. */
  async rewriteWithout(doomed: ReadonlySet<string>): Promise<void> {
    const { installation, epoch } = this.#ring;
    const { bytes, key } = newKey();
    const wrapped = wrapEpoch(this.#root, installation, epoch + 1, bytes);
    bytes.fill(0);
    const epochs = await this.#disk.read(fileNames.epoch);
    if (!epochs) throw this.#disk.halt(new KeyringFault("missing"));
    // Both epochs, until the snapshot of the new one is there: a crash in between opens with either.
    const both = new Map(epochsOf(this.#root, epochs).wrapped).set(epoch + 1, wrapped);
    await this.#disk.replace(fileNames.epoch, epochImage(this.#root, installation, both));
    const after = await rotated(this.#ring, { epochKey: key, generation: newGeneration(), made: this.#now() }, doomed);
    this.#ring.table.carryUses(after.table);
    await this.#replaceSnapshot(after);
    // What was sealed while the files were written.
    this.#ring.table.carryUses(after.table);
    this.#hold(after);
    const only = epochImage(this.#root, installation, new Map([[epoch + 1, wrapped]]));
    await orHalt(this.#disk, () => this.#disk.replace(fileNames.epoch, only));
  }

  /**
   * A new root key, with a new epoch under it: were the epoch key only wrapped anew, the old root key and an old copy of the epoch file
   * would still open today's snapshot. The files are staged, the root key is replaced, the files take their places: whatever it stops at,
   * the next start finds either all before or all after.
   */
  async rotateRoot(): Promise<void> {
    const bytes = newRootBytes();
    const root = rootFrom(bytes);
    const epochKey = newKey();
    const made = this.#now();
    const generation = newGeneration();
    const wrapped = await rotated(this.#ring, { epochKey: epochKey.key, generation, made }, new Set());
    const { installation, epoch } = wrapped;
    const secrets = wrapped.secrets.map((secret) => rewrapped(this.#root, root, installation, secret));
    const after: Ring = { ...wrapped, rootMade: made, secrets };
    const epochs = new Map([[epoch, wrapEpoch(root, installation, epoch, epochKey.bytes)]]);
    epochKey.bytes.fill(0);
    this.#ring.table.carryUses(after.table);
    try {
      await this.#disk.stage(fileNames.epoch, epochImage(root, installation, epochs));
      await this.#disk.stage(fileNames.log, logHeader(root, installation, generation));
      await this.#disk.stage(fileNames.snapshot, snapshotOf(root, after, this.#limits));
      await this.#disk.settleNames();
      await this.#provider.write(bytes);
    } catch (error) {
      for (const name of rotatedFiles) await this.#disk.unstage(name);
      throw error;
    } finally {
      bytes.fill(0);
    }
    await orHalt(this.#disk, async () => {
      for (const name of rotatedFiles) await this.#disk.promote(name);
      await this.#disk.settleNames();
    });
    // What was sealed while the files were written.
    this.#ring.table.carryUses(after.table);
    this.#root = root;
    this.#logBytes = logHeaderBytes;
    this.#hold(after);
    await orHalt(this.#disk, () => this.rewriteRecovery());
  }

  /** The new place holds the root key before the old one is emptied. */
  async moveRoot(to: RootProvider): Promise<void> {
    const bytes = this.#root.key.export();
    try {
      await to.write(bytes);
    } finally {
      bytes.fill(0);
    }
    const from = this.#provider;
    this.#provider = to;
    if (from.kind !== to.kind) await orHalt(this.#disk, () => from.remove());
  }

  #hold(ring: Ring): void {
    this.#ring = ring;
    this.#places = new RowPlaces(ring);
  }

  async #replaceSnapshot(ring: Ring): Promise<void> {
    const length = await replaceSnapshot(this.#disk, this.#root, ring, this.#limits);
    this.#logBytes = logHeaderBytes;
    this.#compactAt = Math.max(smallLogBytes, length / 2);
  }
}

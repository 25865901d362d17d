import { type Disk, fileNames } from "../disk/disk.ts";
import { KeyringFault } from "../fault.ts";
import { newKey } from "../primitives/aead.ts";
import { epochImage, epochsOf, logHeader, snapshotImage } from "./image.ts";
import { appendRecord, type Loaded, newGeneration } from "./load.ts";
import { apply, type Ring, RowPlaces, rotated } from "./ring.ts";
import { type Root, wrapEpoch } from "./root.ts";

/** A log shorter than this, or than half the snapshot, is not worth a rewriting. */
const smallLogBytes = 4 * 1024 * 1024;

/** The ring in memory and its files, always saying the same. Its changes must come one after another. */
export class KeptRing {
  readonly #disk: Disk;
  readonly #root: Root;
  #ring: Ring;
  #places: RowPlaces;
  #logBytes: number;
  #compactAt = smallLogBytes;

  constructor(disk: Disk, { root, ring, logBytes }: Loaded) {
    this.#disk = disk;
    this.#root = root;
    this.#ring = ring;
    this.#places = new RowPlaces(ring);
    this.#logBytes = logBytes;
  }

  get ring(): Ring {
    return this.#ring;
  }

  get places(): RowPlaces {
    return this.#places;
  }

  get isLong(): boolean {
    return this.#logBytes > this.#compactAt;
  }

  /** In memory only when it is on disk: a key that a crash could take back must not have sealed anything. */
  async add(changes: Buffer): Promise<void> {
    this.#logBytes = await appendRecord(this.#disk, this.#root, this.#ring, this.#logBytes, changes);
    apply(this.#ring, changes);
  }

  /** Folds the log into the snapshot. Where there is no room, the log may grow on for a while. */
  async compact(): Promise<void> {
    this.#compactAt = this.#logBytes + smallLogBytes;
    const ring = { ...this.#ring, generation: newGeneration(), previous: this.#ring.generation };
    await this.#replaceSnapshot(ring);
    this.#hold(ring);
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
    const after = await rotated(this.#ring, { epochKey: key, generation: newGeneration() }, doomed);
    await this.#replaceSnapshot(after);
    this.#ring.table.carryUses(after.table);
    this.#hold(after);
    const only = epochImage(this.#root, installation, new Map([[epoch + 1, wrapped]]));
    await this.#orHalt(() => this.#disk.replace(fileNames.epoch, only));
  }

  #hold(ring: Ring): void {
    this.#ring = ring;
    this.#places = new RowPlaces(ring);
  }

  /** Snapshot first, then an empty log for it: with the old log beside it, the next start drops that log. */
  async #replaceSnapshot(ring: Ring): Promise<void> {
    const snapshot = snapshotImage(this.#root, ring);
    await this.#disk.replace(fileNames.snapshot, snapshot);
    const header = logHeader(this.#root, ring.installation, ring.generation);
    await this.#orHalt(() => this.#disk.replace(fileNames.log, header));
    this.#logBytes = header.length;
    this.#compactAt = Math.max(smallLogBytes, snapshot.length / 2);
  }

  /** Once the snapshot is replaced, also a full disk halts: memory and files would part. */
  async #orHalt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw this.#disk.halt(error);
    }
  }
}

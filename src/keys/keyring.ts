import type { KeyObject } from "node:crypto";
import { Disk } from "./disk/disk.ts";
import { type Files, folderFiles } from "./disk/files.ts";
import { memoryFiles } from "./disk/memoryFiles.ts";
import { KeyringFault } from "./fault.ts";
import type { KeyId, KeyOwner, KeyringState, Keys, Place } from "./keys.ts";
import { uuidBytes } from "./primitives/encoding.ts";
import { KeptRing } from "./ring/keptRing.ts";
import { epochOfId, innerId, isIdOf, outerId } from "./ring/keyId.ts";
import { type Loaded, load } from "./ring/load.ts";
import { Lookup } from "./ring/lookup.ts";
import { changesFor, type Wanted } from "./ring/newKeys.ts";
import { OpenKeys } from "./ring/openKeys.ts";
import { nameAt, openRow, type Ring } from "./ring/ring.ts";
import { openIndexRoot, type Root } from "./ring/root.ts";
import { idOf, registerOf, ruleOf, subjectOf, versionOf } from "./ring/table.ts";
import { idBytesOf, Sealer } from "./sealed.ts";

/**
 * A key gets a new version after this many sealings in the life of one process. The limit of AES-GCM with random nonces is 2^32 (NIST SP
 * 800-38D 8.3) and ours 2^30; the count is not kept over restarts, so it stops a thousand times earlier.
 */
const sealingsPerVersion = 2 ** 20;
const sealingsPerKey = 2 ** 30;
/** A key can be retired while it is being made; one retired this many times in a row is being erased for good. */
const rounds = 8;
/**
 * Opens the keyring in a folder (made if absent). `create` makes a new one where there is none; `existing`, for a database with sealed
 * rows, never makes anything. Throws KeyringFault: missing, rootMissing, foreign, locked, corrupt, newer, halted.
 */
export async function openKeyring(options: {
  folder: string;
  files?: Files;
  mode: "create" | "existing";
}): Promise<Keys> {
  const files = options.files ?? (await folderFiles(options.folder));
  await files.lock();
  const disk = new Disk(files);
  try {
    return new Keyring(disk, await load(disk, options.mode));
  } catch (error) {
    await disk.close();
    throw error;
  }
}

/** The same keyring on a disk in memory: for probes and tests. */
export const memoryKeys = (): Promise<Keys> => openKeyring({ folder: "", files: memoryFiles(), mode: "create" });

class Keyring implements Keys {
  readonly installation: string;
  readonly #disk: Disk;
  readonly #kept: KeptRing;
  readonly #root: Root;
  readonly #lookup: Lookup;
  readonly #sealer: Sealer;
  readonly #idCheck: KeyObject;
  readonly #cutBytes: number;
  readonly #openKeys = new OpenKeys();
  readonly #retired = new Set<string>();
  #closed = false;
  /** Changes run one after another. */
  #last: Promise<unknown> = Promise.resolve();
  /** Whoever comes while a write runs joins the next one. */
  #making: { owners: KeyOwner[]; done: Promise<void> } | undefined;
  #dooming: { ids: Set<string>; done: Promise<void> } | undefined;
  #lastMade: Promise<unknown> = Promise.resolve();

  constructor(disk: Disk, loaded: Loaded) {
    const { root, ring, cutBytes } = loaded;
    const indexRoot = openIndexRoot(root, ring.installation, ring.indexWrapped);
    this.installation = ring.installation;
    this.#disk = disk;
    this.#root = root;
    this.#kept = new KeptRing(disk, loaded);
    this.#cutBytes = cutBytes;
    this.#lookup = new Lookup(indexRoot, ring.installation);
    this.#idCheck = this.#lookup.key("tietovirta.key-id.1");
    this.#sealer = new Sealer(ring.installation);
  }

  async keysFor(owners: readonly KeyOwner[]): Promise<KeyId[]> {
    // Before it joins others: one bad id must not refuse the keys of everybody in the same write.
    for (const { subject } of owners) uuidBytes(subject);
    for (let round = 0; round < rounds; round += 1) {
      this.#refuseIfClosed();
      const ids = owners.map((owner) => this.#current(owner));
      const missing = owners.filter((_, index) => ids[index] === undefined);
      if (missing.length === 0) return ids.flatMap((id) => (id === undefined ? [] : [outerId(id)]));
      await this.#made(missing);
    }
    throw new KeyringFault("destroyed");
  }

  async seal(items: readonly { place: Place; key: KeyId; plain: Uint8Array }[]): Promise<Buffer[]> {
    this.#refuseIfClosed();
    return items.map(({ place, key, plain }) => {
      const id = innerId(key);
      const index = this.#ring.table.find(id);
      if (index === undefined) throw new KeyringFault("destroyed");
      this.#refuseIfElsewhere(index, place);
      if (this.#ring.table.usesOf(index) >= sealingsPerKey) throw new KeyringFault("spent");
      this.#ring.table.countUses(index, 1);
      return this.#sealer.seal(this.#openKey(id, index), Buffer.from(id, "latin1"), place, plain);
    });
  }

  async open(items: readonly { place: Place; sealed: Uint8Array }[]): Promise<(Buffer | null)[]> {
    this.#refuseIfClosed();
    return items.map(({ place, sealed }) => {
      const idBytes = idBytesOf(sealed);
      const id = idBytes.toString("latin1");
      const index = this.#ring.table.find(id);
      if (index === undefined) return this.#gone(idBytes, place);
      return this.#sealer.open(this.#openKey(id, index), place, sealed);
    });
  }

  async keysOf({ register, subject, rule }: { register: string; subject: string; rule?: string }): Promise<KeyId[]> {
    this.#refuseIfClosed();
    // A key on its way to the disk belongs to the owner too: erasing without it would leave it behind.
    await this.#lastMade.catch(() => {});
    const ids: KeyId[] = [];
    for (const row of this.#rowsOf(register, subject)) {
      if (rule === undefined || nameAt(this.#ring, ruleOf(row)) === rule) ids.push(outerId(idOf(row)));
    }
    return ids;
  }

  retire(ids: readonly KeyId[]): void {
    for (const id of ids) this.#retired.add(innerId(id));
  }

  async destroy(ids: readonly KeyId[]): Promise<void> {
    this.#refuseIfClosed();
    this.retire(ids);
    if (!this.#dooming) {
      const doomed = new Set<string>();
      const done = this.#inTurn(() => {
        this.#dooming = undefined;
        return this.#shred(doomed);
      });
      this.#dooming = { ids: doomed, done };
    }
    for (const id of ids) this.#dooming.ids.add(innerId(id));
    await this.#dooming.done;
  }

  tokens(register: string, category: string, words: readonly string[]): bigint[] {
    this.#refuseIfClosed();
    return this.#lookup.tokens(register, category, words);
  }

  mac(use: string, text: string): Buffer {
    this.#refuseIfClosed();
    return this.#lookup.mac(use, text);
  }

  state(): KeyringState {
    const { table, destroyed, epoch } = this.#ring;
    return { keys: table.size, destroyed, epoch, root: this.#root.id.toString("hex"), cutBytes: this.#cutBytes };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last;
    this.#openKeys.clear();
    await this.#disk.close();
  }

  get #ring(): Ring {
    return this.#kept.ring;
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new KeyringFault("closed");
  }

  /** Before sealing: opening needs no such question, the associated data answers it. */
  #refuseIfElsewhere(index: number, { register, subject }: Place): void {
    const row = this.#ring.table.row(index);
    if (nameAt(this.#ring, registerOf(row)) !== register || !subjectOf(row).equals(uuidBytes(subject)))
      throw new KeyringFault("tampered");
  }

  #gone(id: Buffer, { register, subject }: Place): null {
    if (!isIdOf(this.#idCheck, id, register, uuidBytes(subject))) throw new KeyringFault("tampered");
    if (epochOfId(id) > this.#ring.epoch) throw new KeyringFault("behind");
    return null;
  }

  #openKey(id: string, index: number): KeyObject {
    return this.#openKeys.get(id, () => openRow(this.#ring, this.#kept.places, this.#ring.table.row(index)));
  }

  *#rowsOf(register: string, subject: string): Generator<Buffer> {
    const number = this.#ring.names.indexOf(register);
    if (number < 0) return;
    for (const index of this.#ring.table.of(number, uuidBytes(subject))) yield this.#ring.table.row(index);
  }

  /** The newest key of an owner. */
  #newest({ register, subject, rule }: KeyOwner): Buffer | undefined {
    for (const row of this.#rowsOf(register, subject)) if (nameAt(this.#ring, ruleOf(row)) === rule) return row;
    return undefined;
  }

  /** The id of the newest key of an owner, if it still may seal. */
  #current(owner: KeyOwner): string | undefined {
    const row = this.#newest(owner);
    if (!row || this.#retired.has(idOf(row))) return undefined;
    const index = this.#ring.table.find(idOf(row));
    return index !== undefined && this.#ring.table.usesOf(index) < sealingsPerVersion ? idOf(row) : undefined;
  }

  #made(owners: readonly KeyOwner[]): Promise<void> {
    if (!this.#making) {
      const joined: KeyOwner[] = [];
      const done = this.#inTurn(() => {
        this.#making = undefined;
        return this.#make(joined);
      });
      this.#making = { owners: joined, done };
      this.#lastMade = done;
    }
    this.#making.owners.push(...owners);
    return this.#making.done;
  }

  async #make(owners: readonly KeyOwner[]): Promise<void> {
    const wanted = new Map<string, Wanted>();
    for (const owner of owners) {
      if (this.#current(owner) !== undefined) continue;
      const newest = this.#newest(owner);
      const version = newest ? versionOf(newest) + 1 : 1;
      wanted.set(JSON.stringify([owner.register, owner.subject.toLowerCase(), owner.rule]), { ...owner, version });
    }
    if (wanted.size === 0) return;
    await this.#kept.add(changesFor(this.#ring, this.#root, this.#idCheck, [...wanted.values()]));
    // The new keys are durable already: a failed folding harms nobody, and a broken disk shows at the next write.
    if (this.#kept.isLong) this.#inTurn(() => this.#kept.compact()).catch(() => {});
  }

  async #shred(asked: ReadonlySet<string>): Promise<void> {
    const doomed = new Set([...asked].filter((id) => this.#ring.table.find(id) !== undefined));
    if (doomed.size > 0) await this.#kept.rewriteWithout(doomed);
    this.#openKeys.forget(doomed);
    for (const id of asked) this.#retired.delete(id);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }
}

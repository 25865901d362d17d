import { Disk } from "./disk/disk.ts";
import { type Files, folderFiles } from "./disk/files.ts";
import { memoryFiles } from "./disk/memoryFiles.ts";
import { KeyringFault } from "./fault.ts";
import { inventoryOf, type KeyLine, linesOf } from "./inventory.ts";
import { Issuing } from "./issuing.ts";
import type { KeyId, KeyOwner, KeyringCopy, KeyringState, Keys, Place, RecoveryState, Signer } from "./keys.ts";
import type { Argon2Cost } from "./password.ts";
import { secretKey } from "./primitives/aead.ts";
import { privateKey, publicBytes, signature } from "./primitives/curves.ts";
import { newSecret, withNewPaper, withPaperConfirmed } from "./ring/firstRing.ts";
import { KeptRing } from "./ring/keptRing.ts";
import { type Limits, limits as usualLimits } from "./ring/limits.ts";
import { type Loaded, load } from "./ring/load.ts";
import { Lookup } from "./ring/lookup.ts";
import { type Seconds, secondsOf } from "./ring/made.ts";
import type { Ring } from "./ring/ring.ts";
import { fileRoot, type Passphrase, passphraseRoot } from "./ring/rootStore.ts";
import { openSecret, type Secret, secretsOf, theSecret } from "./ring/secrets.ts";
import { copyOf } from "./ring/write.ts";
import { Sealing } from "./sealing.ts";
import { Turns } from "./turns.ts";

export type KeyringOptions = {
  folder: string;
  files?: Files;
  mode: "create" | "existing";
  /** Asked where the root key is sealed with a passphrase, and for a new keyring that is to be. */
  passphrase?: Passphrase | undefined;
  /** Tests only. */
  rootCost?: Argon2Cost;
  limits?: Limits;
  now?: () => Date;
};

/**
 * Opens the keyring in a folder (made if absent). `create` makes a new one where there is none; `existing`, for a database with sealed
 * rows, never makes anything. Throws KeyringFault: missing, rootMissing, passphraseMissing, passphraseWrong, foreign, locked, corrupt,
 * newer, halted.
 */
export async function openKeyring(options: KeyringOptions): Promise<Keys> {
  const { limits = usualLimits, now = () => new Date(), mode, passphrase, rootCost } = options;
  const files = options.files ?? (await folderFiles(options.folder));
  await files.lock();
  const disk = new Disk(files);
  const seconds = () => secondsOf(now());
  try {
    const loaded = await load(disk, { mode, passphrase, rootCost, limits, now: seconds });
    return new Keyring(disk, loaded, { limits, now: seconds });
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
  readonly #turns = new Turns();
  readonly #issuing: Issuing;
  readonly #sealing: Sealing;
  readonly #macs: Lookup;
  readonly #now: () => Seconds;
  readonly #cutBytes: number;
  #words: Lookup;
  #signers: readonly Signer[];
  #closed = false;

  constructor(disk: Disk, loaded: Loaded, { limits, now }: { limits: Limits; now: () => Seconds }) {
    this.installation = loaded.ring.installation;
    this.#disk = disk;
    this.#now = now;
    this.#cutBytes = loaded.cutBytes;
    this.#kept = new KeptRing(disk, loaded, { limits, now });
    this.#macs = this.#lookup("mac");
    this.#words = this.#lookup("search");
    this.#signers = this.#openSigners();
    const idCheck = this.#macs.key("tietovirta.key-id.1");
    this.#issuing = new Issuing(this.#kept, this.#turns, { idCheck, limits, now });
    this.#sealing = new Sealing(this.#kept, this.#turns, { idCheck, limits });
  }

  async keysFor(owners: readonly KeyOwner[]): Promise<KeyId[]> {
    return this.#issuing.keysFor(owners, () => this.#refuseIfClosed());
  }

  async seal(items: readonly { place: Place; key: KeyId; plain: Uint8Array }[]): Promise<Buffer[]> {
    this.#refuseIfClosed();
    return this.#sealing.seal(items);
  }

  async open(items: readonly { place: Place; sealed: Uint8Array }[]): Promise<(Buffer | null)[]> {
    this.#refuseIfClosed();
    return this.#sealing.open(items);
  }

  async sealObject({ plain, ...item }: { place: Place; key: KeyId; plain: Uint8Array }): Promise<Buffer> {
    this.#refuseIfClosed();
    return joined(this.#sealing.sealObject({ ...item, plain: [plain] }));
  }

  sealObjectStream(item: { place: Place; key: KeyId; plain: AsyncIterable<Uint8Array> }): AsyncIterable<Buffer> {
    this.#refuseIfClosed();
    return this.#sealing.sealObject(item);
  }

  async openObject({ place, sealed }: { place: Place; sealed: Uint8Array }): Promise<Buffer | null> {
    const chunks = await this.openObjectStream({ place, sealed: once(sealed) });
    return chunks && joined(chunks);
  }

  async openObjectStream(item: { place: Place; sealed: AsyncIterable<Uint8Array> }) {
    this.#refuseIfClosed();
    return this.#sealing.openObject(item);
  }

  async keysOf(owner: { register: string; subject: string; rule?: string }): Promise<KeyId[]> {
    this.#refuseIfClosed();
    return this.#issuing.keysOf(owner);
  }

  retire(ids: readonly KeyId[]): void {
    this.#issuing.retire(ids);
  }

  async destroy(ids: readonly KeyId[]): Promise<void> {
    this.#refuseIfClosed();
    await this.#issuing.destroy(ids, (gone) => this.#sealing.forget(gone));
  }

  tokens(register: string, category: string, words: readonly string[]): bigint[] {
    this.#refuseIfClosed();
    return this.#words.tokens(register, category, words);
  }

  mac(use: string, text: string): Buffer {
    this.#refuseIfClosed();
    return this.#macs.mac(use, text);
  }

  signers(): readonly Signer[] {
    this.#refuseIfClosed();
    return this.#signers;
  }

  recovery(): RecoveryState {
    const papers = this.#ring.papers.map(({ recipient }) => Buffer.from(recipient));
    const newest = this.#ring.papers.at(-1);
    const recipient = papers.at(-1);
    if (!newest || !recipient) throw new KeyringFault("corrupt");
    return { recipient, recipients: papers, confirmed: newest.confirmed };
  }

  async recoverySecret(): Promise<Buffer | null> {
    this.#refuseIfClosed();
    const [secret] = secretsOf(this.#ring.secrets, "recovery");
    return secret ? this.#secretBytes(secret) : null;
  }

  confirmRecovery(): Promise<void> {
    return this.#change((ring) => withPaperConfirmed(ring), { papers: true });
  }

  renewRecovery(): Promise<void> {
    return this.#change((ring) => withNewPaper(this.#kept.root, ring, this.#now()), { papers: true });
  }

  copy(): Promise<KeyringCopy> {
    return this.#inTurn(() => copyOf(this.#disk));
  }

  rotateRoot(): Promise<void> {
    return this.#inTurn(() => this.#kept.rotateRoot());
  }

  rotateEpoch(): Promise<void> {
    return this.#inTurn(() => this.#kept.rewriteWithout(new Set()));
  }

  async rotatePersons(owners: readonly KeyOwner[]) {
    this.#refuseIfClosed();
    return this.#issuing.rotate(owners);
  }

  async rotateSearch(): Promise<void> {
    await this.#inTurn(async () => {
      const ring = this.#ring;
      const others = ring.secrets.filter(({ kind }) => kind !== "search");
      await this.#kept.replaceWith({
        ...ring,
        secrets: [...others, newSecret(this.#kept.root, ring, "search", this.#now())],
      });
      // At once: `state` must not name a version that `tokens` does not make.
      this.#words = this.#lookup("search");
    });
  }

  async rotateSigner(): Promise<void> {
    await this.#change((ring) => {
      if (secretsOf(ring.secrets, "signer").length > 1) return ring;
      return { ...ring, secrets: [...ring.secrets, newSecret(this.#kept.root, ring, "signer", this.#now())] };
    });
    this.#signers = this.#openSigners();
  }

  async retireSigner(): Promise<void> {
    await this.#change((ring) => {
      const former = secretsOf(ring.secrets, "signer").slice(0, -1);
      return former.length === 0 ? ring : { ...ring, secrets: ring.secrets.filter((one) => !former.includes(one)) };
    });
    this.#signers = this.#openSigners();
  }

  setPassphrase(ask: Passphrase, cost?: Argon2Cost): Promise<void> {
    return this.#inTurn(async () => {
      await this.#kept.moveRoot(passphraseRoot(this.#disk, ask, cost));
      await this.#kept.rotateRoot();
    });
  }

  removePassphrase(): Promise<void> {
    return this.#inTurn(() => this.#kept.moveRoot(fileRoot(this.#disk)));
  }

  state(): KeyringState {
    const { table, destroyed, epoch, secrets } = this.#ring;
    const root = this.#kept.root.id.toString("hex");
    const search = theSecret(secrets, "search").version;
    return { keys: table.size, destroyed, epoch, root, cutBytes: this.#cutBytes, search };
  }

  inventory() {
    return inventoryOf(this.#kept);
  }

  list(): Iterable<KeyLine> {
    return linesOf(this.#ring);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#turns.over();
    this.#sealing.clear();
    await this.#disk.close();
  }

  get #ring(): Ring {
    return this.#kept.ring;
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw new KeyringFault("closed");
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.#refuseIfClosed();
    return this.#turns.take(work);
  }

  /** A change of the ring that touches no key; the same ring back means that there is nothing to do. */
  #change(changed: (ring: Ring) => Ring, { papers = false } = {}): Promise<void> {
    return this.#inTurn(async () => {
      const next = changed(this.#ring);
      if (next !== this.#ring) await this.#kept.replaceWith(next);
      if (papers) await this.#kept.rewriteRecovery();
    });
  }

  #secretBytes(secret: Secret): Buffer {
    return openSecret(this.#kept.root, this.installation, secret);
  }

  #lookup(kind: "search" | "mac"): Lookup {
    const bytes = this.#secretBytes(theSecret(this.#ring.secrets, kind));
    try {
      return new Lookup(secretKey(bytes), this.installation);
    } finally {
      bytes.fill(0);
    }
  }

  #openSigners(): Signer[] {
    return secretsOf(this.#ring.secrets, "signer").map((secret) => {
      const seed = this.#secretBytes(secret);
      const key = privateKey("ed25519", seed);
      seed.fill(0);
      return { publicKey: publicBytes(key), sign: (bytes: Uint8Array) => signature(key, bytes) };
    });
  }
}

async function joined(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

import type { Inventory, KeyLine } from "./inventory.ts";
import type { Argon2Cost } from "./password.ts";
import type { Passphrase } from "./ring/rootStore.ts";

/** Where a sealed value belongs. All of it, the installation and the key id are bound to the value. `row` and `subject` are UUIDs. */
export type Place = { register: string; category: string; row: string; subject: string };

/** 32 hex digits. */
export type KeyId = string;

/** What ends together is sealed together: `rule` is the id of the retention rule at the time of sealing; `subject` is a UUID. */
export type KeyOwner = { register: string; subject: string; rule: string };

/**
 * `cutBytes`: an unfinished write found at the last start and cut off (never acknowledged, unless the disk itself lost bytes).
 * `search`: the version of the secret that words are indexed under; tokens of another version find nothing.
 */
export type KeyringState = {
  keys: number;
  destroyed: number;
  epoch: number;
  root: string;
  cutBytes: number;
  search: number;
};

/** Ed25519 (RFC 8032): 32 public bytes; a signature has 64. */
export type Signer = { readonly publicKey: Buffer; sign(bytes: Uint8Array): Buffer };

/**
 * `recipient`: the X25519 public half (32 bytes) of the newest paper; `recipients`: of every paper that is to open what is sealed for the
 * owner now, the confirmed one first while a new one waits to be confirmed.
 */
export type RecoveryState = { recipient: Buffer; recipients: readonly Buffer[]; confirmed: boolean };

/** The files of a keyring at one moment, without the root key: they open with it or with the secret from the paper. */
export type KeyringCopy = { epoch: Buffer; snapshot: Buffer; log: Buffer; recovery: Buffer };

/** The former keys of rotated owners: readable on, given to nobody. */
export type Rotated = { former: KeyId[]; current: KeyId[] };

/**
 * The keys of one installation. Every error is a `KeyringFault`. After `halted` (the disk broke a promise) reading goes on,
 * but nothing new is promised until a restart.
 */
export interface Keys {
  /** UUID; stands in the keyring and in the database. */
  readonly installation: string;

  /**
   * One key per owner, made if absent, in the order asked. Resolves when the new keys are on disk; concurrent calls share one
   * write and one fsync. Call it after the row lock of the subject is held, so that an erasure cannot come in between.
   */
  keysFor(owners: readonly KeyOwner[]): Promise<KeyId[]>;

  /** Throws `destroyed` where the key is gone and `tampered` where the key is of another register or subject. */
  seal(items: readonly { place: Place; key: KeyId; plain: Uint8Array }[]): Promise<Buffer[]>;

  /**
   * null where the key has been destroyed. Throws `tampered` where the value does not belong to the place, and `behind` where
   * its key is of a later epoch than this keyring (an old copy of the keyring was restored). A younger key of the same epoch reads as destroyed.
   */
  open(items: readonly { place: Place; sealed: Uint8Array }[]): Promise<(Buffer | null)[]>;

  /**
   * A large content (attachment, raw mail, document) under a key of its own, which is wrapped under the owner's `key`: 141 bytes more, and
   * 16 for each 64 KiB. Commits to its key: it opens to one content only. Errors as `seal`.
   */
  sealObject(item: { place: Place; key: KeyId; plain: Uint8Array }): Promise<Buffer>;

  /** The same bytes as a stream, in memory one chunk at a time. */
  sealObjectStream(item: { place: Place; key: KeyId; plain: AsyncIterable<Uint8Array> }): AsyncIterable<Buffer>;

  /** null where the key has been destroyed. Throws `tampered` also where chunks are missing, added or in another order. */
  openObject(item: { place: Place; sealed: Uint8Array }): Promise<Buffer | null>;

  /**
   * null where the key has been destroyed. Each chunk is genuine when it is given, but only the end tells that nothing is missing: who
   * hands chunks on must take them back when it throws `tampered`.
   */
  openObjectStream(item: { place: Place; sealed: AsyncIterable<Uint8Array> }): Promise<AsyncIterable<Buffer> | null>;

  /** Every key of the register and subject (all rules, all versions), or of one rule. */
  keysOf(owner: { register: string; subject: string; rule?: string }): Promise<KeyId[]>;

  /**
   * From now on `keysFor` gives none of these: it makes new ones. Called inside the erasing transaction, before its commit, because
   * a value collected between that commit and `destroy` would otherwise be sealed with a key about to go. Kept in memory only.
   */
  retire(ids: readonly KeyId[]): void;

  /**
   * Resolves when no file holds the keys any more: a new epoch, a snapshot without them, the old log gone. Calls that meet share one
   * rewriting. Destroyed ids are never issued again; unknown ids are ignored.
   */
  destroy(ids: readonly KeyId[]): Promise<void>;

  /** 64-bit search tokens as signed bigint (PostgreSQL bigint), of words the caller has normalised. */
  tokens(register: string, category: string, words: readonly string[]): bigint[];

  /** 32 bytes for looking up other things (idempotency keys, login names, bearer tokens, bans), separated by use; never changes. */
  mac(use: string, text: string): Buffer;

  /** What signs checkpoints and manifests, newest last. More than one only from `rotateSigner` to `retireSigner`. */
  signers(): readonly Signer[];

  recovery(): RecoveryState;
  /** What is to stand on the paper (32 bytes, an X25519 private key); null once the paper has been confirmed. The caller blanks it. */
  recoverySecret(): Promise<Buffer | null>;
  /** The paper is in good hands: the secret leaves the server, and older papers open nothing more. */
  confirmRecovery(): Promise<void>;
  /** A new secret for a new paper. The paper confirmed before goes on opening until the new one is confirmed. */
  renewRecovery(): Promise<void>;

  /** For the keyring's own backup. Consistent: no change is half in it. */
  copy(): Promise<KeyringCopy>;

  /** A new root key, and a new epoch with it. The old root key opens nothing that is in use; every paper stays good. */
  rotateRoot(): Promise<void>;
  /** A new epoch key and new register keys; every key is wrapped anew. `destroy` does it too. */
  rotateEpoch(): Promise<void>;
  /**
   * The next version of the key of each owner that has one: `keysFor` gives it from now on. The former ones open on; they may be destroyed
   * when no row uses them and no database backup from before the rotation is kept any more.
   */
  rotatePersons(owners: readonly KeyOwner[]): Promise<Rotated>;
  /** A new secret under which words are indexed. Every token of before finds nothing: the caller has the index built anew. */
  rotateSearch(): Promise<void>;
  /** A second signing key; both sign until `retireSigner`. While one waits for that, no third is made. */
  rotateSigner(): Promise<void>;
  retireSigner(): Promise<void>;

  /**
   * From now on the root key opens with a passphrase only, which is asked for at every start. The root key is a new one: the old stood in
   * a file in the clear. `cost` for tests.
   */
  setPassphrase(ask: Passphrase, cost?: Argon2Cost): Promise<void>;
  /** The root key in a file again. */
  removePassphrase(): Promise<void>;

  state(): KeyringState;
  inventory(): Inventory;
  /** Every key with its owner, without the key itself; oldest first. */
  list(): Iterable<KeyLine>;

  /** Waits for what is under way and gives the lock back. */
  close(): Promise<void>;
}

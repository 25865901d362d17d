/** Where a sealed value belongs. All of it, the installation and the key id are bound to the value. `row` and `subject` are UUIDs. */
export type Place = { register: string; category: string; row: string; subject: string };

/** 32 hex digits. */
export type KeyId = string;

/** What ends together is sealed together: `rule` is the id of the retention rule at the time of sealing; `subject` is a UUID. */
export type KeyOwner = { register: string; subject: string; rule: string };

/** `cutBytes`: an unfinished write found at the last start and cut off (never acknowledged, unless the disk itself lost bytes). */
export type KeyringState = { keys: number; destroyed: number; epoch: number; root: string; cutBytes: number };

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
   * its key is younger than this keyring (an old copy of the keyring was restored).
   */
  open(items: readonly { place: Place; sealed: Uint8Array }[]): Promise<(Buffer | null)[]>;

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

  /** 32 bytes for looking up other things (idempotency keys, login names, bearer tokens), separated by use. */
  mac(use: string, text: string): Buffer;

  state(): KeyringState;

  /** Waits for what is under way and gives the lock back. */
  close(): Promise<void>;
}

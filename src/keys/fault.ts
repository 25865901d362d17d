const sentences = {
  missing: "the keyring is missing",
  rootMissing: "the root key of the keyring is missing",
  passphraseMissing: "the root key of the keyring is sealed with a passphrase and none was given",
  passphraseWrong: "the passphrase does not open the root key of the keyring",
  paperWrong: "the recovery secret does not belong to this copy of the keyring",
  inUse: "a keyring stands here already",
  foreign: "the keyring belongs to another root key or installation",
  locked: "the keyring is in use by another process",
  corrupt: "the keyring is damaged",
  newer: "the keyring was written by a newer version",
  behind: "the keyring is older than the sealed values",
  tampered: "a sealed value does not belong to its place",
  destroyed: "the key has been destroyed",
  spent: "the key has sealed as much as one key may",
  diskFull: "no room to write the keyring",
  halted: "the disk failed under the keyring; restart to go on",
  closed: "the keyring is closed",
} as const;

export type KeyringFaultCode = keyof typeof sentences;

/** What can go wrong with keys. The message is fixed by the code: no data, no path, no id ever stands in it. */
export class KeyringFault extends Error {
  readonly code: KeyringFaultCode;

  constructor(code: KeyringFaultCode, cause?: unknown) {
    super(sentences[code], cause === undefined ? undefined : { cause });
    this.name = "KeyringFault";
    this.code = code;
  }
}

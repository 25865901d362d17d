// The living keyring as a drill sees it: everything opens as it does for the register, and nothing a drill does reaches it. What the copy's own gate would
// make, seal or sign fails; what it destroys is only remembered here.
import { KeyringFault } from "../keys/fault.ts";
import type { KeyId, Keys } from "../keys/keys.ts";
import { keyIdOf } from "../keys/sealed.ts";

export type DrillKeys = Keys & {
  /** Keys that the copy's gate believes it has destroyed. */
  readonly destroyed: ReadonlySet<KeyId>;
};

/** No method here hands anything but a question on to `living`. */
export function drillKeys(living: Keys): DrillKeys {
  const destroyed = new Set<KeyId>();
  const never = async (): Promise<never> => {
    throw new KeyringFault("closed", "a drill changes no keys");
  };
  const closed = (sealed: Uint8Array) => destroyed.has(keyIdOf(sealed));
  return {
    installation: living.installation,
    destroyed,
    open: async (items) => {
      const opened = await living.open(items);
      return opened.map((plain, n) => (closed(items[n]?.sealed ?? new Uint8Array()) ? null : plain));
    },
    openObject: (item) => living.openObject(item),
    openObjectStream: (item) => living.openObjectStream(item),
    keysOf: (owner) => living.keysOf(owner),
    tokens: (register, category, words) => living.tokens(register, category, words),
    mac: (use, text) => living.mac(use, text),
    signers: () =>
      living.signers().map(({ publicKey }) => ({
        publicKey,
        sign: () => {
          throw new KeyringFault("closed", "a drill signs nothing");
        },
      })),
    recovery: () => living.recovery(),
    state: () => living.state(),
    inventory: () => living.inventory(),
    list: () => living.list(),
    retire: () => undefined,
    destroy: async (ids) => {
      for (const id of ids) destroyed.add(id);
    },
    keysFor: never,
    seal: never,
    sealObject: never,
    // biome-ignore lint/correctness/useYield: it fails before the first piece.
    sealObjectStream: async function* () {
      await never();
    },
    recoverySecret: never,
    confirmRecovery: never,
    renewRecovery: never,
    copy: never,
    rotateRoot: never,
    rotateEpoch: never,
    rotatePersons: never,
    rotateSearch: never,
    rotateSigner: never,
    retireSigner: never,
    setPassphrase: never,
    removePassphrase: never,
    close: async () => undefined,
  };
}

import { randomBytes } from "node:crypto";
import { type Disk, fileNames } from "../disk/disk.ts";
import { KeyringFault } from "../fault.ts";
import { type Argon2Cost, argon2id, isBearable } from "../password.ts";
import { encoded, Reader, Writer } from "../primitives/encoding.ts";
import { envelopeOverhead, openEnvelope, sealEnvelope } from "../primitives/envelope.ts";
import { digest } from "../token.ts";

/** Where the root key is kept. Its bytes are 32; the caller blanks what it is given. */
export interface RootProvider {
  readonly kind: "file" | "passphrase";
  /** null where nothing is kept here. Throws `passphraseMissing`, `passphraseWrong`, `corrupt`. */
  read(): Promise<Buffer | null>;
  /** All or nothing, and durable when it resolves. */
  write(root: Uint8Array): Promise<void>;
  remove(): Promise<void>;
}

/** `root.key`, readable by its owner only: who can read the file has the keyring. */
export const fileRoot = (disk: Disk): RootProvider => ({
  kind: "file",
  read: () => disk.read(fileNames.root),
  write: (root) => disk.replace(fileNames.root, root),
  remove: () => disk.remove(fileNames.root),
});

/** Asked when it is needed; the server reads it from a file that the system puts there (a systemd credential). */
export type Passphrase = () => Promise<string>;

/** 256 MiB, four passes: about a second, once a start. RFC 9106 section 4 asks for at least 64 MiB where memory is short. */
export const rootCost: Argon2Cost = { memory: 262_144, passes: 4, parallelism: 1 };

/** `root.sealed`: the root key in an envelope under Argon2id of a passphrase, the costs beside it. A thief of the disk has nothing. */
export function passphraseRoot(disk: Disk, ask: Passphrase | undefined, cost: Argon2Cost = rootCost): RootProvider {
  /** Kept, so that a rotation need not ask again. */
  let opened: { salt: Buffer; cost: Argon2Cost; key: Buffer } | undefined;

  async function keyFor(salt: Buffer, asked: Argon2Cost): Promise<Buffer> {
    const passphrase = await ask?.();
    if (!passphrase) throw new KeyringFault("passphraseMissing");
    return argon2id(passphrase, salt, asked, 32);
  }

  return {
    kind: "passphrase",
    async read() {
      const image = await disk.read(fileNames.sealedRoot);
      if (!image) return null;
      const { salt, cost: asked, sealed } = parse(image);
      const key = await keyFor(salt, asked);
      const root = openEnvelope(key, place(salt, asked), sealed);
      if (!root) throw new KeyringFault("passphraseWrong");
      opened = { salt, cost: asked, key };
      return root;
    },
    async write(root) {
      if (!opened) {
        const salt = randomBytes(16);
        opened = { salt, cost, key: await keyFor(salt, cost) };
      }
      const { salt, cost: asked, key } = opened;
      await disk.replace(fileNames.sealedRoot, image(salt, asked, sealEnvelope(key, place(salt, asked), root)));
    },
    remove: () => disk.remove(fileNames.sealedRoot),
  };
}

const letters = Buffer.from("TVRS");
const version = 1;

const place = (salt: Uint8Array, { memory, passes, parallelism }: Argon2Cost) =>
  encoded("tietovirta.root-passphrase.1", salt, memory, passes, parallelism);

/** Letters, version, memory in KiB, passes, lanes, salt, envelope, SHA-256: a damaged file must not look like a wrong passphrase. */
function image(salt: Buffer, { memory, passes, parallelism }: Argon2Cost, sealed: Buffer): Buffer {
  const writer = new Writer().bytes(letters).u8(version).u32(memory).u32(passes).u32(parallelism);
  writer.bytes(salt).bytes(sealed);
  writer.bytes(digest(writer.done()));
  return Buffer.from(writer.done());
}

function parse(bytes: Buffer): { salt: Buffer; cost: Argon2Cost; sealed: Buffer } {
  const reader = new Reader(bytes);
  if (!reader.bytes(4).equals(letters)) throw new KeyringFault("corrupt");
  if (reader.u8() !== version) throw new KeyringFault("newer");
  const cost = { memory: reader.u32(), passes: reader.u32(), parallelism: reader.u32() };
  const salt = Buffer.from(reader.bytes(16));
  const sealed = Buffer.from(reader.bytes(32 + envelopeOverhead));
  const whole = reader.bytes(32).equals(digest(bytes.subarray(0, bytes.length - 32)));
  // Refused before it is tried: costs out of reach would be a way to exhaust the memory.
  if (!whole || reader.left > 0 || !isBearable(cost)) throw new KeyringFault("corrupt");
  return { salt, cost, sealed };
}

/**
 * The provider in use. Both files at once means that a switch was cut short before it was told done: the plain file is right, because
 * either it is the one that was there before, or it is complete. `leftOver` is the other, to be removed once the keyring has opened.
 */
export async function rootProvider(
  disk: Disk,
  ask: Passphrase | undefined,
  cost: Argon2Cost | undefined,
): Promise<{ provider: RootProvider; root: Buffer | null; leftOver: RootProvider | null }> {
  const plain = fileRoot(disk);
  const sealed = passphraseRoot(disk, ask, cost);
  const root = await plain.read();
  if (root) {
    const both = (await disk.read(fileNames.sealedRoot)) !== null;
    return { provider: plain, root, leftOver: both ? sealed : null };
  }
  return { provider: sealed, root: await sealed.read(), leftOver: null };
}

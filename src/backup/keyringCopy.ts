// Copies of the keyring, apart from the database's: closed to the owner alone, and kept a shorter time, because they are what keeps an erased value readable.
import { ageRecipientOf } from "../documents/recoverySheet/secret.ts";
import type { KeyringCopy, Keys } from "../keys/keys.ts";
import { Problem } from "../values/problem.ts";
import { dateOfStamp, stampOf } from "./base.ts";
import { type Sealing, seal, type Unsealing, unseal } from "./seal.ts";
import { makeFolders, putWhole, type Shelf } from "./shelf.ts";
import { pack, unpack } from "./tar.ts";

const parts = ["epoch", "snapshot", "log", "recovery"] as const satisfies readonly (keyof KeyringCopy)[];

/** Whoever has the paper: while a new one waits to be confirmed, both. The drill's identity is never among them. */
export const ownersOf = (keys: Pick<Keys, "recovery">): string[] => keys.recovery().recipients.map(ageRecipientOf);

/**
 * Puts a copy at the target, durable when it resolves; answers its path. The drill's identity goes along, so that the copies made before a restore by
 * the paper are still opened by the drill after it.
 */
export async function putKeyring(
  shelf: Shelf,
  keys: Pick<Keys, "copy" | "recovery" | "signers" | "installation">,
  at: Date,
  { drill = "" }: { drill?: string } = {},
): Promise<string> {
  const plain = await packed(await keys.copy(), drill);
  const sealing: Sealing = {
    installation: keys.installation,
    recipients: ownersOf(keys),
    signers: keys.signers(),
  };
  await makeFolders(shelf, "keyring");
  const path = `keyring/${stampOf(at)}.age`;
  await putWhole(shelf, path, await seal(plain, path, at, sealing));
  return path;
}

/** Names of the copies, oldest first: `20261123T015500Z.age`. */
export async function keyringNames(shelf: Shelf): Promise<string[]> {
  return (await shelf.list("keyring")).filter((name) => name.endsWith(".age"));
}

/** When the newest copy was made; long ago where there is none. */
export async function newestKeyringAt(shelf: Shelf): Promise<Date> {
  const name = (await keyringNames(shelf)).at(-1);
  return name === undefined ? new Date(0) : dateOfStamp(name.slice(0, -".age".length));
}

/** The newest copy, for `restoreKeyring`. Throws `backupNoKeyring`, and what `unseal` throws. */
export async function newestKeyring(
  shelf: Shelf,
  unsealing: Unsealing,
): Promise<{ copy: KeyringCopy; at: Date; drill: string | null }> {
  const name = (await keyringNames(shelf)).at(-1);
  if (name === undefined) throw new Problem("backupNoKeyring", 404);
  const path = `keyring/${name}`;
  const sealed = await shelf.read(path);
  if (sealed === null) throw new Problem("backupNoKeyring", 404);
  const { plain, at } = await unseal(sealed, path, unsealing);
  return { ...(await opened(plain, path)), at };
}

const DRILL = "drill";

async function packed(copy: KeyringCopy, drill: string): Promise<Buffer> {
  const entries = (async function* () {
    for (const path of parts)
      yield { path, folder: false as const, bytes: copy[path].length, pieces: piecesOf(copy[path]) };
    const identity = Buffer.from(drill);
    if (drill !== "") yield { path: DRILL, folder: false as const, bytes: identity.length, pieces: piecesOf(identity) };
  })();
  const pieces: Uint8Array[] = [];
  for await (const piece of pack(entries)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function opened(plain: Buffer, file: string): Promise<{ copy: KeyringCopy; drill: string | null }> {
  const found = new Map<string, Buffer>();
  for await (const entry of unpack(piecesOf(plain))) {
    if (entry.folder) continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of entry.pieces) pieces.push(piece);
    found.set(entry.path, Buffer.concat(pieces));
  }
  const part = (name: (typeof parts)[number]) => {
    const bytes = found.get(name);
    if (bytes === undefined) throw new Problem("backupDamaged", 422, { file });
    return bytes;
  };
  const copy = { epoch: part("epoch"), snapshot: part("snapshot"), log: part("log"), recovery: part("recovery") };
  return { copy, drill: found.get(DRILL)?.toString("utf8") ?? null };
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

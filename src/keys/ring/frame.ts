import { KeyringFault } from "../fault.ts";
import { hmac, sameBytes } from "../primitives/derive.ts";
import { Reader, uuidBytes, uuidText, Writer } from "../primitives/encoding.ts";
import type { Root } from "./root.ts";

/**
 * Every file begins with four letters, a format version, the root id and the installation, and ends with HMAC-SHA-256 under a key derived
 * from the root key: a checksum that nobody without the root key can make to fit.
 */
export type Kind = "TVKS" | "TVKL" | "TVKE" | "TVKR";
/** What is written; every version up to it is read. */
const versions: Readonly<Record<Kind, number>> = { TVKS: 2, TVKL: 1, TVKE: 1, TVKR: 1 };
export const macBytes = 32;
/** Letters, version, root id, installation, checksum. */
export const frameBytes = 4 + 1 + 8 + 16 + macBytes;

export const begin = (kind: Kind, root: Root, installation: string): Writer =>
  new Writer().bytes(Buffer.from(kind)).u8(versions[kind]).bytes(root.id).bytes(uuidBytes(installation));

export function end(root: Root, writer: Writer): Buffer {
  writer.bytes(hmac(root.fileKey, writer.done()));
  return Buffer.from(writer.done());
}

type Parts = { version: number; rootId: Buffer; installation: string; reader: Reader };

/** What a file says of itself; nothing is checked with a key yet. Throws `corrupt` and `newer`. */
export function parts(kind: Kind, bytes: Buffer): Parts {
  const reader = new Reader(bytes.subarray(0, Math.max(0, bytes.length - macBytes)));
  if (reader.bytes(4).toString("latin1") !== kind) throw new KeyringFault("corrupt");
  const version = reader.u8();
  if (version < 1 || version > versions[kind]) throw new KeyringFault("newer");
  return { version, rootId: reader.bytes(8), installation: uuidText(reader.bytes(16)), reader };
}

/** Throws also `foreign`. */
export function checked(kind: Kind, root: Root, bytes: Buffer): Parts {
  const found = parts(kind, bytes);
  if (!found.rootId.equals(root.id)) throw new KeyringFault("foreign");
  const mac = hmac(root.fileKey, bytes.subarray(0, -macBytes));
  if (!sameBytes(mac, bytes.subarray(-macBytes))) throw new KeyringFault("corrupt");
  return found;
}

/** Whether a file was written under this root key. A file torn in its first bytes was not. */
export function isUnder(root: Root, bytes: Buffer): boolean {
  return bytes.subarray(5, 13).equals(root.id);
}

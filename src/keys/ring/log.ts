import { KeyringFault } from "../fault.ts";
import { hmac, sameBytes } from "../primitives/derive.ts";
import { encoded } from "../primitives/encoding.ts";
import { logHeaderBytes } from "./image.ts";
import type { Root } from "./root.ts";

const mark = Buffer.from("TVKr");
const macBytes = 16;
const headBytes = mark.length + 4 + macBytes;

const macOf = (root: Root, generation: Uint8Array, at: number, changes: Uint8Array) =>
  hmac(root.fileKey, encoded("tietovirta.log-record.1", generation, at), changes).subarray(0, macBytes);

/** One record: mark, length, checksum bound to the log and the place in it, changes. One group of keys is one record. */
export function record(root: Root, generation: Uint8Array, at: number, changes: Uint8Array): Buffer {
  const out = Buffer.alloc(headBytes + changes.length);
  out.set(mark, 0);
  out.writeUInt32BE(changes.length, mark.length);
  out.set(macOf(root, generation, at, changes), mark.length + 4);
  out.set(changes, headBytes);
  return out;
}

/**
 * The changes of every whole record, and where the last one ends. A record follows only when the one before it is on disk, so a
 * broken one at the end was never acknowledged and may be cut; one with a whole record behind it is damage, and cutting there would
 * lose acknowledged keys: `corrupt`.
 */
export function records(root: Root, generation: Uint8Array, log: Buffer): { changes: Buffer[]; end: number } {
  const changes: Buffer[] = [];
  let at = logHeaderBytes;
  for (;;) {
    const found = recordAt(root, generation, log, at);
    if (!found) break;
    changes.push(found);
    at += headBytes + found.length;
  }
  for (let later = log.indexOf(mark, at + 1); later >= 0; later = log.indexOf(mark, later + 1)) {
    if (recordAt(root, generation, log, later)) throw new KeyringFault("corrupt");
  }
  return { changes, end: at };
}

function recordAt(root: Root, generation: Uint8Array, log: Buffer, at: number): Buffer | null {
  if (at + headBytes > log.length || !log.subarray(at, at + mark.length).equals(mark)) return null;
  const start = at + headBytes;
  const length = log.readUInt32BE(at + mark.length);
  if (length === 0 || start + length > log.length) return null;
  const changes = log.subarray(start, start + length);
  const mac = log.subarray(at + mark.length + 4, start);
  return sameBytes(mac, macOf(root, generation, at, changes)) ? changes : null;
}

import { KeyringFault } from "../fault.ts";
import { wrappedBytes } from "../primitives/aead.ts";
import { hmac, sameBytes } from "../primitives/derive.ts";
import { Reader, uuidBytes, uuidText, Writer } from "../primitives/encoding.ts";
import { addRegister, addRow, type Ring } from "./ring.ts";
import { openEpoch, type Root } from "./root.ts";
import { KeyTable, rowBytes } from "./table.ts";

/**
 * The three files. Each begins with four letters, a format version, the root id and the installation, and ends with HMAC-SHA-256 under
 * a key derived from the root key: a checksum that nobody without the root key can make to fit.
 */
type Kind = "TVKS" | "TVKL" | "TVKE";
const formatVersion = 1;
const macBytes = 32;

const begin = (kind: Kind, root: Root, installation: string): Writer =>
  new Writer().bytes(Buffer.from(kind)).u8(formatVersion).bytes(root.id).bytes(uuidBytes(installation));

function end(root: Root, writer: Writer): Buffer {
  writer.bytes(hmac(root.fileKey, writer.done()));
  return Buffer.from(writer.done());
}

function checked(kind: Kind, root: Root, bytes: Buffer): { installation: string; reader: Reader } {
  const reader = new Reader(bytes.subarray(0, Math.max(0, bytes.length - macBytes)));
  if (reader.bytes(4).toString("latin1") !== kind) throw new KeyringFault("corrupt");
  if (reader.u8() !== formatVersion) throw new KeyringFault("newer");
  if (!reader.bytes(8).equals(root.id)) throw new KeyringFault("foreign");
  const mac = hmac(root.fileKey, bytes.subarray(0, -macBytes));
  if (!sameBytes(mac, bytes.subarray(-macBytes))) throw new KeyringFault("corrupt");
  return { installation: uuidText(reader.bytes(16)), reader };
}

export function snapshotImage(root: Root, ring: Ring): Buffer {
  const writer = begin("TVKS", root, ring.installation);
  writer.u32(ring.epoch).bytes(ring.generation).bytes(ring.previous).u64(ring.destroyed).bytes(ring.indexWrapped);
  writer.u32(ring.names.length);
  for (const name of ring.names) writer.text(name);
  writer.u32(ring.registers.size);
  for (const [register, { wrapped }] of ring.registers) writer.u32(register).bytes(wrapped);
  writer.u32(ring.table.size);
  for (const part of ring.table.parts()) writer.bytes(part);
  return end(root, writer);
}

/** `epochs` are the wrapped epoch keys of the epoch file, by number. */
export function ringOf(root: Root, snapshot: Buffer, epochImage: Buffer): Ring {
  const { installation, reader } = checked("TVKS", root, snapshot);
  const epoch = reader.u32();
  const epochs = epochsOf(root, epochImage);
  if (epochs.installation !== installation) throw new KeyringFault("foreign");
  const wrappedEpoch = epochs.wrapped.get(epoch);
  // An old snapshot beside today's epoch file: the keys it holds are meant to be out of reach.
  if (!wrappedEpoch) throw new KeyringFault("foreign");
  const ring: Ring = {
    installation,
    epoch,
    epochKey: openEpoch(root, installation, epoch, wrappedEpoch),
    generation: Buffer.from(reader.bytes(16)),
    previous: Buffer.from(reader.bytes(16)),
    destroyed: reader.u64(),
    indexWrapped: Buffer.from(reader.bytes(wrappedBytes)),
    names: [],
    registers: new Map(),
    table: new KeyTable(),
  };
  for (let left = reader.u32(); left > 0; left -= 1) ring.names.push(reader.text());
  for (let left = reader.u32(); left > 0; left -= 1)
    addRegister(ring, reader.u32(), Buffer.from(reader.bytes(wrappedBytes)));
  for (let left = reader.u32(); left > 0; left -= 1) addRow(ring, reader.bytes(rowBytes));
  return ring;
}

/**
 * The epoch keys stand in a file of their own, so that copies of snapshot and log may be kept longer than copies of this one: without
 * it they open nothing.
 */
export function epochImage(root: Root, installation: string, wrapped: ReadonlyMap<number, Uint8Array>): Buffer {
  const writer = begin("TVKE", root, installation).u32(wrapped.size);
  for (const [epoch, key] of wrapped) writer.u32(epoch).bytes(key);
  return end(root, writer);
}

export function epochsOf(root: Root, image: Buffer): { installation: string; wrapped: Map<number, Buffer> } {
  const { installation, reader } = checked("TVKE", root, image);
  const wrapped = new Map<number, Buffer>();
  for (let left = reader.u32(); left > 0; left -= 1) wrapped.set(reader.u32(), Buffer.from(reader.bytes(wrappedBytes)));
  return { installation, wrapped };
}

/** The beginning of a log, which belongs to one generation of the snapshot. */
export const logHeader = (root: Root, installation: string, generation: Uint8Array): Buffer =>
  end(root, begin("TVKL", root, installation).bytes(generation));

export const logHeaderBytes = 4 + 1 + 8 + 16 + 16 + macBytes;

export function generationOf(root: Root, log: Buffer): { installation: string; generation: Buffer } {
  const { installation, reader } = checked("TVKL", root, log.subarray(0, logHeaderBytes));
  return { installation, generation: reader.bytes(16) };
}

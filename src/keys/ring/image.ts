import { KeyringFault } from "../fault.ts";
import { wrappedBytes } from "../primitives/aead.ts";
import type { Reader } from "../primitives/encoding.ts";
import { begin, checked, end, frameBytes } from "./frame.ts";
import { readPapers, writePapers } from "./papers.ts";
import { addRegister, addRow, type Ring } from "./ring.ts";
import { openEpoch, openIndexRoot, type Root } from "./root.ts";
import { readSecrets, type Secret, wrapSecret, writeSecrets } from "./secrets.ts";
import { datedRow, KeyTable, rowBytes, undatedRowBytes } from "./table.ts";

/** `usesKept`: how a count of uses is written, so that after a crash it is never less than the truth by more than one block. */
export function snapshotImage(root: Root, ring: Ring, usesKept: (uses: number) => number): Buffer {
  const writer = begin("TVKS", root, ring.installation);
  writer.u32(ring.epoch).bytes(ring.generation).bytes(ring.previous).u64(ring.destroyed);
  writer.u32(ring.rootMade).u32(ring.epochMade);
  writeSecrets(writer, ring.secrets);
  writePapers(writer, ring.papers);
  writer.u32(ring.names.length);
  for (const name of ring.names) writer.text(name);
  writer.u32(ring.registers.size);
  for (const [register, { wrapped }] of ring.registers) writer.u32(register).bytes(wrapped);
  writer.u32(ring.table.size);
  for (const part of ring.table.parts()) writer.bytes(part);
  const used = [...ring.table.used()];
  writer.u32(used.length);
  for (const [index, uses] of used) writer.u32(index).u32(usesKept(uses));
  return end(root, writer);
}

/** Throws `foreign` where snapshot and epoch file do not belong together, and `corrupt`. */
export function ringOf(root: Root, snapshot: Buffer, epochImage: Buffer): Ring {
  const { installation, reader, version } = checked("TVKS", root, snapshot);
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
    ...(version === 1 ? readFirst(root, installation, reader) : readSecond(reader)),
    names: [],
    registers: new Map(),
    table: new KeyTable(),
  };
  for (let left = reader.u32(); left > 0; left -= 1) ring.names.push(reader.text());
  for (let left = reader.u32(); left > 0; left -= 1)
    addRegister(ring, reader.u32(), Buffer.from(reader.bytes(wrappedBytes)));
  for (let left = reader.u32(); left > 0; left -= 1)
    addRow(ring, version === 1 ? datedRow(reader.bytes(undatedRowBytes)) : reader.bytes(rowBytes));
  if (version > 1) for (let left = reader.u32(); left > 0; left -= 1) ring.table.setUses(reader.u32(), reader.u32());
  return ring;
}

type Dated = Pick<Ring, "rootMade" | "epochMade" | "secrets" | "papers">;

/** The first format had one key for words and look-ups; both go on under it, so that no index has to be built anew. */
function readFirst(root: Root, installation: string, reader: Reader): Dated {
  const index = openIndexRoot(root, installation, reader.bytes(wrappedBytes)).export();
  const secret = (kind: "search" | "mac"): Secret =>
    wrapSecret(root, installation, { kind, version: 1, made: 0 }, index);
  const secrets = [secret("search"), secret("mac")];
  index.fill(0);
  return { rootMade: 0, epochMade: 0, secrets, papers: [] };
}

const readSecond = (reader: Reader): Dated => ({
  rootMade: reader.u32(),
  epochMade: reader.u32(),
  secrets: readSecrets(reader),
  papers: readPapers(reader),
});

/**
 * The epoch keys stand in a file of their own, so that copies of snapshot and log may be kept longer than copies of this one: without
 * it they open nothing. `wrapped` by number of the epoch.
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

export const logHeaderBytes = frameBytes + 16;

export function generationOf(root: Root, log: Buffer): { installation: string; generation: Buffer } {
  const { installation, reader } = checked("TVKL", root, log.subarray(0, logHeaderBytes));
  return { installation, generation: reader.bytes(16) };
}

import { KeyringFault } from "../fault.ts";
import { agreed, curveBytes, newSeed, privateKey, publicBytes } from "../primitives/curves.ts";
import { encoded, type Reader, uuidBytes, type Writer } from "../primitives/encoding.ts";
import { envelopeOverhead, openEnvelope, sealEnvelope } from "../primitives/envelope.ts";
import { begin, checked, end, parts } from "./frame.ts";
import { type Root, rootFrom } from "./root.ts";

/** A sheet of paper with the recovery secret on it; the keyring has its public half (X25519). `made`: seconds since 1970. */
export type Paper = { recipient: Buffer; confirmed: boolean; made: number };

export function writePapers(writer: Writer, papers: readonly Paper[]): void {
  writer.u8(papers.length);
  for (const { recipient, confirmed, made } of papers)
    writer
      .bytes(recipient)
      .u8(confirmed ? 1 : 0)
      .u32(made);
}

export function readPapers(reader: Reader): Paper[] {
  const papers: Paper[] = [];
  for (let left = reader.u8(); left > 0; left -= 1)
    papers.push({
      recipient: Buffer.from(reader.bytes(curveBytes)),
      confirmed: reader.u8() === 1,
      made: reader.u32(),
    });
  return papers;
}

const rootBytes = 32;
const boxBytes = rootBytes + envelopeOverhead;

const placeOf = (installation: string, rootId: Uint8Array, recipient: Uint8Array, ephemeral: Uint8Array) =>
  encoded("tietovirta.root-recovery.1", uuidBytes(installation), rootId, recipient, ephemeral);

/**
 * The file `root.recovery`: the root key, sealed to the public half of each paper. X25519 with a key of one use, then a committing
 * envelope under the agreed secret, so that the file opens to one root key and no other.
 */
export function recoveryImage(root: Root, installation: string, papers: readonly Paper[]): Buffer {
  const writer = begin("TVKR", root, installation).u8(papers.length);
  for (const { recipient } of papers) {
    const seed = newSeed();
    const own = privateKey("x25519", seed);
    seed.fill(0);
    const ephemeral = publicBytes(own);
    const shared = agreed(own, recipient);
    if (!shared) throw new KeyringFault("corrupt");
    const plain = root.key.export();
    const place = placeOf(installation, root.id, recipient, ephemeral);
    writer
      .bytes(recipient)
      .bytes(ephemeral)
      .bytes(sealEnvelope(shared, place, plain));
    plain.fill(0);
    shared.fill(0);
  }
  return end(root, writer);
}

/** Whether a `root.recovery` holds this root key for exactly these papers. */
export function recoveryFits(root: Root, installation: string, papers: readonly Paper[], image: Buffer): boolean {
  try {
    const { installation: stated, reader } = checked("TVKR", root, image);
    const recipients = boxesIn(reader).map(({ recipient }) => recipient);
    return (
      stated === installation &&
      recipients.length === papers.length &&
      papers.every(({ recipient }, index) => recipients[index]?.equals(recipient))
    );
  } catch (error) {
    if (error instanceof KeyringFault) return false;
    throw error;
  }
}

/** The root key by the secret from the paper (32 bytes). Throws `paperWrong` or `corrupt`. */
export function rootFromPaper(image: Buffer, secret: Uint8Array): Root {
  const own = privateKey("x25519", secret);
  const recipient = publicBytes(own);
  const { rootId, installation, reader } = parts("TVKR", image);
  const box = boxesIn(reader).find((one) => one.recipient.equals(recipient));
  if (!box) throw new KeyringFault("paperWrong");
  const shared = agreed(own, box.ephemeral);
  const bytes = shared && openEnvelope(shared, placeOf(installation, rootId, recipient, box.ephemeral), box.sealed);
  shared?.fill(0);
  if (!bytes) throw new KeyringFault("corrupt");
  try {
    const root = rootFrom(bytes);
    checked("TVKR", root, image);
    return root;
  } finally {
    bytes.fill(0);
  }
}

function boxesIn(reader: Reader): { recipient: Buffer; ephemeral: Buffer; sealed: Buffer }[] {
  return Array.from({ length: reader.u8() }, () => ({
    recipient: reader.bytes(curveBytes),
    ephemeral: reader.bytes(curveBytes),
    sealed: reader.bytes(boxBytes),
  }));
}

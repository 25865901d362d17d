// Signed notes and checkpoints as C2SP writes them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), with Ed25519 (RFC 8032). Pure.
import { createHash, createPublicKey, verify } from "node:crypto";
import type { Hash } from "./tree.ts";

/** `publicKey`: 32 raw bytes; `sign` gives 64. */
export type NoteSigner = { publicKey: Buffer; sign(bytes: Uint8Array): Buffer };

/** `id`: the 4 bytes that stand before the key's signatures. */
export type VerifierKey = { name: string; id: Buffer; publicKey: Buffer };

/** A note as it was read: `text` ends with a line feed; nothing is verified yet. */
export type Note = { text: string; signatures: readonly { name: string; id: Buffer; signature: Buffer }[] };

/**
 * What a checkpoint says. `at` is the log's own clock. `dropped`: so many of the oldest leaves have had their entries dropped at the end of
 * their period, and no others may be missing. `next`: a key that signs from now on; whoever trusts the signer trusts it too.
 */
export type Checkpoint = { origin: string; size: number; root: Hash; at: Date; dropped: number; next?: VerifierKey };

/** Not a note, not a checkpoint, or not signed by anybody who is trusted. Never holds what was read. */
export class NoteFault extends Error {
  readonly code: "malformed" | "unsigned" | "forged";

  constructor(code: NoteFault["code"]) {
    super(code);
    this.name = "NoteFault";
    this.code = code;
  }
}
const malformed = () => new NoteFault("malformed");

const ED25519 = Buffer.of(1);
const KEY_BYTES = 32;
const ID_BYTES = 4;
const SIGNATURE_BYTES = 64;

export function verifierKey(name: string, publicKey: Buffer): VerifierKey {
  const id = createHash("sha256").update(`${name}\n`).update(ED25519).update(publicKey).digest().subarray(0, ID_BYTES);
  return { name, id, publicKey };
}

/** `name+hex of the id+base64 of the key`, one line without its end. */
export const verifierKeyText = ({ name, id, publicKey }: VerifierKey): string =>
  `${name}+${id.toString("hex")}+${Buffer.concat([ED25519, publicKey]).toString("base64")}`;

/** @throws NoteFault `malformed`, also where the id is another key's. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = "", key = ""] = /^([^\s+]+)\+[^+]*\+(.*)$/.exec(text) ?? [];
  const bytes = Buffer.from(key, "base64");
  if (bytes.length !== 1 + KEY_BYTES) throw malformed();
  const read = verifierKey(name, bytes.subarray(1));
  // Algorithm, id and the form of the base64 are right when the key is written the same way again.
  if (verifierKeyText(read) !== text) throw malformed();
  return read;
}

/** A note in its written form, signed by each signer under the same name. `text` ends with a line feed. */
export function signNote(text: string, name: string, signers: readonly NoteSigner[]): string {
  const lines = signers.map((signer) => {
    const { id } = verifierKey(name, signer.publicKey);
    const signature = signer.sign(Buffer.from(text, "utf8"));
    return `\u2014 ${name} ${Buffer.concat([id, signature]).toString("base64")}\n`;
  });
  return `${text}\n${lines.join("")}`;
}

const SIGNATURE = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})\n/;

/** All notes of a text, one after another; blank lines between them are passed over. @throws NoteFault `malformed` */
export function parseNotes(written: string): Note[] {
  const notes: Note[] = [];
  let rest = written.replace(/^\n+/, "");
  while (rest !== "") {
    const end = rest.indexOf("\n\n");
    if (end < 0) throw malformed();
    const text = rest.slice(0, end + 1);
    rest = rest.slice(end + 2);
    const signatures = [];
    for (let line = SIGNATURE.exec(rest); line; line = SIGNATURE.exec(rest)) {
      const [whole, name = "", base64 = ""] = line;
      const bytes = Buffer.from(base64, "base64");
      if (bytes.length <= ID_BYTES || bytes.toString("base64") !== base64) throw malformed();
      signatures.push({ name, id: bytes.subarray(0, ID_BYTES), signature: bytes.subarray(ID_BYTES) });
      rest = rest.slice(whole.length);
    }
    if (signatures.length === 0) throw malformed();
    notes.push({ text, signatures });
    rest = rest.replace(/^\n+/, "");
  }
  return notes;
}

/**
 * Those of the keys that have signed the note. A signature that names one of them and does not fit makes the whole note a forgery;
 * signatures of others are passed over. @throws NoteFault `forged`, and `unsigned` where none of the keys has signed.
 */
export function signersOf(note: Note, keys: readonly VerifierKey[]): VerifierKey[] {
  const found: VerifierKey[] = [];
  for (const { name, id, signature } of note.signatures) {
    const key = keys.find((one) => one.name === name && one.id.equals(id));
    if (!key) continue;
    if (!signed(note.text, signature, key)) throw new NoteFault("forged");
    found.push(key);
  }
  if (found.length === 0) throw new NoteFault("unsigned");
  return found;
}

function signed(text: string, signature: Buffer, { publicKey }: VerifierKey): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const x = publicKey.toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, Buffer.from(text, "utf8"), key, signature);
}

/** The lines of a checkpoint. The last ones are ours, as extension lines, which other readers pass over. */
export function checkpointText({ origin, size, root, at, dropped, next }: Checkpoint): string {
  const more = [`time ${at.toISOString()}`, `dropped ${dropped}`, ...(next ? [`next ${verifierKeyText(next)}`] : [])];
  return [origin, String(size), root.toString("base64"), ...more].map((line) => `${line}\n`).join("");
}

const isWhole = (number: number): boolean => Number.isSafeInteger(number) && number >= 0;

/** @throws NoteFault `malformed` */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = "", sizeText, root64 = "", time = "", drop = "", last] = text.split("\n");
  const [size, dropped] = [Number(sizeText), Number(drop.slice("dropped ".length))];
  const root = Buffer.from(root64, "base64");
  const at = new Date(time.slice("time ".length));
  const next = last?.startsWith("next ") ? parseVerifierKey(last.slice("next ".length)) : undefined;
  if (origin === "" || !isWhole(size) || root.length !== 32 || !isWhole(dropped)) throw malformed();
  if (Number.isNaN(at.getTime())) throw malformed();
  const read = { origin, size, root, at, dropped, ...(next && { next }) };
  // One text for one checkpoint: whatever is not written as we write it is not ours.
  if (checkpointText(read) !== text) throw malformed();
  return read;
}

// Checks Tietovirta's evidence log without Tietovirta. Needs Node.js 20 or newer and nothing else; reads files, opens no connection, changes nothing.
//
//   node verify.mjs FOLDER [--anchor FILE …] [--key FILE] [--extract]   an exported log: entries.jsonl, checkpoints.txt, key.txt
//   node verify.mjs --certificate FILE [--anchor FILE …] --key FILE     a certificate with its proof
//   node verify.mjs --proof FILE [--anchor FILE …] --key FILE           a proof of one entry, or that one checkpoint continues another
//
// --key     the log's key as you were given it. Without it the first key of key.txt is believed: then the log is only shown to agree with itself.
// --anchor  a checkpoint, or many, or the line of a letter, that you have kept. Without one nobody can see that an older log was put back.
// --extract entries may be withheld: the log was exported about one person.
//
// Exit code 0: everything fits. 1: it does not, and the first bad entry is named. 2: asked wrongly, or a file cannot be read.
//
// What is checked. An entry is one event as JSON with its names in order and no blanks (RFC 8785). Its hash is SHA-256(0x00, entry). Hashes are the
// leaves of a Merkle tree (RFC 6962): a node is SHA-256(0x01, left, right). A checkpoint is a signed note (c2sp.org/signed-note): the log's name, how
// many leaves, the root in base64, the time, how many of the oldest entries have been dropped at the end of their period; signed with Ed25519.
import { createHash, createPublicKey, verify as verifyEd25519 } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** The first thing that is wrong. `index`: the first entry that cannot be believed. */
class Bad extends Error {
  constructor(index, message) {
    super(message);
    this.index = index;
  }
}

class Unsigned extends Bad {}

// ---- Hashes and the tree ---------------------------------------------------------------------------------------------------------------------

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const leafHash = (text) => sha256(Buffer.of(0), Buffer.from(text, "utf8"));
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const half = (n) => Math.floor(n / 2);

/** JSON with one text for one value. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** The tree's right edge: complete subtrees from left to right. */
class Tree {
  size = 0;
  edge = [];

  add(leaf) {
    let hash = leaf;
    for (let n = this.size; n % 2 === 1; n = half(n)) hash = nodeHash(this.edge.pop(), hash);
    this.edge.push(hash);
    this.size += 1;
  }

  root() {
    if (this.edge.length === 0) return sha256();
    return this.edge.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** RFC 9162 section 2.1.3.2 */
function leadsTo(leaf, index, size, path, root) {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const neighbour of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(neighbour, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else hash = nodeHash(hash, neighbour);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hash.equals(root);
}

/** RFC 9162 section 2.1.4.2 */
function continues(first, second, path) {
  if (first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && first.root.equals(second.root);
  if (first.size === 0) return path.length === 0 && first.root.equals(sha256());
  let [at, last] = [first.size - 1, second.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  const [start, ...rest] = at === 0 ? [first.root, ...path] : path;
  if (start === undefined) return false;
  let [one, other] = [start, start];
  for (const neighbour of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [one, other] = [nodeHash(neighbour, one), nodeHash(neighbour, other)];
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else other = nodeHash(other, neighbour);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && one.equals(first.root) && other.equals(second.root);
}

// ---- Keys, notes, checkpoints, anchors -------------------------------------------------------------------------------------------------------

/** `name+hex id+base64 key`: the id is the beginning of a hash of the rest, so that a slip of the pen is seen. */
function readKey(line) {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(line.trim()) ?? [];
  const bytes = Buffer.from(base64 ?? "", "base64");
  if (bytes.length !== 33 || bytes[0] !== 1) throw new Bad(0, "the key is not written as name+id+key");
  if (sha256(`${name}\n`, bytes).subarray(0, 4).toString("hex") !== id)
    throw new Bad(0, "the key does not fit its own id");
  const key = { kty: "OKP", crv: "Ed25519", x: bytes.subarray(1).toString("base64url") };
  return { name, id, key: createPublicKey({ key, format: "jwk" }) };
}

const readKeys = (text) => text.trim().split("\n").map(readKey);

/** All notes of a text: lines, an empty line, lines of signatures. */
function readNotes(text) {
  const notes = [];
  let rest = text.replace(/^\n+/, "");
  while (rest !== "") {
    const end = rest.indexOf("\n\n");
    if (end < 0) throw new Bad(0, "a checkpoint without a signature");
    const [signed] = /^(\u2014 \S+ \S+\n)*/.exec(rest.slice(end + 2));
    notes.push({ text: rest.slice(0, end + 1), signed: signed.split("\n").filter(Boolean) });
    if (signed === "") throw new Bad(0, "a checkpoint without a signature");
    rest = rest.slice(end + 2 + signed.length).replace(/^\n+/, "");
  }
  return notes;
}

/** Throws unless one of the keys has signed the note, and no signature of theirs is false. */
function expectSigned(note, keys) {
  let known = 0;
  for (const line of note.signed) {
    const [, name, base64] = line.split(" ");
    const bytes = Buffer.from(base64, "base64");
    if (bytes.toString("base64") !== base64) throw new Bad(0, "a signature is not written as it should be");
    const signer = keys.find((one) => one.name === name && one.id === bytes.subarray(0, 4).toString("hex"));
    if (!signer) continue;
    if (!verifyEd25519(null, Buffer.from(note.text), signer.key, bytes.subarray(4)))
      throw new Bad(0, "a signature of the log's key does not fit");
    known += 1;
  }
  if (known === 0) throw new Unsigned(0, "it is not signed by a key of the log");
}

const WHOLE = /^(0|[1-9]\d{0,15})$/;

/** A signed checkpoint. A key that it names signs from now on: whoever believes this one believes that one. */
function readCheckpoint(note, keys) {
  expectSigned(note, keys);
  const [origin, size, root64, time, dropped, next, ...more] = note.text.split("\n");
  const root = Buffer.from(root64 ?? "", "base64");
  const fits =
    origin === keys[0].name &&
    WHOLE.test(size) &&
    root.length === 32 &&
    root.toString("base64") === root64 &&
    /^time \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time) &&
    /^dropped /.test(dropped) &&
    WHOLE.test(dropped.slice(8)) &&
    (next === "" ? more.length === 0 : next?.startsWith("next ") && more.length === 1 && more[0] === "");
  if (!fits) throw new Bad(0, "it is no checkpoint of this log");
  if (next !== "" && !keys.some(({ name, id }) => next.startsWith(`next ${name}+${id}+`)))
    keys.push(readKey(next.slice(5)));
  return { size: Number(size), root, time: time.slice(5), dropped: Number(dropped.slice(8)) };
}

const LINE = /^(\d{1,15}) (\d{4}-\d\d-\d\d) ([A-Z2-7-]+)$/;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The root as a letter prints it: base32 (RFC 4648) in groups. */
function readLine(line) {
  const [, size, day, groups] = LINE.exec(line);
  const bits = [...groups.replaceAll("-", "")]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const root = Buffer.from((bits.slice(0, 256).match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  if (bits.length !== 260 || !bits.endsWith("0000")) throw new Bad(0, "the line of the letter is not complete");
  return { size: Number(size), root, time: day };
}

/** Anchors of one file: signed checkpoints, or lines of a letter. */
function readAnchors(text, keys) {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (lines.length > 0 && lines.every((line) => LINE.test(line))) return lines.map(readLine);
  const found = readNotes(text).map((note) => readCheckpoint(note, keys));
  if (found.length === 0) throw new Bad(0, "an anchor file is empty");
  return found;
}

// ---- The log ---------------------------------------------------------------------------------------------------------------------------------

/**
 * `entries`: the lines of entries.jsonl; `checkpoints`, `keys`: the other two files; `anchors`: texts of files; `key`: the key that is believed.
 * Answers the counts; throws `Bad` with the lowest index at which something is wrong.
 */
export function verifyLog({ entries, checkpoints, keys, key = null, anchors = [], extract = false }) {
  const faults = [];
  const bad = (index, message) => void faults.push(new Bad(index, message));
  const trusted = readKeys(key ?? keys.split("\n")[0]);

  let [signed, dropped] = [0, 0];
  const wanted = new Map();
  const want = (what, { size, root, time }) =>
    wanted.set(size, [...(wanted.get(size) ?? []), { name: `${what} of ${time}`, root }]);
  const notes = readNotes(checkpoints);
  for (const [n, note] of notes.entries()) {
    try {
      const read = readCheckpoint(note, trusted);
      if (read.size < signed) bad(read.size, `checkpoint ${n + 1} is smaller than the one before it`);
      if (read.dropped < dropped) bad(0, `checkpoint ${n + 1} takes back that entries were dropped`);
      [signed, dropped] = [read.size, read.dropped];
      want("the checkpoint", read);
    } catch (error) {
      if (!(error instanceof Bad)) throw error;
      // Of a key before the one that was given: the checkpoints that it did sign cover the same entries.
      if (!(error instanceof Unsigned) || key === null || signed > 0)
        bad(signed, `checkpoint ${n + 1}: ${error.message}`);
    }
  }
  let known = 0;
  for (const text of anchors)
    for (const anchor of readAnchors(text, trusted)) {
      want("the anchor", anchor);
      known += 1;
    }

  const tree = new Tree();
  let [fits, withheld, named] = [0, 0, -1];
  const badEntry = (message) => {
    named = tree.size;
    bad(named, message);
  };
  const compare = () => {
    const here = wanted.get(tree.size) ?? [];
    const root = tree.root();
    for (const one of here) {
      // An entry that was named already explains why the root differs.
      if (one.root.equals(root) || named >= fits) continue;
      bad(fits, `entries ${fits} to ${tree.size - 1} are not those under ${one.name}`);
    }
    if (here.length > 0 && here.every((one) => one.root.equals(root))) fits = tree.size;
  };
  compare();
  for (const line of entries) {
    const index = tree.size;
    let entry;
    try {
      entry = JSON.parse(line);
    } catch {
      badEntry("it is no entry");
      break;
    }
    const { index: at, hash, event } = entry ?? {};
    if (at !== index || !/^[0-9a-f]{64}$/.test(hash ?? "") || event === undefined) {
      badEntry("it is not the entry that should stand here");
      break;
    }
    if (canonical({ event, hash, index }) !== line) badEntry("it is not written as an entry is");
    if (event === null) withheld += 1;
    if (event === null && index >= dropped && !extract) badEntry("it is missing, and its period was not over");
    if (event !== null && leafHash(canonical(event)).toString("hex") !== hash) badEntry("it does not fit its hash");
    tree.add(Buffer.from(hash, "hex"));
    compare();
  }
  for (const [size, list] of wanted)
    for (const { name } of size > tree.size ? list : [])
      bad(tree.size, `the log ends here, but ${name} has ${size} entries`);
  if (tree.size > signed) bad(signed, "no checkpoint has signed it");
  faults.sort((a, b) => a.index - b.index);
  if (faults.length > 0) throw faults[0];
  return { entries: tree.size, withheld, checkpoints: notes.length, anchors: known };
}

// ---- Proofs and certificates -----------------------------------------------------------------------------------------------------------------

const pathOf = (hashes) =>
  hashes.map((hex) => {
    if (!/^[0-9a-f]{64}$/.test(hex)) throw new Bad(0, "the proof's path is no list of hashes");
    return Buffer.from(hex, "hex");
  });

function oneCheckpoint(text, trusted) {
  const notes = readNotes(text);
  if (notes.length !== 1) throw new Bad(0, "there is not one checkpoint");
  return readCheckpoint(notes[0], trusted);
}

/** An anchor of the same size must have the same root. Others say nothing of this proof: a consistency proof or the whole log does. */
function compareAnchors(anchors, checkpoint, trusted) {
  const here = anchors.flatMap((text) => readAnchors(text, trusted)).filter(({ size }) => size === checkpoint.size);
  if (here.some(({ root }) => !root.equals(checkpoint.root)))
    throw new Bad(0, `the checkpoint is not the anchor's: another log of ${checkpoint.size} entries was shown there`);
  return here.length;
}

/** `proof`: as the log's API and `tietovirta log` give it. Answers a sentence; throws `Bad`. */
export function verifyProof(proof, { key, anchors = [] }) {
  const trusted = readKeys(key);
  if (proof.kind === "consistency") {
    const [from, to] = [oneCheckpoint(proof.from, trusted), oneCheckpoint(proof.to, trusted)];
    if (!continues(from, to, pathOf(proof.path)))
      throw new Bad(from.size, "the later checkpoint does not continue the earlier");
    const known = compareAnchors(anchors, to, trusted) + compareAnchors(anchors, from, trusted);
    return `the log of ${to.size} entries begins with the log of ${from.size}; anchors of these: ${known}`;
  }
  if (proof.kind !== "inclusion") throw new Bad(0, "it is no proof");
  const { index, event, hash } = proof;
  const checkpoint = oneCheckpoint(proof.checkpoint, trusted);
  if (event !== null && leafHash(canonical(event)).toString("hex") !== hash)
    throw new Bad(index, "the entry does not fit its hash");
  if (!leadsTo(Buffer.from(hash, "hex"), index, checkpoint.size, pathOf(proof.path), checkpoint.root))
    throw new Bad(index, "the proof does not lead to the checkpoint");
  const known = compareAnchors(anchors, checkpoint, trusted);
  return `entry ${index} is one of the ${checkpoint.size} under the checkpoint of ${checkpoint.time}; anchors of it: ${known}`;
}

/** A file { certificate, proof }: the proof is of an event whose `digest` is the SHA-256 of the certificate as canonical JSON. */
export function verifyCertificate({ certificate, proof }, options) {
  const digest = sha256(canonical(certificate)).toString("hex");
  if (proof?.kind !== "inclusion" || proof.event === null)
    throw new Bad(0, "the certificate has no proof yet: the log signs every five minutes, fetch it again then");
  if (proof.event.digest !== digest) throw new Bad(proof.index, "the certificate is not the one that was written down");
  return `the certificate stands in the log as it is here: ${verifyProof(proof, options)}`;
}

// ---- The command -----------------------------------------------------------------------------------------------------------------------------

function* linesOf(file) {
  const [descriptor, chunk] = [openSync(file), Buffer.alloc(1 << 20)];
  let rest = Buffer.alloc(0);
  for (let count = readSync(descriptor, chunk); count > 0; count = readSync(descriptor, chunk)) {
    const all = Buffer.concat([rest, chunk.subarray(0, count)]);
    let from = 0;
    for (let end = all.indexOf(10, from); end >= 0; end = all.indexOf(10, from)) {
      yield all.toString("utf8", from, end);
      from = end + 1;
    }
    rest = all.subarray(from);
  }
  closeSync(descriptor);
  if (rest.length > 0) yield rest.toString("utf8");
}

const USAGE = "node verify.mjs FOLDER | --certificate FILE | --proof FILE  [--anchor FILE …] [--key FILE] [--extract]";

function readArguments(args) {
  const asked = { anchors: [], extract: false };
  for (let n = 0; n < args.length; n++) {
    const [, name] = /^--(anchor|key|certificate|proof)$/.exec(args[n]) ?? [];
    if (name !== undefined && args[n + 1] === undefined) return null;
    if (name === "anchor") asked.anchors.push(readFileSync(args[++n], "utf8"));
    else if (name !== undefined) asked[name] = readFileSync(args[++n], "utf8");
    else if (args[n] === "--extract") asked.extract = true;
    else if (args[n].startsWith("-") || asked.folder !== undefined) return null;
    else asked.folder = args[n];
  }
  const what = [asked.folder, asked.certificate, asked.proof].filter((one) => one !== undefined);
  return what.length === 1 && (asked.folder !== undefined || asked.key !== undefined) ? asked : null;
}

function main(args) {
  const asked = readArguments(args);
  if (asked === null) {
    console.error(USAGE);
    return 2;
  }
  const { folder, anchors, extract, certificate, proof, key = null } = asked;
  try {
    if (certificate !== undefined) console.log(`ok: ${verifyCertificate(JSON.parse(certificate), { key, anchors })}`);
    else if (proof !== undefined) console.log(`ok: ${verifyProof(JSON.parse(proof), { key, anchors })}`);
    else {
      const [checkpoints, keys] = ["checkpoints.txt", "key.txt"].map((name) =>
        readFileSync(join(folder, name), "utf8"),
      );
      const entries = linesOf(join(folder, "entries.jsonl"));
      const told = verifyLog({ entries, checkpoints, keys, key, anchors, extract });
      console.log(
        `ok: ${told.entries} entries, ${told.withheld} of them without their content, ${told.checkpoints} checkpoints, ${told.anchors} anchors`,
      );
      if (key === null) console.log("note: the key is the log's own; compare it with one that you were given (--key)");
      if (told.anchors === 0)
        console.log("note: without an anchor nobody can see that an older log was put back (--anchor)");
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Bad)) {
      console.error(error.message);
      return 2;
    }
    console.log(`BAD: entry ${error.index}: ${error.message}`);
    return 1;
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename)
  process.exitCode = main(process.argv.slice(2));

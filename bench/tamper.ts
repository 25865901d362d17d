// node scripts/run.mjs bench/tamper.ts [--count 10000] [--seed 1]: changes to exported logs and to proofs, each shown to scripts/verify.mjs.
// Exit 1 where one passes, where an honest log does not, or where a rollback is seen without an anchor: then this measures nothing.
import { generateKeyPairSync, sign } from "node:crypto";
import { parseArgs } from "node:util";
import { checkpointText, type NoteSigner, signNote, verifierKey, verifierKeyText } from "../src/keys/note.ts";
import { digestHex } from "../src/keys/token.ts";
import { consistencyRanges, Frontier, type Hash, inclusionRanges, type Range } from "../src/keys/tree.ts";
import { anchorLine } from "../src/registers/evidence/log/anchors.ts";
import { canonicalJson, entryLine, type LogEvent, leafOf } from "../src/registers/evidence/log/event.ts";
import { randomFrom } from "../src/test/people.ts";
import { line } from "./figures.ts";

export const KINDS = ["flip", "delete", "insert", "swap", "cut", "replace", "forge", "rollback"] as const;
export type Kind = (typeof KINDS)[number];

export type Exported = {
  entries: readonly string[];
  checkpoints: string;
  keys: string;
  key?: string;
  anchors?: readonly string[];
  extract?: boolean;
};
/** What scripts/verify.mjs gives; each throws where something is wrong, with the `index` of the first bad entry. */
export type Verifier = {
  verifyLog(log: Exported): unknown;
  verifyProof(proof: object, options: { key: string; anchors?: readonly string[] }): unknown;
  verifyCertificate(file: object, options: { key: string; anchors?: readonly string[] }): unknown;
};
type Random = () => number;
type Signed = { size: number; root: Hash; at: Date; note: string };

/** A log as it is, with everything that can be asked of it. */
export type Model = ReturnType<typeof madeLog>;
/** `first`: where the verifier must say that it begins. */
export type Change = {
  kind: Kind;
  found: (verifier: Verifier) => { found: boolean; index: number | undefined };
  first?: number;
};

export function newSigner(): NoteSigner {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const x = publicKey.export({ format: "jwk" }).x ?? "";
  return { publicKey: Buffer.from(x, "base64url"), sign: (bytes) => sign(null, bytes, privateKey) };
}

const ORIGIN = "tietovirta/018f0000-0000-7000-8000-000000000000";
const pick = (random: Random, below: number) => Math.floor(random() * below);
const hexOf = (random: Random, length: number) => Array.from({ length }, () => pick(random, 16).toString(16)).join("");

function eventAt(n: number, random: Random): LogEvent {
  return {
    actor: `018f0000-0000-7000-8000-${hexOf(random, 12)}`,
    actorKind: "staff",
    at: `2026-11-22T10:${String(Math.floor(n / 60) % 60).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}.${hexOf(() => random() * 0.6, 6)}Z`,
    categories: ["name", "email"].slice(pick(random, 3)),
    channel: null,
    decision: random() < 0.9 ? "allowed" : "refused",
    digest: null,
    flow: null,
    id: n * 2 + 1,
    place: "roles.sales.may[0]",
    purpose: "customerCare",
    reason: null,
    register: "customers",
    requestId: `018f0000-0000-7000-8000-${hexOf(random, 12)}`,
    right: null,
    roles: ["sales"],
    sealedWhy: random() < 0.1 ? hexOf(random, 80) : null,
    subjects: [`018f0000-0000-7000-8000-${hexOf(random, 12)}`],
    verb: "read",
    version: "1",
  };
}

/** `size` entries, a checkpoint every `every`; the key is changed on the way. */
export function madeLog({
  size,
  every,
  random,
  origin = ORIGIN,
}: {
  size: number;
  every: number;
  random: Random;
  origin?: string;
}) {
  const signers = [newSigner()];
  const [first] = signers;
  if (!first) throw new Error("nobody signs");
  const events = Array.from({ length: size }, (_, n) => eventAt(n, random));
  const certificate = { what: "erasure", keys: [hexOf(random, 32)], on: "2026-11-22" };
  const certified = Math.floor(size / 2);
  const at = events[certified];
  if (at) events[certified] = { ...at, digest: digestHex(canonicalJson(certificate)) };
  const leaves = events.map(leafOf);
  const checkpoints: Signed[] = [];
  const tree = new Frontier();
  const put = () => {
    const at = new Date(Date.UTC(2026, 10, 22, 12, 0, checkpoints.length));
    const newest = signers.at(-1) ?? first;
    const next = signers.length > 1 ? { next: verifierKey(origin, newest.publicKey) } : {};
    const text = checkpointText({ origin, size: tree.size, root: tree.root(), at, dropped: 0, ...next });
    checkpoints.push({ size: tree.size, root: tree.root(), at, note: signNote(text, origin, signers) });
    if (signers.length > 1) signers.shift();
  };
  for (const [n, leaf] of leaves.entries()) {
    tree.grow(leaf);
    if (n + 1 === Math.floor(size / 3)) signers.push(newSigner());
    if ((n + 1) % every === 0 || n + 1 === size) put();
  }
  const hashOf = ({ start, end }: Range) => {
    const part = new Frontier();
    for (const leaf of leaves.slice(start, end)) part.grow(leaf);
    return part.root().toString("hex");
  };
  const last = checkpoints.at(-1);
  if (!last) throw new Error("no checkpoint");
  const inclusion = (index: number, under = last) => ({
    kind: "inclusion",
    index,
    event: events[index] ?? null,
    hash: leaves[index]?.toString("hex") ?? "",
    path: inclusionRanges(index, under.size).map(hashOf),
    checkpoint: under.note,
  });
  const consistency = (from: Signed, to = last) => ({
    kind: "consistency",
    from: from.note,
    to: to.note,
    path: consistencyRanges(from.size, to.size).map(hashOf),
  });
  const lines = events.map((event, index) => entryLine({ index, event, hash: leaves[index]?.toString("hex") ?? "" }));
  const key = verifierKeyText(verifierKey(origin, first.publicKey));
  const exported: Exported = {
    entries: lines,
    checkpoints: checkpoints.map(({ note }) => note).join("\n"),
    keys: `${key}\n`,
  };
  return { origin, events, exported, key, checkpoints, inclusion, consistency, certificate, certified, signers };
}

const notesOf = (checkpoints: readonly Signed[]) => checkpoints.map(({ note }) => note).join("\n");

/** The entry changed and every root made to fit, under the signatures that are there. */
function resealed({ exported, events, checkpoints }: Model, at: number, event: LogEvent): Partial<Exported> {
  const changed = events.with(at, event);
  const notes = checkpoints.map(({ size, root, note }) => {
    const tree = new Frontier();
    for (const one of changed.slice(0, size)) tree.grow(leafOf(one));
    return note.replace(root.toString("base64"), tree.root().toString("base64"));
  });
  return { entries: exported.entries.with(at, lineOf(event, at)), checkpoints: notes.join("\n"), anchors: [] };
}

/** The entry at its index, its hash made to fit. */
const lineOf = (event: LogEvent, index: number) => entryLine({ index, event, hash: leafOf(event).toString("hex") });
const eventsOf = (events: readonly LogEvent[]): string[] => events.map(lineOf);

const asked = (work: () => unknown): { found: boolean; index: number | undefined } => {
  try {
    work();
    return { found: false, index: undefined };
  } catch (error) {
    const index =
      error instanceof Error && "index" in error && typeof error.index === "number" ? error.index : undefined;
    // A verifier that stumbles has found nothing: only what it says itself counts.
    return { found: index !== undefined, index };
  }
};

/** One change of the kind; `turn` chooses among forgeries. The log's own anchors are a letter's line of the last checkpoint, or the checkpoint itself. */
export function change(kind: Kind, model: Model, random: Random, turn: number): Change {
  const { exported, events, checkpoints } = model;
  const size = events.length;
  const at = pick(random, size);
  const last = checkpoints.at(-1);
  const anchors = last ? [random() < 0.5 ? `${anchorLine(last)}\n` : last.note] : [];
  const log = (more: Partial<Exported>, first?: number): Change => ({
    kind,
    found: (verifier) => asked(() => verifier.verifyLog({ ...exported, anchors, ...more })),
    ...(first === undefined ? {} : { first }),
  });
  const entries = [...exported.entries];
  switch (kind) {
    case "flip": {
      const bytes = Buffer.from(entries[at] ?? "");
      const bit = pick(random, bytes.length * 7);
      const place = Math.floor(bit / 7);
      // The highest bit would make it no text at all; a line feed would make two lines of it.
      const changed = (bytes[place] ?? 0) ^ (1 << (bit % 7));
      bytes[place] = changed === 10 ? 11 : changed;
      entries[at] = bytes.toString("utf8");
      return log({ entries }, at);
    }
    case "delete": {
      const left = events.toSpliced(at, 1);
      // With the indexes after it made to fit, or as it is.
      return random() < 0.5 ? log({ entries: eventsOf(left) }) : log({ entries: entries.toSpliced(at, 1) }, at);
    }
    case "insert": {
      const more = { ...eventAt(size, random), actor: "nobody" };
      // Also after all that is there, where nothing is signed.
      const place = random() < 0.2 ? size : at;
      return random() < 0.5
        ? log({ entries: eventsOf(events.toSpliced(place, 0, more)) })
        : log({ entries: entries.toSpliced(place, 0, lineOf(more, place)) });
    }
    case "swap": {
      if (random() < 0.1) {
        const where = pick(random, checkpoints.length - 1);
        const [one, two] = [checkpoints[where], checkpoints[where + 1]];
        if (!one || !two) throw new Error("too few checkpoints");
        return log({ checkpoints: notesOf(checkpoints.with(where, two).with(where + 1, one)) });
      }
      const other = (at + 1 + pick(random, size - 1)) % size;
      const [one, two] = [events[at], events[other]];
      if (!one || !two) throw new Error("nothing to swap");
      const swapped = events.with(at, two).with(other, one);
      const [left, right] = [entries[at] ?? "", entries[other] ?? ""];
      return random() < 0.5
        ? log({ entries: eventsOf(swapped) })
        : log({ entries: entries.with(at, right).with(other, left) }, Math.min(at, other));
    }
    case "cut": {
      const left = pick(random, size);
      return log({ entries: entries.slice(0, left) }, left);
    }
    case "replace": {
      const event = events[at];
      if (!event) throw new Error("nothing to replace");
      const told = [
        { ...event, actor: "somebody else" },
        { ...event, subjects: [] },
        { ...event, at: `${event.at.slice(0, -2)}${event.at.endsWith("0Z") ? 1 : 0}Z` },
        { ...event, decision: event.decision === "allowed" ? "refused" : "allowed" },
      ][pick(random, 4)];
      if (told && random() < 0.15) return log(resealed(model, at, told));
      // A name beside the entry, or one name twice: what is read depends on who reads it.
      if (random() < 0.15) {
        const kept = entries[at] ?? "";
        const added =
          random() < 0.5
            ? kept.replace('{"event"', '{"about":"","event"')
            : kept.replace('{"actor":', '{"actor":"nobody","actor":');
        return log({ entries: entries.with(at, added) }, at);
      }
      return told && random() < 0.85
        ? log({ entries: entries.with(at, lineOf(told, at)) })
        : // Taken out with its hash left, as if its period were over.
          log(
            {
              entries: entries.with(at, canonicalJson({ event: null, hash: leafOf(event).toString("hex"), index: at })),
            },
            at,
          );
    }
    case "forge":
      return { kind, found: forgery(model, random, at, turn) };
    case "rollback": {
      const back = checkpoints[pick(random, checkpoints.length - 1)];
      if (!back) throw new Error("too few checkpoints");
      const before = checkpoints.filter(({ size: then }) => then <= back.size);
      const told = { entries: entries.slice(0, back.size), checkpoints: notesOf(before) };
      // An anchor signed by a key that the older log does not know yet is not believed, which tells nothing of where.
      return anchors[0] === last?.note ? log(told) : log(told, back.size);
    }
  }
}

/** The same rollback where nobody has kept anything. */
export function unseenRollback({ exported, checkpoints }: Model, verifier: Verifier, random: Random): boolean {
  const back = checkpoints[pick(random, checkpoints.length - 1)];
  if (!back) return false;
  const before = checkpoints.filter(({ size }) => size <= back.size);
  const entries = exported.entries.slice(0, back.size);
  const told = { ...exported, entries, checkpoints: notesOf(before) };
  return !asked(() => verifier.verifyLog(told)).found;
}

function forgery(model: Model, random: Random, at: number, turn: number): Change["found"] {
  const { key, events, checkpoints, signers, origin, certificate, certified } = model;
  const early = checkpoints.filter(({ note }) => !note.includes("\nnext ")).find(({ size }) => size > at);
  // Proofs against checkpoints of the first key: a proof is asked for with the key that was given.
  const under =
    early && checkpoints.indexOf(early) < checkpoints.findIndex(({ note }) => note.includes("\nnext "))
      ? early
      : checkpoints[0];
  if (!under) throw new Error("no checkpoint");
  const index = at % under.size;
  const proof = model.inclusion(index, under);
  const flipped = (hex: string) => {
    const bytes = Buffer.from(hex, "hex");
    const bit = pick(random, bytes.length * 8);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return bytes.toString("hex");
  };
  const somewhere = pick(random, Math.max(1, proof.path.length));
  const bent = proof.path.map((hex, n) => (n === somewhere ? flipped(hex) : hex));
  const event = { ...(events[index] ?? eventAt(0, random)), actor: "nobody" };
  const stranger = newSigner();
  const resigned = (signer: NoteSigner, size: number, root: Hash) =>
    signNote(checkpointText({ origin, size, root, at: under.at, dropped: 0 }), origin, [signer]);
  const from = checkpoints[0] ?? under;
  const to = checkpoints[1] ?? under;
  const onward = model.consistency(from, to);
  const ways: ((verifier: Verifier) => unknown)[] = [
    (verifier) => verifier.verifyProof({ ...proof, path: bent }, { key }),
    (verifier) => verifier.verifyProof({ ...proof, path: [...proof.path, flipped(proof.hash)] }, { key }),
    (verifier) => verifier.verifyProof({ ...proof, path: proof.path.slice(1) }, { key }),
    (verifier) => verifier.verifyProof({ ...proof, index: (index + 1) % under.size }, { key }),
    (verifier) => verifier.verifyProof({ ...proof, index: under.size + index }, { key }),
    (verifier) => verifier.verifyProof({ ...proof, event }, { key }),
    (verifier) => verifier.verifyProof({ ...proof, event, hash: leafOf(event).toString("hex") }, { key }),
    (verifier) => verifier.verifyProof({ ...proof, event: null, hash: flipped(proof.hash) }, { key }),
    (verifier) =>
      verifier.verifyProof(
        { ...proof, checkpoint: proof.checkpoint.replace(`\n${under.size}\n`, `\n${under.size + 1}\n`) },
        { key },
      ),
    (verifier) => verifier.verifyProof({ ...proof, checkpoint: resigned(stranger, under.size, under.root) }, { key }),
    // A whole log of somebody else's, its checkpoint true by its own key.
    (verifier) => {
      const hash = leafOf(event);
      return verifier.verifyProof(
        { ...proof, event, hash: hash.toString("hex"), path: [], index: 0, checkpoint: resigned(stranger, 1, hash) },
        { key },
      );
    },
    // Another log's checkpoint, were its key ever the same.
    (verifier) => {
      const signer = signers[0] ?? stranger;
      const ownKey = verifierKeyText(verifierKey(origin, signer.publicKey));
      const { size, root, at: then } = under;
      const text = checkpointText({ origin: `${origin}0`, size, root, at: then, dropped: 0 });
      return verifier.verifyProof({ ...proof, checkpoint: signNote(text, origin, [signer]) }, { key: ownKey });
    },
    // Signed by the log's own key, but not what was kept outside.
    (verifier) => {
      const hash = leafOf(event);
      const tree = new Frontier();
      for (let n = 0; n < under.size; n++) tree.grow(hash);
      const signer = signers[0] ?? stranger;
      const ownKey = verifierKeyText(verifierKey(origin, signer.publicKey));
      const checkpoint = resigned(signer, 1, hash);
      const anchors = [`${anchorLine({ size: 1, at: under.at, root: leafOf(events[0] ?? event) })}\n`];
      return verifier.verifyProof(
        { ...proof, event, hash: hash.toString("hex"), path: [], index: 0, checkpoint },
        { key: ownKey, anchors },
      );
    },
    (verifier) =>
      verifier.verifyProof({ ...onward, path: onward.path.map((hex, n) => (n === 0 ? flipped(hex) : hex)) }, { key }),
    (verifier) => verifier.verifyProof({ ...onward, path: onward.path.slice(0, -1) }, { key }),
    (verifier) => verifier.verifyProof({ ...onward, path: [...onward.path, flipped(proof.hash)] }, { key }),
    (verifier) => verifier.verifyProof({ ...onward, from: onward.to, to: onward.from }, { key }),
    (verifier) => {
      const root = Buffer.from(flipped(from.root.toString("hex")), "hex");
      const signer = signers[0] ?? stranger;
      const ownKey = verifierKeyText(verifierKey(origin, signer.publicKey));
      // A path that leads to the later root and not to the earlier one.
      return verifier.verifyProof(
        { ...onward, from: resigned(signer, from.size, root), to: resigned(signer, to.size, to.root) },
        { key: ownKey },
      );
    },
    (verifier) => {
      const root = Buffer.from(flipped(to.root.toString("hex")), "hex");
      const signer = signers[0] ?? stranger;
      const ownKey = verifierKeyText(verifierKey(origin, signer.publicKey));
      // And the other way round.
      return verifier.verifyProof(
        { ...onward, from: resigned(signer, from.size, from.root), to: resigned(signer, to.size, root) },
        { key: ownKey },
      );
    },
    (verifier) =>
      verifier.verifyCertificate(
        { certificate: { ...certificate, on: "2026-11-23" }, proof: certifiedBy(model) },
        keyOfLast(model),
      ),
    (verifier) =>
      verifier.verifyCertificate({ certificate, proof: { ...certifiedBy(model), event: null } }, keyOfLast(model)),
    (verifier) =>
      verifier.verifyCertificate(
        { certificate, proof: model.inclusion((certified + 1) % events.length) },
        keyOfLast(model),
      ),
  ];
  const way = ways[turn % ways.length];
  if (!way) throw new Error("no way");
  return (verifier) => asked(() => way(verifier));
}

const certifiedBy = (model: Model) => model.inclusion(model.certified);
/** The newest checkpoint is signed by the newest key. */
const keyOfLast = ({ origin, signers }: Model) => {
  const publicKey = signers.at(-1)?.publicKey ?? Buffer.alloc(32);
  return { key: verifierKeyText(verifierKey(origin, publicKey)) };
};

/** Everything that is as it should be; the names of what a verifier refuses nevertheless. */
export function honestRefused(model: Model, verifier: Verifier): string[] {
  const { exported, key, checkpoints } = model;
  const [first, second] = checkpoints;
  const last = checkpoints.at(-1);
  if (!first || !second || !last) throw new Error("too few checkpoints");
  const size = exported.entries.length;
  const withheld = exported.entries.map((text, n) =>
    n % 2 ? text : canonicalJson({ ...JSON.parse(text), event: null }),
  );
  const honest: Record<string, () => unknown> = {
    log: () => verifier.verifyLog(exported),
    "log with its key": () => verifier.verifyLog({ ...exported, key }),
    "log with the newest key": () => verifier.verifyLog({ ...exported, ...keyOfLast(model) }),
    "log with anchors": () => verifier.verifyLog({ ...exported, anchors: checkpoints.map(({ note }) => note) }),
    "log with a letter": () =>
      verifier.verifyLog({ ...exported, anchors: [`${anchorLine(last)}\n${anchorLine(first)}\n`] }),
    "log with a day's file": () => verifier.verifyLog({ ...exported, anchors: [exported.checkpoints] }),
    extract: () => verifier.verifyLog({ ...exported, entries: withheld, extract: true }),
    "first entry": () => verifier.verifyProof(model.inclusion(0, first), { key }),
    "first entry with a letter": () =>
      verifier.verifyProof(model.inclusion(0, first), { key, anchors: [`${anchorLine(first)}\n`] }),
    "last entry": () => verifier.verifyProof(model.inclusion(size - 1), keyOfLast(model)),
    consistency: () => verifier.verifyProof(model.consistency(first, second), { key }),
    "consistency with itself": () => verifier.verifyProof(model.consistency(first, first), { key }),
    certificate: () =>
      verifier.verifyCertificate({ certificate: model.certificate, proof: certifiedBy(model) }, keyOfLast(model)),
  };
  for (let n = 0; n < first.size; n++)
    honest[`entry ${n}`] = () => verifier.verifyProof(model.inclusion(n, first), { key });
  return Object.entries(honest)
    .filter(([, work]) => {
      try {
        work();
        return false;
      } catch {
        return true;
      }
    })
    .map(([name]) => name);
}

export type Told = { kind: Kind; changes: number; found: number; misplaced: number };

/** `count` changes, as many of each kind, to logs of at most `largest` entries. `untilMissed`: no further than the first thing that is wrong. */
export function tamper(
  verifier: Verifier,
  {
    count,
    seed,
    largest = 114,
    untilMissed = false,
  }: { count: number; seed: number; largest?: number; untilMissed?: boolean },
) {
  const random = randomFrom(seed);
  const told = new Map<Kind, Told>(KINDS.map((kind) => [kind, { kind, changes: 0, found: 0, misplaced: 0 }]));
  let [model, refused, unseen, rollbacks] = [madeLog({ size: largest, every: 17, random }), [] as string[], 0, 0];
  for (let n = 0; n < count; n++) {
    // Another log now and then: sizes on both sides of the powers of two, where trees have their edges.
    if (n % 200 === 0) {
      model = madeLog({ size: 24 + pick(random, largest - 23), every: 5 + pick(random, 14), random });
      refused = [...refused, ...honestRefused(model, verifier)];
    }
    const kind = KINDS[n % KINDS.length] ?? "flip";
    const made = change(kind, model, random, Math.floor(n / KINDS.length));
    const { found, index } = made.found(verifier);
    const counted = told.get(kind);
    if (!counted) continue;
    counted.changes += 1;
    if (found) counted.found += 1;
    if (found && made.first !== undefined && index !== made.first) counted.misplaced += 1;
    if (untilMissed && (counted.found < counted.changes || counted.misplaced > 0 || refused.length > 0)) break;
    if (kind !== "rollback") continue;
    rollbacks += 1;
    if (unseenRollback(model, verifier, random)) unseen += 1;
  }
  return { kinds: [...told.values()], refused, rollbacks, unseen };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { count: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
  });
  const verifier: Verifier = await import(new URL("../scripts/verify.mjs", import.meta.url).href);
  const { kinds, refused, rollbacks, unseen } = tamper(verifier, {
    count: Number(values.count),
    seed: Number(values.seed),
  });
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  for (const { kind, ...figures } of kinds) print(line(`tamper-${kind}`, figures));
  print(line("tamper-rollback-without-anchor", { changes: rollbacks, unseen }));
  print(line("tamper-honest-refused", { refused: refused.length }));
  const missed = kinds.some(({ changes, found, misplaced }) => found < changes || misplaced > 0);
  if (missed || refused.length > 0 || unseen < rollbacks) process.exitCode = 1;
}

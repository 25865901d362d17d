// One base copy, made whole or not at all: the manifest is written last, and without it nothing counts.
import type { BaseEntry, BaseFacts } from "../db/baseCopy.ts";
import { segmentsBetween } from "../db/walFile.ts";
import { type RunningDigest, runningDigest } from "../keys/running.ts";
import { filesPath, type Manifest, manifestPath, postgresOf, signManifest } from "./manifest.ts";
import { type Sealing, sealStream } from "./seal.ts";
import { makeFolders, putWhole, type Shelf } from "./shelf.ts";
import { pack } from "./tar.ts";

export type BaseSource = AsyncGenerator<BaseEntry, BaseFacts>;
export type BaseParts = {
  readonly shelf: Shelf;
  readonly source: BaseSource;
  readonly sealing: Sealing;
  /** The program's version. */
  readonly server: string;
  readonly at: Date;
};

/** Answers what stands at the target, durable. What fails leaves the copies before it as they were. */
export async function makeBase({ shelf, source, sealing, server, at }: BaseParts): Promise<Manifest> {
  await using opened = new AsyncDisposableStack();
  // Not taken to its end it still has to leave the server's backup mode.
  opened.defer(async () => void (await source.return(undefined as never).catch(() => undefined)));
  const name = await freeName(shelf, at);
  await makeFolders(shelf, `base/${name}`);
  const seen = new Seen();
  const plain = measured(pack(seen.entries(source)));
  const sealed = measured(await sealStream(plain.pieces, sealing.recipients));
  await putWhole(shelf, filesPath(name), sealed.pieces);
  const facts = seen.facts();
  const segments = segmentsBetween(facts.timeline, facts.startLsn, facts.stopLsn, facts.segmentBytes);
  const manifest: Manifest = {
    format: 1,
    installation: sealing.installation,
    name,
    server,
    schema: facts.schema,
    postgres: postgresOf(facts),
    startedAt: facts.startedAt.toISOString(),
    stoppedAt: facts.stoppedAt.toISOString(),
    wal: { first: segments[0] ?? "", last: segments.at(-1) ?? "" },
    files: seen.files,
    plain: plain.told(),
    sealed: sealed.told(),
  };
  await putWhole(shelf, manifestPath(name), signManifest(manifest, sealing.signers));
  return manifest;
}

/** `20261123T015500Z`: sorts by time. */
export const stampOf = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
export const dateOfStamp = (stamp: string): Date =>
  new Date(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

async function freeName(shelf: Shelf, at: Date): Promise<string> {
  const taken = new Set(await shelf.list("base"));
  for (let second = 0; ; second++) {
    const name = stampOf(new Date(at.getTime() + second * 1000));
    if (!taken.has(name)) return name;
  }
}

/** What passed on its way into the archive. */
class Seen {
  readonly files: Manifest["files"] = [];
  #facts: BaseFacts | undefined;

  async *entries(source: BaseSource): AsyncGenerator<BaseEntry> {
    for (;;) {
      const { done, value } = await source.next();
      if (done) {
        this.#facts = value;
        return;
      }
      if (value.folder) yield value;
      else {
        const digest = runningDigest();
        yield { ...value, pieces: digesting(value.pieces, digest) };
        this.files.push({ path: value.path, bytes: value.bytes, sha256: digest.hex() });
      }
    }
  }

  facts() {
    if (this.#facts === undefined) throw new Error("the copy ended before its source");
    return this.#facts;
  }
}

async function* digesting(pieces: AsyncIterable<Uint8Array>, digest: RunningDigest): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    digest.add(piece);
    yield piece;
  }
}

/** A stream, and when it is over its length and hash. */
export function measured(pieces: AsyncIterable<Uint8Array>) {
  const digest = runningDigest();
  let bytes = 0;
  const passing = async function* () {
    for await (const piece of pieces) {
      digest.add(piece);
      bytes += piece.length;
      yield piece;
    }
  };
  return { pieces: passing(), told: () => ({ bytes, sha256: digest.hex() }) };
}

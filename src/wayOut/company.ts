// The files of a whole company, in the order in which they are written; README first, the index that vouches for the others last.
import type { Everything } from "../gate/gate.ts";
import type { Counts } from "../gate/leaving.ts";
import { runningDigest } from "../keys/running.ts";
import { type Language, languages } from "../values/Language.ts";
import { certificates } from "./certificates.ts";
import { customers } from "./customers.ts";
import { evidence } from "./evidence.ts";
import { DOCUMENT_KINDS, type DocumentKind, firstLanguage, firstPage, firstPageName, readme } from "./firstPage.ts";
import { invoices } from "./invoices.ts";
import type { LogFile } from "./log.ts";
import { orders } from "./orders.ts";
import { bans, permissions } from "./permissions.ts";
import { requests } from "./requests.ts";
import { type OutFile, type Spools, wholeFile } from "./spool.ts";
import { staff } from "./staff.ts";
import type { About } from "./table.ts";
import { uncertain } from "./uncertain.ts";

/** What the export takes from elsewhere: printed documents, and the tamper-evident log where there is one. */
export type Sources = {
  document: (kind: DocumentKind, language: Language) => Promise<string>;
  log: (() => AsyncIterable<LogFile>) | null;
};
export type Made = { installation: string; hash: string };

export async function* companyFiles(
  all: Everything,
  spools: Spools,
  made: Made,
  { document, log }: Sources,
): AsyncGenerator<OutFile, Counts> {
  const first = firstLanguage(all);
  yield wholeFile("README.txt", readme(all));
  const versions = yield* versionFiles(all);
  const tables: About[] = [yield* customers(all, spools), ...(yield* orders(all, spools))];
  const issued = yield* invoices(all, spools, first);
  tables.push(
    issued.about,
    yield* uncertain(all, spools),
    yield* permissions(all, spools),
    yield* requests(all, spools),
    yield* staff(all, spools),
    ...(yield* evidence(all, spools)),
  );
  const certified = yield* certificates(all);
  if (log)
    for await (const { path, pieces } of log()) {
      const file = await spools.growing(path);
      for await (const piece of pieces) await file.write(piece);
      yield await file.end();
    }
  for (const kind of DOCUMENT_KINDS)
    for (const language of languages)
      yield wholeFile(`documents/${kind}.${language}.html`, await document(kind, language));
  const told = { versions, years: issued.years, certificates: certified, bans: await bans(all), log: log !== null };
  const contents = { ...made, ...told, tables };
  for (const language of languages) yield wholeFile(firstPageName(all, language), firstPage(all, contents, language));
  return { ...Object.fromEntries(tables.map(({ name, rows }) => [name, rows])), certificates: certified };
}

async function* versionFiles(
  all: Everything,
): AsyncGenerator<OutFile, { version: string; path: string; since: Date }[]> {
  const rows = await all
    .of("evidence")
    .selectFrom("description_version")
    .select(["version", "text", "in_force_at"])
    .orderBy("in_force_at")
    .execute();
  const told = [];
  for (const [n, { version, text, in_force_at }] of rows.entries()) {
    // A version is a line of the company's own; a file's name is not.
    const path = `description/${n + 1}-${version.replace(/[^A-Za-z0-9.-]+/g, "_")}.yaml`;
    yield wholeFile(path, text);
    told.push({ version, path, since: in_force_at });
  }
  return told;
}

/**
 * The same files with their index.json at the end: size and SHA-256 of each, in the order of the archive. The index grows on the disk like the
 * tables: a company has as many files as invoices.
 */
export async function* indexed(
  files: AsyncGenerator<OutFile, Counts>,
  spools: Spools,
  head: Readonly<Record<string, unknown>>,
): AsyncGenerator<OutFile, Counts> {
  const index = await spools.growing("index.json");
  const opening = JSON.stringify({ format: "tietovirta-export", formatVersion: 1, ...head }).slice(0, -1);
  await index.write(`${opening},\n"files":[`);
  for (let count = 0; ; count++) {
    const next = await files.next();
    if (next.done) {
      await index.write(`\n],\n"counts":${JSON.stringify(next.value)}}\n`);
      yield await index.end();
      return { ...next.value, files: count + 1 };
    }
    const { path, bytes, pieces } = next.value;
    const hash = runningDigest();
    yield { path, bytes, pieces: passing(pieces, hash.add) };
    const line = JSON.stringify({ path, bytes, sha256: hash.hex() });
    await index.write(`${count === 0 ? "\n" : ",\n"}${line}`);
  }
}

async function* passing(
  pieces: AsyncIterable<Uint8Array>,
  seen: (piece: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    seen(piece);
    yield piece;
  }
}

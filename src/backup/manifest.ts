// What a base copy is: every file with its hash, from where to where the log is needed, signed. A base copy without its manifest does not count.
import { z } from "zod";
import type { BaseFacts } from "../db/baseCopy.ts";
import { isSignedBy } from "../keys/running.ts";
import { Problem } from "../values/problem.ts";
import type { Signing } from "./seal.ts";
import type { Shelf } from "./shelf.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const lsn = z.string().regex(/^[0-9A-F]+\/[0-9A-F]+$/);
const segment = z.string().regex(/^[0-9A-F]{24}$/);
/** Below the cluster, never above or beside it. */
const path = z
  .string()
  .min(1)
  .refine((text) => text.split("/").every((part) => part !== "" && part !== "." && part !== ".."));

const Body = z.strictObject({
  format: z.literal(1),
  installation: z.string(),
  name: z.string(),
  /** Of this program, and the last migration that ran. */
  server: z.string(),
  schema: z.string().nullable(),
  postgres: z.strictObject({
    major: z.int(),
    system: z.string(),
    timeline: z.int(),
    startLsn: lsn,
    stopLsn: lsn,
    segmentBytes: z.int(),
  }),
  startedAt: z.iso.datetime(),
  stoppedAt: z.iso.datetime(),
  /** These are in the copy itself. */
  wal: z.strictObject({ first: segment, last: segment }),
  files: z.array(z.strictObject({ path, bytes: z.int(), sha256: hash })),
  /** Of the archive before it is closed, and of the file at the target. */
  plain: z.strictObject({ bytes: z.int(), sha256: hash }),
  sealed: z.strictObject({ bytes: z.int(), sha256: hash }),
});
const Signed = z.strictObject({
  manifest: Body,
  signatures: z.array(z.strictObject({ publicKey: z.string(), signature: z.string() })),
});

export type Manifest = z.infer<typeof Body>;

export const postgresOf = ({ major, system, timeline, startLsn, stopLsn, segmentBytes }: BaseFacts) => ({
  major,
  system,
  timeline,
  startLsn,
  stopLsn,
  segmentBytes,
});

export const manifestPath = (name: string) => `base/${name}/manifest.json`;
export const filesPath = (name: string) => `base/${name}/files.age`;

export function signManifest(manifest: Manifest, signers: readonly Signing[]): Buffer {
  const told = signedBytes(manifest);
  const signatures = signers.map((signer) => ({
    publicKey: Buffer.from(signer.publicKey).toString("base64url"),
    signature: Buffer.from(signer.sign(told)).toString("base64url"),
  }));
  return Buffer.from(`${JSON.stringify({ manifest, signatures }, null, 1)}\n`);
}

/** Names of the base copies that are whole, oldest first. */
export async function baseNames(shelf: Shelf): Promise<string[]> {
  const names: string[] = [];
  for (const name of await shelf.list("base")) if ((await shelf.bytesOf(manifestPath(name))) !== null) names.push(name);
  return names;
}

/** Throws `backupDamaged` where it cannot be read, and with `trusted`, `backupForged` where none of those keys signed it. */
export async function readManifest(
  shelf: Shelf,
  name: string,
  installation: string,
  trusted?: readonly Uint8Array[],
): Promise<Manifest> {
  const file = manifestPath(name);
  const parsed = Signed.safeParse(jsonOf((await shelf.read(file))?.toString("utf8") ?? ""));
  if (!parsed.success) throw new Problem("backupDamaged", 422, { file });
  const { manifest, signatures } = parsed.data;
  const told = signedBytes(manifest);
  const from = (text: string) => Buffer.from(text, "base64url");
  const good =
    trusted === undefined ||
    signatures.some(
      ({ publicKey, signature }) =>
        trusted.some((key) => from(publicKey).equals(key)) && isSignedBy(from(publicKey), told, from(signature)),
    );
  if (!good || manifest.name !== name || manifest.installation !== installation)
    throw new Problem("backupForged", 422, { file });
  return manifest;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members stand in the order of the schema, whoever wrote the file. */
const signedBytes = (manifest: Manifest) => Buffer.from(`tietovirta base 1\n${JSON.stringify(manifest)}`);

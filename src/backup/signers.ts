// After a change of the signing key the copies of before must still be believed: whoever held both keys says once, with both, that they are one hand.
import { z } from "zod";
import { isSignedBy } from "../keys/running.ts";
import type { Signing } from "./seal.ts";
import { makeFolders, putWhole, type Shelf } from "./shelf.ts";

const Link = z.strictObject({ keys: z.tuple([z.string(), z.string()]), signatures: z.tuple([z.string(), z.string()]) });

const folder = "signers";
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const bytes = (encoded: string) => Buffer.from(encoded, "base64url");
const statement = (installation: string, keys: readonly string[]) =>
  Buffer.from(`tietovirta signers 1\n${installation}\n${keys.join("\n")}\n`);

/** While two keys sign. Nothing where one does, or where it is written already. */
export async function linkSigners(shelf: Shelf, installation: string, signers: readonly Signing[]): Promise<void> {
  const [old, fresh] = signers.slice(-2);
  if (old === undefined || fresh === undefined) return;
  const keys = [text(old.publicKey), text(fresh.publicKey)];
  const path = `${folder}/${keys[1]}.json`;
  if ((await shelf.bytesOf(path)) !== null) return;
  const told = statement(installation, keys);
  const link = { keys, signatures: [text(old.sign(told)), text(fresh.sign(told))] };
  await makeFolders(shelf, folder);
  await putWhole(shelf, path, Buffer.from(`${JSON.stringify(link)}\n`));
}

/** The keys given, and those that are one hand with them by a chain of links. */
export async function trustedFrom(
  shelf: Shelf,
  installation: string,
  roots: readonly Uint8Array[],
): Promise<Uint8Array[]> {
  const links: string[][] = [];
  for (const name of (await shelf.list(folder)).filter((file) => file.endsWith(".json"))) {
    const link = Link.safeParse(jsonOf((await shelf.read(`${folder}/${name}`))?.toString("utf8") ?? ""));
    if (!link.success) continue;
    const { keys, signatures } = link.data;
    const told = statement(installation, keys);
    // By both: neither key can adopt the other alone.
    if (keys.every((key, n) => isSignedBy(bytes(key), told, bytes(signatures[n] ?? "")))) links.push(keys);
  }
  const trusted = new Set(roots.map(text));
  for (let before = -1; before !== trusted.size; ) {
    before = trusted.size;
    for (const keys of links) if (keys.some((key) => trusted.has(key))) for (const key of keys) trusted.add(key);
  }
  return [...trusted].map(bytes);
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

// Where the program and its data lie, and putting both aside and back: whole folders, renamed or copied at rest.
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { readSecrets } from "../db/embeddedSecrets.ts";
import { Problem } from "../values/problem.ts";
import { run } from "./steps.ts";

/** The path inside a folder; null where it is outside. */
export function inside(folder: string, path: string): string | null {
  const way = relative(resolve(folder), resolve(path));
  return way === "" || way.startsWith("..") ? null : way;
}

/** Neither data nor what is installed or built goes along with code. */
const NOT_CODE = ["node_modules", "dist", "data", "data-demo", ".git"];

/** The code of a folder copied beside: `tar` to `tar`, so that nothing of the old place stays behind in the new. */
export async function copyCode(from: string, to: string): Promise<void> {
  if (!existsSync(join(from, "src/main.ts"))) throw new Problem("updateNothing", 404, { folder: from });
  await mkdir(to, { recursive: true });
  const left = NOT_CODE.flatMap((name) => ["--exclude", `./${name}`]);
  const archive = `${to}.tar`;
  try {
    await run("tar", ["-C", from, ...left, "-cf", archive, "."]);
    await run("tar", ["-C", to, "-xf", archive]);
  } finally {
    await rm(archive, { force: true });
  }
}

export async function versionIn(folder: string): Promise<string> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => null);
  if (text === null) throw new Problem("updateNothing", 404, { folder });
  return String(JSON.parse(text).version);
}

/** What the old version wrote and the new one will change: the data folder, and the cluster where it lies elsewhere. */
export async function dataFolders(dataDir: string): Promise<string[]> {
  const secrets = await readSecrets(dataDir).catch(() => undefined);
  const home = secrets?.home;
  return home !== undefined && inside(dataDir, home) === null && existsSync(home) ? [dataDir, home] : [dataDir];
}

const aside = (folder: string): string => `${folder}.before-update`;
const failed = (folder: string): string => `${folder}.failed-update`;

/**
 * Copies at rest, owners and modes kept. It stays on this machine and goes when the update has ended: a copy of the keyring that outlived its month could
 * bring back who was erased.
 */
export async function setAside(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (existsSync(aside(folder))) throw new Problem("updateLeftover", 409, { folder: aside(folder) });
    await run("cp", ["-a", "--reflink=auto", folder, aside(folder)]);
  }
}

/** The folders as they were set aside. What is renamed away goes last, so that a crash leaves one whole copy. */
export async function restoreHere(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    if (!existsSync(aside(folder))) continue;
    await rm(failed(folder), { recursive: true, force: true });
    if (existsSync(folder)) await rename(folder, failed(folder));
    await rename(aside(folder), folder);
    await rm(failed(folder), { recursive: true, force: true });
  }
}

export async function forgetAside(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await rm(aside(folder), { recursive: true, force: true });
}

/** Whose the data is: what opens it as somebody else would leave files that the server cannot read. */
export async function ownerOf(folder: string): Promise<{ uid: number; gid: number } | undefined> {
  const { uid, gid } = await stat(folder);
  return process.getuid?.() === 0 && uid !== 0 ? { uid, gid } : undefined;
}

/** `root` becomes what stands in `from`; what was there is kept beside. Data that lies inside goes along. */
export async function switchCode(root: string, from: string, keepAt: string, within: readonly string[]): Promise<void> {
  await rm(keepAt, { recursive: true, force: true });
  await rename(root, keepAt);
  await rename(from, root);
  await carry(within, keepAt, root);
}

export async function switchBack(root: string, keptAt: string, within: readonly string[]): Promise<void> {
  if (!existsSync(keptAt)) return;
  if (existsSync(root)) await carry(within, root, keptAt);
  await rm(failed(root), { recursive: true, force: true });
  if (existsSync(root)) await rename(root, failed(root));
  await rename(keptAt, root);
  await rm(failed(root), { recursive: true, force: true });
}

async function carry(within: readonly string[], from: string, to: string): Promise<void> {
  for (const path of within) {
    if (!existsSync(join(from, path))) continue;
    await mkdir(dirname(join(to, path)), { recursive: true });
    await rename(join(from, path), join(to, path));
  }
}

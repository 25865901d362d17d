// Who runs PostgreSQL and where its files are. Both are easy until the server runs as root, or below a folder that only its owner may enter.
import { existsSync } from "node:fs";
import { chmod, chown, cp, lstat, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { newId } from "../keys/id.ts";
import { digestHex } from "../keys/token.ts";
import { Problem } from "../values/problem.ts";
import { type Binaries, restoreLinks } from "./embeddedBinaries.ts";
import { type Account, run } from "./embeddedRun.ts";

type Log = (line: string) => void;

const outside = "/var/lib/tietovirta";
const ownAccount = "tietovirta";
// 104 bytes on macOS, 108 on Linux, with the name of the socket file and its zero.
const longestSocketFolder = 80;

export async function findAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined;
  const known = (await accountNamed("postgres")) ?? (await accountNamed(ownAccount));
  if (known) return known;
  const made = await run(undefined, "/usr/sbin/useradd", [
    "--system",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    ownAccount,
  ]);
  const account = await accountNamed(ownAccount);
  if (account === undefined) throw new Problem("databaseAccount", 500, { output: oneLine(made.output) });
  return account;
}

async function accountNamed(name: string): Promise<Account> {
  const lines = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n");
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
  return uid === undefined || gid === undefined || uid === "0"
    ? undefined
    : { name, uid: Number(uid), gid: Number(gid) };
}

/** Binaries that the account can run: npm's, or a copy outside when their folder is closed to it. */
export async function reachableBinaries(binaries: Binaries, account: Account, log: Log): Promise<Binaries> {
  if (await canEnter(account, join(binaries.folder, "bin"), join(binaries.folder, "lib"))) return binaries;
  const folder = join(outside, `postgresql-${binaries.version}`, "native");
  if (!existsSync(folder)) {
    log(`The account ${account?.name} cannot enter ${binaries.folder}: copying PostgreSQL to ${folder}.`);
    await openFolder(join(folder, ".."));
    const unfinished = `${folder}.${newId()}`;
    await cp(binaries.folder, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
    await restoreLinks(folder);
  }
  return { ...binaries, folder };
}

/** Makes the folder that holds a new cluster: in the data folder, or outside when the account cannot enter there. */
export async function newHome(dataDir: string, account: Account, log: Log): Promise<string> {
  const inside = join(dataDir, "postgres");
  await closedFolder(inside, account);
  if (await canEnter(account, inside)) return inside;
  await rm(inside, { recursive: true, force: true });
  const hash = shortHash(dataDir);
  const taken = existsSync(join(outside, hash));
  const home = join(outside, taken ? `${hash}-${newId()}` : hash);
  log(`The account ${account?.name} cannot enter ${dataDir}: the database goes to ${home}.`);
  await openFolder(outside);
  await closedFolder(home, account);
  return home;
}

/** A folder for the socket that only the account can enter, with a path short enough for the kernel. */
export async function socketFolder(home: string, account: Account): Promise<string> {
  const near = join(home, "socket");
  const folder = Buffer.byteLength(near) <= longestSocketFolder ? near : `/tmp/tietovirta-${shortHash(home)}`;
  await mkdir(folder, { mode: 0o700 }).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
  const found = await lstat(folder);
  const uid = account?.uid ?? process.getuid?.();
  const ours = found.isDirectory() && (found.uid === uid || found.uid === process.getuid?.());
  // Under /tmp anybody may have made it first, to listen in our place.
  if (!ours || (found.mode & 0o077) !== 0) throw new Problem("databaseSocket", 500, { folder });
  await give(folder, account);
  return folder;
}

export async function closedFolder(folder: string, account: Account): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await give(folder, account);
}

export async function give(path: string, account: Account): Promise<void> {
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

async function openFolder(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await chmod(folder, 0o755);
}

/** Asked of the kernel, as the account itself: modes alone do not tell of access lists and mounts. */
async function canEnter(account: Account, ...folders: string[]): Promise<boolean> {
  if (account === undefined) return true;
  const script = 'for folder in "$@"; do test -x "$folder" && test -r "$folder" || exit 1; done';
  return (await run(account, "/bin/sh", ["-c", script, "sh", ...folders])).code === 0;
}

const shortHash = (text: string) => digestHex(text).slice(0, 12);

export const oneLine = (text: string) => text.trim().split("\n").at(-1)?.slice(0, 300) ?? "";

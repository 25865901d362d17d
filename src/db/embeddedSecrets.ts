// The file that says where the cluster is and how to open it. Losing it means losing the way in, so it is on disk before the cluster exists.
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { randomToken } from "../keys/token.ts";
import { Problem } from "../values/problem.ts";
import { writeWhole } from "./wholeFile.ts";

/** The superuser is for the supervisor, the owner for migrations and log retention, the app for everything else. */
export const ROLES = { superuser: "tietovirta_superuser", owner: "tietovirta_owner", app: "tietovirta_app" } as const;
export type RoleName = keyof typeof ROLES;

/** `made`: the cluster has been there whole; if it is missing now, somebody took it, and a new empty one would hide that. */
export type Secrets = {
  readonly home: string;
  readonly made: boolean;
  readonly passwords: Readonly<Record<RoleName, string>>;
};

const fileIn = (dataDir: string) => join(dataDir, "postgres.json");

export async function readSecrets(dataDir: string): Promise<Secrets | undefined> {
  const text = await readFile(fileIn(dataDir), "utf8").catch((error) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const { home, made, passwords }: Secrets = JSON.parse(text);
    // Inside the data folder it is kept relative, so that the folder can be moved.
    return { home: join(home.startsWith("/") ? "/" : dataDir, home), made, passwords };
  } catch {
    throw new Problem("databaseBroken", 500, { folder: fileIn(dataDir), output: "unreadable" });
  }
}

export function newSecrets(home: string): Secrets {
  return { home, made: false, passwords: { superuser: randomToken(), owner: randomToken(), app: randomToken() } };
}

export async function writeSecrets(dataDir: string, secrets: Secrets): Promise<Secrets> {
  const { home } = secrets;
  const kept = { ...secrets, home: home.startsWith(`${dataDir}/`) ? home.slice(dataDir.length + 1) : home };
  await writeWhole(fileIn(dataDir), `${JSON.stringify(kept, null, 2)}\n`);
  return secrets;
}

/** Only for a cluster that never came to be. */
export async function removeSecrets(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
  await rm(`${fileIn(dataDir)}.new`, { force: true });
}

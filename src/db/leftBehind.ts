// A data folder whose server is gone: what it left running is stopped, and where nobody wants it any more, all of it goes.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { clusterIn } from "./embeddedCluster.ts";
import { findAccount, socketFolder } from "./embeddedPlace.ts";
import { readSecrets } from "./embeddedSecrets.ts";
import { lockSupervisor } from "./supervisorLock.ts";
import { stopOrphan } from "./supervisorOrphan.ts";

/** Stops the PostgreSQL that a killed server left. Throws `databaseInUse` while a server runs there. */
export async function stopLeft(dataDir: string): Promise<void> {
  await inside(dataDir, async () => undefined);
}

/** Removes the data folder with its database, which may stand elsewhere. Throws `databaseInUse` while a server runs there. */
export async function removeDataFolder(dataDir: string): Promise<void> {
  await inside(dataDir, async (places) => {
    for (const place of places) await rm(place, { recursive: true, force: true });
  });
  await rm(dataDir, { recursive: true, force: true });
}

async function inside(dataDir: string, work: (places: readonly string[]) => Promise<void>): Promise<void> {
  if (!existsSync(dataDir)) return;
  const unlock = lockSupervisor(dataDir);
  try {
    const secrets = await readSecrets(dataDir);
    if (secrets === undefined) return await work([]);
    const { home } = secrets;
    if (!existsSync(home)) return await work([]);
    const socket = await socketFolder(home, await findAccount());
    await stopOrphan(clusterIn(home), socket, () => undefined);
    await work([socket, home]);
  } finally {
    unlock();
  }
}

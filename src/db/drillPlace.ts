// The short-lived cluster of a drill: taken away with all that belongs to it, also when the process that made it died over it.
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { clusterIn } from "./embeddedCluster.ts";
import { findAccount, socketFolder } from "./embeddedPlace.ts";
import { readSecrets } from "./embeddedSecrets.ts";
import { stopOrphan } from "./supervisorOrphan.ts";

/** Idempotent; a server that still runs in it is stopped first. */
export async function discardCluster(dataDir: string): Promise<void> {
  // Unreadable: the process died while it wrote where the cluster would be, and there is none.
  const secrets = await readSecrets(dataDir).catch(() => undefined);
  if (secrets && existsSync(secrets.home)) {
    const socket = await socketFolder(secrets.home, await findAccount());
    if (existsSync(clusterIn(secrets.home))) await stopOrphan(clusterIn(secrets.home), socket, () => undefined);
    await rm(socket, { recursive: true, force: true });
    await rm(secrets.home, { recursive: true, force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
}

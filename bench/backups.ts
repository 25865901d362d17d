// The register with a place for its copies, and the commands on them as a person types them.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Whether this version has the command `tietovirta NAME`. */
export const hasCommand = (name: string): boolean =>
  existsSync(fileURLToPath(new URL(`../src/cli/${name}.ts`, import.meta.url)));

/** By the descriptions' own names of the place for copies. */
export const SYSTEMS = {
  "descriptions/walttia.yaml": "backupDisk",
  "descriptions/pyorapaja.yaml": "backupServer",
} as const;

export const backupsTo = (folder: string, system: string): Record<string, string> => ({
  BACKUP_DIR: folder,
  BACKUP_SYSTEM: system,
});

/** The owner's secret as long as the sheet has not been confirmed: 32 bytes. Throws where it has been. */
export const ownersSecret = (dataDir: string): Promise<Buffer> => readFile(join(dataDir, "keyring", "recovery.key"));

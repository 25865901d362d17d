// What a command line may ask of the server beside it. One line a command; each is a function that server and command line share.
import type { Backup } from "../backup/backup.ts";
import type { Drill } from "../backup/drill.ts";
import type { Connection, Databases } from "../db/connect.ts";
import type { InForce } from "../description/inForce.ts";
import type { Gate } from "../gate/gate.ts";
import { backupCommands } from "./backupCommands.ts";
import { drillCommands } from "./drillCommands.ts";
import { eraseCommands } from "./eraseCommands.ts";
import { examineCommands } from "./examineCommands.ts";
import { exportCommands } from "./exportCommands.ts";
import { keysCommands } from "./keysCommands.ts";
import { logCommands } from "./logCommands.ts";
import { proofCommands } from "./proofCommands.ts";
import { recoveryCommands } from "./recoveryCommands.ts";
import { staffCommands } from "./staffCommands.ts";
import { tokenCommands } from "./tokenCommands.ts";
import { versionCommands } from "./versionCommands.ts";

export type LocalContext = {
  gate: Gate;
  /** Forgets a revoked token at once; nothing to forget where no server runs. */
  forgetToken: (id: string) => void;
  /** What comes after is under this description. */
  takeForce: (force: InForce) => void;
  databases: Databases;
  /** Of the tables' owner. */
  ownerConnection: Connection;
  backup: Backup;
  drill: Drill;
};

export const localCommands = {
  ...tokenCommands,
  ...staffCommands,
  ...eraseCommands,
  ...backupCommands,
  ...drillCommands,
  ...examineCommands,
  ...exportCommands,
  ...logCommands,
  ...proofCommands,
  ...recoveryCommands,
  ...keysCommands,
  ...versionCommands,
} as const;

export type LocalName = keyof typeof localCommands;
export type LocalArgs<N extends LocalName> = Parameters<(typeof localCommands)[N]>[1];
export type LocalResult<N extends LocalName> = Awaited<ReturnType<(typeof localCommands)[N]>>;

import type { Backup, BackupDone } from "../backup/backup.ts";
import type { BackupState } from "../backup/state.ts";

type Context = { backup: Backup };

export const backupCommands = {
  /** Throws `backupNoTarget`, `backupTarget`, `backupTargetFull`, `backupFailed`. */
  "backup now": ({ backup }: Context, { to }: { to?: string }): Promise<BackupDone> => backup.copyNow(to),
  "backup state": ({ backup }: Context, _: undefined): Promise<BackupState> => backup.state(),
} as const;

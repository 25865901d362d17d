// What `doctor` asks of an open register: by the server that holds it, where one runs.
import type { Backup } from "../backup/backup.ts";
import type { BackupState } from "../backup/state.ts";
import type { Connection, Databases } from "../db/connect.ts";
import { doctorOf, type Schema } from "../db/examine.ts";
import type { Gate } from "../gate/gate.ts";

export type Examined = {
  keys: number;
  destroyed: number;
  version: string;
  schema: Schema;
  paperConfirmed: boolean;
  backup: BackupState;
};
/** `databases` and `ownerConnection` as `openRegister` answers them. */
type Context = { gate: Gate; databases: Databases; ownerConnection: Connection; backup: Backup };

export const examineCommands = {
  /** Counts and names of roles and tables; nothing of a person. Changes nothing. */
  examine: async ({ gate, databases, ownerConnection, backup }: Context, _: undefined): Promise<Examined> => {
    const { keys, destroyed } = gate.keys.state();
    const { version } = gate.inForce().description;
    const { confirmed: paperConfirmed } = gate.keys.recovery();
    const schema = await doctorOf(databases.read, ownerConnection);
    return { keys, destroyed, version, schema, paperConfirmed, backup: await backup.state() };
  },
} as const;

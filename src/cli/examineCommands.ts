// What `doctor` asks of an open register: by the server that holds it, where one runs.
import type { Backup } from "../backup/backup.ts";
import type { Drill } from "../backup/drill.ts";
import { type DrillStanding, drillStanding } from "../backup/drillStanding.ts";
import type { BackupState } from "../backup/state.ts";
import type { Connection, Databases } from "../db/connect.ts";
import { doctorOf, type Schema } from "../db/examine.ts";
import type { Gate } from "../gate/gate.ts";
import { listAnchors } from "../registers/evidence/log/anchors.ts";
import { BESIDE } from "../registers/evidence/log/lastKnown.ts";

/** Moments are ISO texts: the answer may come over a socket. */
export type Examined = {
  keys: number;
  destroyed: number;
  version: string;
  schema: Schema;
  paperConfirmed: boolean;
  backup: BackupState;
  drill: Omit<DrillStanding, "at"> & { at: string | null };
  /** When the newest anchor of the log went outside; null where none has. */
  anchoredAt: string | null;
};
/** `databases` and `ownerConnection` as `openRegister` answers them. */
type Context = { gate: Gate; databases: Databases; ownerConnection: Connection; backup: Backup; drill: Drill };

export const examineCommands = {
  /** Counts and names of roles and tables; nothing of a person. Changes nothing. */
  examine: async ({ gate, databases, ownerConnection, backup, drill }: Context, _: undefined): Promise<Examined> => {
    const { keys, destroyed } = gate.keys.state();
    const { version } = gate.inForce().description;
    const { confirmed: paperConfirmed } = gate.keys.recovery();
    const schema = await doctorOf(databases.read, ownerConnection);
    const { at, ...standing } = await drillStanding(gate, drill);
    const outside = (await listAnchors(gate)).find(({ sink }) => sink !== BESIDE);
    return {
      ...{ keys, destroyed, version, schema, paperConfirmed, backup: await backup.state() },
      drill: { ...standing, at: at?.toISOString() ?? null },
      anchoredAt: outside?.at ?? null,
    };
  },
} as const;

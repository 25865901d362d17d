// What `doctor` asks of an open register: by the server that holds it, where one runs.
import type { Connection, Databases } from "../db/connect.ts";
import { doctorOf, type Schema } from "../db/examine.ts";
import type { Gate } from "../gate/gate.ts";

export type Examined = { keys: number; destroyed: number; version: string; schema: Schema; paperConfirmed: boolean };
/** `databases` and `ownerConnection` as `openRegister` answers them. */
type Context = { gate: Gate; databases: Databases; ownerConnection: Connection };

export const examineCommands = {
  /** Counts and names of roles and tables; nothing of a person. Changes nothing. */
  examine: async ({ gate, databases, ownerConnection }: Context, _: undefined): Promise<Examined> => {
    const { keys, destroyed } = gate.keys.state();
    const { version } = gate.inForce().description;
    const { confirmed: paperConfirmed } = gate.keys.recovery();
    return { keys, destroyed, version, schema: await doctorOf(databases.read, ownerConnection), paperConfirmed };
  },
} as const;

// Which keys are in use: what the collector of keys and a restore ask. Headers of sealed values only; no value is opened and nobody is named, so that
// there is nothing to decide and nothing to write down here. Who destroys a key for it writes that down.
import { type KeyUse, keysIn, transactionsOver } from "../db/keyUse.ts";
import { type Owner, SEALED } from "./owned.ts";
import type { Room } from "./room.ts";

export type { KeyUse } from "../db/keyUse.ts";

const MOST_WAIT_MS = 300_000;

export function keyUseIn({ databases }: Room) {
  return {
    /** Every key under which a row of the register is sealed; a key that several columns use comes several times. */
    async keysInUse(register: Owner, see: (page: readonly KeyUse[]) => void): Promise<void> {
      for (const column of SEALED[register]) await keysIn(databases.read, column, see);
    },

    /** After this whatever an act under way now has sealed is in the rows. False where one of them does not end within minutes. */
    actsOver: (): Promise<boolean> => transactionsOver(databases.write, MOST_WAIT_MS),
  };
}

import { z } from "zod";
import { contract } from "../../api/contract.ts";

const moment = z.iso.datetime().nullable();
/** `dueOn`: the day by which the key should have a successor. Both are null where an older version did not write down when it was made. */
const Level = z.object({ version: z.number().int(), since: moment, dueOn: z.iso.date().nullable() });
export type Level = z.infer<typeof Level>;

/** Every level of keys: since when, how many, how much used. No key and no person. */
export const KeysState = z.object({
  installation: z.uuid(),
  /** `passphrase`: the root key opens with a passphrase only, which is asked for at every start. */
  root: z.object({ kept: z.enum(["file", "passphrase"]), since: moment }),
  /** The version of every register key too. */
  epoch: Level,
  search: Level,
  signing: Level,
  /** Two keys sign until a checkpoint that both have signed is written. */
  signersWaiting: z.boolean(),
  recovery: z.object({ confirmed: z.boolean(), since: moment }),
  registers: z.array(
    z.object({
      register: z.string(),
      keys: z.number().int(),
      subjects: z.number().int(),
      /** Keys that have a newer version; they still open what they have sealed. */
      superseded: z.number().int(),
      oldest: moment,
      /** Of the key that has sealed most. */
      mostUses: z.number().int(),
    }),
  ),
  keys: z.number().int(),
  destroyed: z.number().int(),
  /** After so many sealings a key has a successor by itself. */
  usesLimit: z.number().int(),
});
export type KeysState = z.infer<typeof KeysState>;

export const readKeys = contract({
  method: "GET",
  path: "/keys",
  summary: "The keys by level: since when, how many, how much used, and which should have a successor",
  act: { keeps: "keys", verb: "read" },
  response: KeysState,
});

/** A root key and the keys of persons are changed from the command line: the one needs the server's files, the other waits for the copies. */
export const RotatedLevel = z.enum(["epoch", "search", "signing"]);
export type RotatedLevel = z.infer<typeof RotatedLevel>;

export const rotateKeys = contract({
  method: "POST",
  path: "/keys/rotation",
  summary: "A successor to the keys of one level",
  act: { keeps: "keys", verb: "change" },
  body: z.strictObject({ level: RotatedLevel }),
  response: KeysState,
});

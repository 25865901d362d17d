import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import type { Inventory } from "../keys/inventory.ts";
import { passphraseFile } from "../keys/passphraseFile.ts";
import { type Rehearsed, rehearseLosses } from "../keys/rehearsal.ts";
import { rotateLevel } from "../server/keys/rotation.ts";
import { readSettings } from "../server/settings.ts";
import { Problem } from "../values/problem.ts";
import { renewValues } from "../versions/renewValues.ts";

type Context = { gate: Gate };

export const levels = ["root", "epoch", "search", "signing", "persons"] as const;
export type KeyLevel = (typeof levels)[number];
/** As it comes over the socket: days as ISO text. */
export type InventoryText = Told<Inventory>;
type Told<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Told<T[K]> } : T;

const leastCharacters = 16;
const atOnce = 1_000;

export const keysCommands = {
  "keys inventory": async ({ gate }: Context, _: undefined): Promise<InventoryText> =>
    JSON.parse(JSON.stringify(gate.keys.inventory())),

  /** How many persons' keys have a new version, and of how many people values were sealed anew; 0 for the other levels. */
  "keys rotate": async ({ gate }: Context, { level }: { level: KeyLevel }): Promise<Turned> => {
    await note(gate, `keys.rotate.${level}`);
    return rotate[level](gate);
  },

  /** Throws `keyring.passphraseUnset`, `keyring.passphraseMissing`, `keyring.passphraseShort`: the server must find it at its next start. */
  "keys passphrase set": async ({ gate }: Context, _: undefined): Promise<null> => {
    const name = "ROOT_PASSPHRASE_FILE";
    const ask = passphraseFile(readSettings(process.env).rootPassphraseFile);
    if (!ask) throw new Problem("keyring.passphraseUnset", 409, { name });
    const passphrase = await ask();
    if (passphrase === "") throw new Problem("keyring.passphraseMissing", 409, { name });
    if ([...passphrase].length < leastCharacters)
      throw new Problem("keyring.passphraseShort", 422, { least: leastCharacters });
    await note(gate, "keys.passphrase.set");
    await gate.keys.setPassphrase(async () => passphrase);
    return null;
  },

  "keys passphrase remove": async ({ gate }: Context, _: undefined): Promise<null> => {
    await note(gate, "keys.passphrase.remove");
    await gate.keys.removePassphrase();
    return null;
  },

  /** `secret`: of the paper, in base64, over the socket that only the server's own account opens. */
  "keys lost": async ({ gate }: Context, { secret }: { secret: string | null }): Promise<Lost> => {
    const { keys } = gate;
    const given = secret === null ? await keys.recoverySecret() : Buffer.from(secret, "base64");
    try {
      const rehearsed = await rehearseLosses(await keys.copy(), given);
      return { rehearsed, keys: keys.state().keys, confirmed: keys.recovery().confirmed };
    } finally {
      given?.fill(0);
    }
  },
} as const;

export type Lost = { rehearsed: Rehearsed[]; keys: number; confirmed: boolean };

type Turned = { persons: number; resealed: number };

const rotate: Readonly<Record<KeyLevel, (gate: Gate) => Promise<Turned>>> = {
  root: async ({ keys }) => none(keys.rotateRoot()),
  epoch: async (gate) => none(rotateLevel(gate, "epoch")),
  search: async (gate) => none(rotateLevel(gate, "search")),
  signing: async (gate) => none(rotateLevel(gate, "signing")),
  persons: async (gate) => {
    const owners = [...gate.keys.list()].filter(({ current }) => current);
    let persons = 0;
    for (let at = 0; at < owners.length; at += atOnce) {
      const { current } = await gate.keys.rotatePersons(owners.slice(at, at + atOnce));
      persons += current.length;
    }
    // Cut short, the next night goes on.
    return { persons, resealed: await renewValues(gate) };
  },
};

const none = async (work: Promise<unknown>): Promise<Turned> => {
  await work;
  return { persons: 0, resealed: 0 };
};

/** Written down before it is done: a rotation that a crash cuts short is seen too. */
function note(gate: Gate, place: string): Promise<void> {
  const operator = systemCaller("operator");
  return gate.serving(operator, { register: "evidence", verb: "change", place }, async () => undefined);
}

import type { Caller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { renewSearch } from "../../registers/customers/search/renew.ts";
import { evidenceLogOf } from "../../registers/evidence/log/evidenceLog.ts";
import type { RotatedLevel } from "./contract.ts";

const rotation: Readonly<Record<RotatedLevel, (gate: Gate) => Promise<unknown>>> = {
  epoch: ({ keys }) => keys.rotateEpoch(),
  search: renewSearch,
  // The checkpoint that both keys sign ends the rotation.
  signing: async (gate) => {
    await gate.keys.rotateSigner();
    await evidenceLogOf(gate).checkpoint();
  },
};

/** A new key of the level. Errors are those of `Keys`, and `logBroken` for the signing key. */
export const rotateLevel = (gate: Gate, level: RotatedLevel): Promise<unknown> => rotation[level](gate);

/** Written down before it is done: a rotation that a crash cuts short is seen too. */
export const noteRotation = (gate: Gate, caller: Caller, level: string): Promise<void> =>
  gate.serving(caller, { register: "evidence", verb: "change", place: `keys.rotate.${level}` }, async () => undefined);

import type { Gate } from "../../gate/gate.ts";
import { limits } from "../../keys/ring/limits.ts";
import { addDays, dayInHelsinki } from "../../values/Day.ts";
import type { KeysState } from "./contract.ts";

/** A year for keys that sign and for keys that other keys are wrapped under (NIST SP 800-57 part 1 rev. 5, section 5.3.6, table 1: one to three, about one). */
const ROTATE_AFTER_DAYS = 365;

type Made = { version: number; since: Date | null };
const iso = (date: Date | null) => date?.toISOString() ?? null;
const level = ({ version, since }: Made) => ({
  version,
  since: iso(since),
  dueOn: since && addDays(dayInHelsinki(since), ROTATE_AFTER_DAYS),
});

export function keysState({ keys }: Gate): KeysState {
  const { installation, root, epoch, search, signers, recovery, registers, keys: count, destroyed } = keys.inventory();
  // While two sign, the older one tells when a successor was due; it has one already.
  const signer = signers.at(-1);
  const paper = recovery.at(-1);
  if (!signer || !paper) throw new Error("a keyring without a signing key or a paper");
  return {
    installation,
    root: { kept: root.kept, since: iso(root.since) },
    epoch: level(epoch),
    search: level(search),
    signing: level(signer),
    signersWaiting: signers.length > 1,
    recovery: { confirmed: keys.recovery().confirmed, since: iso(paper.since) },
    registers: registers.map((line) => ({ ...line, oldest: iso(line.oldest) })),
    keys: count,
    destroyed,
    usesLimit: limits.perVersion,
  };
}

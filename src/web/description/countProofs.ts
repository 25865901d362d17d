import type { Proof } from "../../proofs/contract.ts";

/** Counted alike wherever it is told. What the description does not promise has nothing to be checked and is in no number. */
export function countProofs(items: readonly Proof[]) {
  const count = (of: Proof["state"]) => items.filter(({ state }) => state === of).length;
  const [proven, failed, notYet] = [count("proven"), count("failed"), count("notYet")];
  return { proven, failed, notYet, all: proven + failed + notYet };
}

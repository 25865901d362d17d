// The same door under another description: a new one is counted and sealed for before it is in force.
import type { InForce } from "../description/inForce.ts";
import { type Gate, openGate, PARTS } from "./gate.ts";

/** Acts through it are decided by `force` and written down under its version. */
export const underDescription = (gate: Gate, force: InForce): Gate =>
  openGate({ ...gate[PARTS], inForce: () => force });

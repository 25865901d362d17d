// The description as it is put in force: its text, its hash, the places of its elements.

import type { InForce } from "../../description/inForce.ts";
import { parse } from "../../description/parse.ts";
import { digestHex } from "../../keys/token.ts";

export type Candidate = { force: InForce; text: string };

/** Null where the text is no description; `parse` says why. `file` is the name without its folder. */
export function candidateOf(text: string, file: string, at: Date): Candidate | null {
  const parsed = parse(text);
  if (!parsed.description) return null;
  const { description, placeOf } = parsed;
  return { force: { description, hash: digestHex(text), file, placeOf, inForceAt: at }, text };
}

// The only door to personal data: facts + decide + audit + seal/open + transaction -> Grant.
// A read is one statement on a read-only connection, its audit event durable before the answer leaves. Anything else is one transaction with its event.
import { actsIn } from "./acts.ts";
import { carryIn } from "./carry.ts";
import { keyUseIn } from "./keyUse.ts";
import { leavingIn } from "./leaving.ts";
import { requestsIn } from "./requests.ts";
import { rightIn } from "./right.ts";
import { type GateParts, openRoom } from "./room.ts";
import { systemIn } from "./system.ts";

export type { Ask } from "./acts.ts";
export type { Grant } from "./grant.ts";
export type { KeyUse } from "./keyUse.ts";
export type { Counts, Everything } from "./leaving.ts";
export type { Steps } from "./right.ts";
export type { GateParts } from "./room.ts";
export type { WritingGrant } from "./writingGrant.ts";

export type Gate = ReturnType<typeof openGate>;
/** Out of reach of whoever holds a gate: the databases behind it are not for asking past it. */
export const PARTS = Symbol("parts of the gate");

export function openGate(parts: GateParts) {
  const room = openRoom(parts);
  const { refuse, noteRefusal, inForce, clock, keys } = room;
  return {
    ...actsIn(room),
    ...carryIn(room),
    ...rightIn(room),
    ...requestsIn(room),
    ...systemIn(room),
    ...leavingIn(room),
    ...keyUseIn(room),
    refuse,
    noteRefusal,
    inForce,
    clock,
    keys,
    /** For a rehearsal only (gate/rehearse.ts). */
    [PARTS]: parts,
  };
}

import type { Actor } from "../policy/decide.ts";
import { newId } from "../values/Uuid.ts";

/** Who calls, for which purpose, and under which request; made once a request. */
export type Caller = {
  actor: Actor;
  /** The purpose asked for (header `Tietovirta-Purpose`); absent: the first that the actor holds. */
  purpose?: string | undefined;
  requestId: string;
  /** A person's own session: when they last proved who they are. Absent for programs. */
  session?: { id: string; provedAt: Date } | undefined;
  /** An idempotency key: keyed hashes of the key and of what was asked. */
  once?: { key: Buffer; body: Buffer; status: number } | undefined;
};

/** The program itself; `name` tells in the log which part of it acts. */
export const systemCaller = (name: string): Caller => ({
  actor: { kind: "system", id: `system:${name}` },
  requestId: newId(),
});

// Where a request is on its way, and what may be done to it there. The state is never written down: it follows from who did what and when.

import type { RequestedRight } from "../../description/terms.ts";
import type { Day } from "../../values/Day.ts";
import { Problem } from "../../values/problem.ts";
import { REFUSAL_GROUNDS, type RefusalGround, type RequestOutcome, type RequestState } from "./contract.ts";

export type Move = "askIdentity" | "identify" | "extend" | "task" | "answer" | "close";

/** Every state a move may begin in. What is not here is refused. */
export const MOVES: Readonly<Record<Move, readonly RequestState[]>> = {
  askIdentity: ["received"],
  identify: ["received", "identityAsked"],
  extend: ["received", "identityAsked", "identified"],
  task: ["identified"],
  answer: ["received", "identityAsked", "identified"],
  close: ["answered"],
};

export type Stands = {
  identity_asked_at: Date | null;
  identified_at: Date | null;
  outcome: string | null;
  closed_at: Date | null;
};

export function stateOf({ identity_asked_at, identified_at, outcome, closed_at }: Stands): RequestState {
  if (closed_at !== null) return "closed";
  if (outcome !== null) return "answered";
  if (identified_at !== null) return "identified";
  return identity_asked_at === null ? "received" : "identityAsked";
}

/** @throws Problem `requestNotNow` (409) */
export function expectMove(state: RequestState, move: Move): void {
  if (!MOVES[move].includes(state)) throw new Problem("requestNotNow", 409, { state, move });
}

export type Answering = {
  right: RequestedRight;
  state: RequestState;
  inRegister: boolean;
  packaged: boolean;
  erased: boolean;
  tasksOpen: number;
  receivedOn: Day;
  today: Day;
};
export type Answer = {
  outcome: RequestOutcome;
  ground?: RefusalGround | undefined;
  complaintTold: boolean;
  answeredOn: Day;
};

/**
 * Whether the request may be answered so. What is given, in full or in part, goes to somebody whose identity is certain, after everything that holds their data has
 * been looked through; what is refused has a ground and a way to complain (GDPR Art. 12(4)).
 * @throws Problem with the reason (409 or 422)
 */
export function expectAnswer(at: Answering, { outcome, ground, complaintTold, answeredOn }: Answer): void {
  expectMove(at.state, "answer");
  if (answeredOn > at.today || answeredOn < at.receivedOn) throw new Problem("requestAnswerDay", 422);
  const refuses = outcome === "refused" || outcome === "partly";
  if (refuses && ground === undefined) throw new Problem("requestGroundMissing", 422);
  if (refuses && ground !== undefined && !REFUSAL_GROUNDS[at.right].includes(ground))
    throw new Problem("requestGroundUnfit", 422);
  if (refuses && !complaintTold) throw new Problem("requestComplaintUntold", 422);
  if (!refuses && ground !== undefined) throw new Problem("requestGroundIdle", 422);
  if (outcome === "refused" || outcome === "withdrawn") return;
  if (at.state !== "identified") throw new Problem("requestIdentityMissing", 409);
  const collects = at.right === "access" || at.right === "portability";
  if (at.inRegister && collects && !at.packaged) throw new Problem("requestPackageMissing", 409);
  if (at.inRegister && at.right === "erasure" && !at.erased) throw new Problem("requestErasureMissing", 409);
  if (at.tasksOpen > 0) throw new Problem("requestTasksOpen", 409, { count: at.tasksOpen });
}

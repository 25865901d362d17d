import type { ProblemError } from "../../api/call.ts";
import { WhyAnswer } from "./WhyAnswer.tsx";

/** Of a refusal that the server told: the sentence stands above it. */
export function RefusalAnswer({ problem: { why, place } }: { problem: ProblemError }) {
  if (!why) return null;
  const { at, ...told } = why;
  // The path stands after the line in the answer too.
  return <WhyAnswer {...told} place={why.decider === "safetyLimit" ? undefined : place} at={at?.split(" ")[0]} />;
}

// Certificates come by themselves: soon after the last key has gone, and proven when the log has signed them.
import type { Gate } from "../../gate/gate.ts";
import { type CopiesAfter, certifyErasures } from "./issue.ts";

const EVERY_MS = 60_000;

/** Answers how to stop; what is under way is finished first. `tell` hears when it begins to fail and when it is mended. */
export function keepCertifying(
  gate: Gate,
  copiesAfter: CopiesAfter,
  tell: (line: string) => void,
  everyMs = EVERY_MS,
): () => Promise<void> {
  let failing = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    const fails = await certifyErasures(gate, copiesAfter).then(
      () => false,
      () => true,
    );
    if (fails !== failing)
      tell(
        fails
          ? "Certificates of erasures could not be made; trying again."
          : "Certificates of erasures are made again.",
      );
    failing = fails;
    running = undefined;
  };
  const timer = setInterval(() => {
    running ??= run();
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

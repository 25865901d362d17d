// Carrying copies away while the server runs.
import { COPY_LAST_MS } from "../values/safety.ts";
import type { Backup } from "./backup.ts";
import { within } from "./patience.ts";

const TICK_MS = 5_000;
const BASE_TRY_MS = 3600_000;

/**
 * The log and the keyring every few seconds; a base copy at once where there is none, or none since a gap or a night that the machine slept through.
 * `tell` gets a line when it begins to fail and when it is mended. Answers how to stop; what is under way is finished first, unless the target hangs.
 */
export function keepCopying(backup: Backup, tell: (line: string) => void, everyMs = TICK_MS): () => Promise<void> {
  if (backup.target === null) return async () => {};
  let well = true;
  let triedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;
  let first = true;
  const run = async () => {
    if (first) await backup.remember().catch(() => undefined);
    first = false;
    const now = await backup.carryAway();
    if (now !== well)
      tell(now ? "Copies go out again." : "Copies cannot be carried away; trying again. See npx tietovirta doctor.");
    well = now;
    if (!now || performance.now() - triedAt < BASE_TRY_MS || !(await backup.baseIsDue())) return;
    triedAt = performance.now();
    await backup.copyNow().catch(() => tell("A base copy failed; trying again in an hour."));
  };
  const turn = () => {
    running ??= run()
      .catch(() => undefined)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(turn, everyMs);
  timer.unref();
  turn();
  return async () => {
    clearInterval(timer);
    if (running) await within(COPY_LAST_MS, running);
    await backup.finish().catch(() => undefined);
  };
}

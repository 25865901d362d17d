// Looks every quarter of an hour at what goes wrong without anybody seeing it, and tells it (channels/notices).
import type { Notice, NoticeKind } from "../channels/notices/contract.ts";
import type { Notices } from "../channels/notices/notices.ts";

type Facts = Notice["facts"];
/** `look` answers null where all is well, facts for the sentence where not. */
export type Watch = { kind: NoticeKind; look: () => Promise<Facts | null> };

const EVERY_MS = 15 * 60_000;

/** One round: each watch is told or mended; one that cannot look says nothing and stops no other. */
export async function lookAround(notices: Notices, watches: readonly Watch[]): Promise<void> {
  for (const { kind, look } of watches) {
    const found = await look().catch(() => undefined);
    if (found === undefined) continue;
    if (found === null) await notices.mended(kind);
    else await notices.tell(kind, found);
  }
}

/** Now and then every quarter of an hour; answers how to stop. */
export function keepLooking(notices: Notices, watches: readonly Watch[], everyMs = EVERY_MS): () => Promise<void> {
  let running: Promise<void> | undefined;
  const turn = () => {
    running ??= lookAround(notices, watches).finally(() => {
      running = undefined;
    });
  };
  const timer = setInterval(turn, everyMs);
  timer.unref();
  turn();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

// The evidence log as the journal takes it.
import type { Gate } from "../../gate/gate.ts";
import { checkpointsSince } from "../../registers/evidence/log/checkpoints.ts";
import { asLog } from "../../registers/evidence/log/serving.ts";
import { eventsOf, leavesIn, position } from "../../registers/evidence/log/store.ts";
import type { JournalLog } from "./journal.ts";

const PAGE = 1000;

export const evidenceLog = (gate: Gate): JournalLog => ({
  size: async () => (await asLog(gate, "read", position)).size,
  leaves: async function* (from, to) {
    for (let start = from; start < to; start += PAGE) {
      const end = Math.min(to, start + PAGE);
      const [leaves, events] = await asLog(gate, "read", async (grant) => {
        const found = await leavesIn(grant, { start, end });
        return [
          found,
          await eventsOf(
            grant,
            found.map(({ event_id }) => event_id),
          ),
        ] as const;
      });
      for (const { index, event_id, hash } of leaves)
        yield { index, eventId: event_id, hash: hash.toString("hex"), event: events.get(event_id) ?? null };
    }
  },
  checkpoints: async function* (after) {
    for await (const { number, size, root, dropped, at, public_key, note } of checkpointsSince(gate, after))
      yield {
        ...{ number, size, root: root.toString("hex"), dropped, at: at.toISOString() },
        ...{ publicKey: public_key.toString("hex"), note },
      };
  },
});

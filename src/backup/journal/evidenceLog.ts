// The evidence log as the journal takes it.
import type { Gate } from "../../gate/gate.ts";
import { checkpointsSince } from "../../registers/evidence/log/checkpoints.ts";
import { evidenceLogOf } from "../../registers/evidence/log/evidenceLog.ts";
import type { JournalLog } from "./journal.ts";

export const evidenceLog = (gate: Gate): JournalLog => ({
  size: async () => (await evidenceLogOf(gate).head()).size,
  leaves: (from, to) => evidenceLogOf(gate).entries(from, { end: to }),
  checkpoints: async function* (after) {
    for await (const { number, size, root, dropped, at, public_key, note } of checkpointsSince(gate, after))
      yield {
        ...{ number, size, root: root.toString("hex"), dropped, at: at.toISOString() },
        ...{ publicKey: public_key.toString("hex"), note },
      };
  },
});

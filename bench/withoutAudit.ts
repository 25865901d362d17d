// For one measurement only: node --import bench/withoutAudit.ts src/main.ts serves reads whose audit events are written nowhere. The product
// has no such switch; the program is changed while it is loaded, and the start fails where the place is not found.
import { registerHooks } from "node:module";

const FILE = "/src/gate/room.ts";
const WRITTEN = "parts.audit ?? openAuditBatch(databases.audit)";

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(FILE)) return loaded;
    const parts = String(loaded.source ?? "").split(WRITTEN);
    if (parts.length !== 2) throw new Error(`${FILE} no longer opens its log where the measurement looks for it`);
    // The name is still used, so that no import goes unused; the event goes nowhere.
    return { ...loaded, source: parts.join("((_: typeof openAuditBatch) => async () => undefined)(openAuditBatch)") };
  },
});

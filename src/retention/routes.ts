import type { Serve } from "../api/serve.ts";
import type { Gate } from "../gate/gate.ts";
import * as contract from "./contract.ts";
import { previewRetention, runRetention } from "./run.ts";

export function retentionRoutes(serve: Serve, gate: Gate): void {
  serve(contract.previewRetention, () => previewRetention(gate));
  serve(contract.runRetention, async (_, { query }, { caller }) => {
    // Each erasure is the program's own act; this event says who started the run.
    await gate.serving(caller, { register: "evidence", verb: "erase", place: "retention" }, async () => undefined);
    return runRetention(gate, { confirmClock: query.confirmClock === "true" });
  });
}

import type { Serve } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import { listAuditEvents } from "./contract.ts";
import * as store from "./store.ts";

export function evidenceRoutes(serve: Serve, gate: Gate): void {
  serve(listAuditEvents, async (_, { query }, { caller }) => {
    const ask = { register: "evidence", verb: "read", place: "roles" } as const;
    return gate.serving(caller, ask, (grant) => store.listAuditEvents(grant, query));
  });
}

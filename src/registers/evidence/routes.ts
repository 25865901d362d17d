import type { Serve } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import type { Names } from "../names.ts";
import { listAuditEvents } from "./contract.ts";
import * as store from "./store.ts";

export function evidenceRoutes(serve: Serve, gate: Gate, names: Names): void {
  serve(listAuditEvents, async (_, { query }, { caller }) => {
    const ask = { register: "evidence", verb: "read", place: "roles" } as const;
    const page = await gate.serving(caller, ask, (grant) => store.listAuditEvents(grant, query));
    const known = await names(
      caller,
      page.items.map(({ actor }) => actor),
    );
    const items = page.items.map((event) => {
      const actorName = known.get(event.actor);
      return actorName === undefined ? event : { ...event, actorName };
    });
    return { ...page, items };
  });
}

import type { Serve, Visit } from "../../../api/serve.ts";
import type { Gate } from "../../../gate/gate.ts";
import { Problem } from "../../../values/problem.ts";
import type { StaffGrant } from "../store.ts";
import { addView, listViews, removeView } from "./contract.ts";
import * as store from "./store.ts";

export function viewRoutes(serve: Serve, gate: Gate): void {
  const own = <T>({ caller, signedIn }: Visit, work: (grant: StaffGrant) => Promise<T>): Promise<T> => {
    if (!signedIn || caller.actor.kind !== "staff") throw new Problem("notSignedIn", 401);
    const { id: subject } = caller.actor;
    // What one looks at and how is nobody's to follow: it is not in the log.
    const ask = { register: "staff", verb: "change", subject, place: "staff", silent: true } as const;
    return gate.serving(caller, ask, work);
  };
  serve(listViews, (_, __, visit) =>
    own(visit, async (grant) => ({
      items: (await store.viewsOf(grant)).map(({ createdAt: _at, ...view }) => view),
    })),
  );
  serve(addView, (_, { body }, visit) => own(visit, (grant) => store.addView(grant, body)));
  serve(removeView, (_, { params }, visit) => own(visit, (grant) => store.removeView(grant, params.id)));
}

import type { Serve } from "../../../api/serve.ts";
import type { Gate } from "../../../gate/gate.ts";
import { themselves } from "../../../registers/staff/signIn/routes.ts";
import { readNews, seeNews } from "./contract.ts";
import { newsOf, seen } from "./news.ts";

export function newsRoutes(serve: Serve, gate: Gate): void {
  serve(readNews, (_, __, visit) => newsOf(gate, visit.caller, themselves(visit).subject));
  serve(seeNews, async (_, __, visit) => {
    await seen(gate, visit.caller, themselves(visit).subject);
    return { seen: true as const };
  });
}

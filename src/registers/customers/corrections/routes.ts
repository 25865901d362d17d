import type { Serve } from "../../../api/serve.ts";
import type { Gate } from "../../../gate/gate.ts";
import { sourceOfKind } from "../../../policy/decide.ts";
import { nameOrderOf } from "../search/byName.ts";
import * as contract from "./contract.ts";
import { accept, MOST_SHOWN, refuse, waitingCorrections } from "./store.ts";

export function correctionRoutes(serve: Serve, gate: Gate): void {
  const source = () => sourceOfKind(gate.inForce().description, "ownCard") ?? "ownCard";
  serve(contract.listCorrections, async (grant) => {
    const items = await waitingCorrections(grant);
    return { items: items.slice(0, MOST_SHOWN), more: items.length > MOST_SHOWN };
  });
  serve(contract.readCorrections, async (grant) => ({ items: await waitingCorrections(grant) }));
  serve(
    contract.acceptCorrection,
    async (grant, { params, body }) => {
      await accept(grant, { id: params.correction, category: body.category, source: source() });
      return { id: params.correction };
    },
    {
      asks: ({ category }) => ({ categories: [category], source: source() }),
      told: async (answer, { params }) => {
        nameOrderOf(gate).changed(params.id);
        return answer;
      },
    },
  );
  serve(
    contract.refuseCorrection,
    async (grant, { params, body }) => {
      await refuse(grant, { id: params.correction, ...body });
      return { id: params.correction };
    },
    { asks: ({ category }) => ({ categories: [category] }) },
  );
}

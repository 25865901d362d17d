// What moves: only declared flows, by those they name, and high-risk data never by an open channel.
import type { Description, FlowOf } from "../../description/schema.ts";
import { decideFlow } from "../../policy/decide.ts";
import { expect, NothingToProve, type Probe, refusalOf } from "../scene.ts";

export const declaredFlows: Probe = async ({ description, roles, as, stage, person }) => {
  const flows = Object.entries(description.flows).filter(([, { from }]) => "register" in from);
  let refused = 0;
  for (const [id, flow] of flows) {
    for (const role of [...roles, "nobody"]) {
      const { outcome } = decideFlow(description, id, { actor: as(role).actor });
      expect(flow.by.includes(role) || outcome === "refused", `${role} may carry ${id} although it is not named`);
      if (outcome === "refused") refused++;
    }
    const more = Object.keys(description.categories).find((category) => !flow.categories.includes(category));
    const carrier = flow.by[0];
    if (more === undefined || carrier === undefined) continue;
    const { outcome } = decideFlow(description, id, { actor: as(carrier).actor, categories: [more] });
    expect(outcome === "refused", `${id} would carry a category it does not name`);
  }
  const { id } = await person();
  const backwards = stage.gate.carry(
    as(roles[0] ?? "nobody"),
    { from: "invoices", to: "customers", subject: id },
    async () => undefined,
  );
  await refusalOf(backwards, "a flow that is not declared was carried");
  return `${flows.length} flows carry what and by whom they say; ${refused} others and an undeclared flow refused`;
};

/** The description with its flow to invoicing, or any, changed to carry a high-risk category by plain e-mail. */
function careless(description: Description): { changed: Description; flow: string; role: string } | undefined {
  const high = Object.keys(description.categories).find((id) => description.categories[id]?.risk === "high");
  const found = Object.entries(description.flows).find(([, flow]) => "register" in flow.from && flow.by.length > 0);
  if (high === undefined || !found) return undefined;
  const [flow, one] = found;
  const open: FlowOf = { ...one, channel: "email", categories: [...one.categories, high] };
  return { changed: { ...description, flows: { ...description.flows, [flow]: open } }, flow, role: one.by[0] ?? "" };
}

export const secureChannel: Probe = async ({ description, as }) => {
  const wrong = careless(description);
  if (!wrong) throw new NothingToProve("no category is of high risk, or nothing leaves a register");
  const decision = decideFlow(wrong.changed, wrong.flow, { actor: as(wrong.role).actor });
  expect(
    decision.outcome === "refused" && decision.reason === "channelRisk",
    "high-risk data would leave by plain e-mail",
  );
  const open = Object.keys(description.flows).filter((id) => description.flows[id]?.channel === "email");
  return `high-risk data by plain e-mail refused, also where a description would allow it; ${open.length} flows by e-mail carry low risk only`;
};

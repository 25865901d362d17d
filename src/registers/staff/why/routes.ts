import type { z } from "zod";
import type { Serve } from "../../../api/serve.ts";
import { UNKNOWN } from "../../../description/terms.ts";
import type { Gate } from "../../../gate/gate.ts";
import { type Actor, decideKeeping, flowBetween, registerOfKind } from "../../../policy/decide.ts";
import { closedCategories, type Question, unless, whyNot } from "../../../policy/why.ts";
import { Problem } from "../../../values/problem.ts";
import { questionOf } from "./act.ts";
import { readWhy, type WhyOf } from "./contract.ts";

export function whyRoutes(serve: Serve, gate: Gate): void {
  serve(readWhy, async (_, { query }, { signedIn, caller: { actor, purpose } }) => {
    if (!signedIn) throw new Problem("notSignedIn", 401);
    const items = query.act.split(",").map((act) => answerTo(gate, actor, act, purpose));
    const { name } = gate.inForce().description.responsiblePerson;
    return { items, responsible: name === UNKNOWN ? null : name };
  });
}

function answerTo(gate: Gate, actor: Actor, act: string, purpose: string | undefined): z.input<typeof WhyOf> {
  const { description, file, placeOf } = gate.inForce();
  const question = questionOf(act);
  const keeps = decideKeeping(description, actor, "description", "read").outcome === "allowed";
  const told = <T extends { place: string; roles: readonly string[] }>(one: T) => ({
    ...one,
    roles: [...one.roles],
    at: keeps ? `${file}:${placeOf(one.place).line}` : null,
  });
  const toldWhy = (why: NonNullable<ReturnType<typeof whyNot>>) => ({ ...told(why), purposes: [...why.purposes] });
  const why = whyNot(description, actor, question, purpose);
  return {
    act: act.trim(),
    ...named(description, question),
    why: why && toldWhy(why),
    categories:
      "category" in question && question.category !== undefined
        ? []
        : closedCategories(description, actor, question, purpose).map((one) => ({ ...one, why: toldWhy(one.why) })),
    unless: unless(description, actor, question, purpose).map(told),
  };
}

const named = (description: ReturnType<Gate["inForce"]>["description"], question: Question) => ({
  verb: "verb" in question ? question.verb : null,
  right: "right" in question ? question.right : null,
  keeps: "keeps" in question ? question.keeps : null,
  register: "register" in question ? (registerOfKind(description, question.register) ?? null) : null,
  flow: "flow" in question ? (flowBetween(description, question.flow.from, question.flow.to) ?? null) : null,
});

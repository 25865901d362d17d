// The same question to both: what `decide` answers for somebody in a known state, and what Cedar's answers add up to.
import type { Description } from "../../description/schema.ts";
import {
  type Decision,
  decide,
  decideFlow,
  decideKeeping,
  decideRight,
  holds,
  type RegisterAct,
} from "../../policy/decide.ts";
import type { Question } from "./domain.ts";
import type { Oracle, State } from "./oracle.ts";

/** "refused", or the purpose and the categories that are allowed, in order. */
export type Verdict = string;

const said = (purpose: string, categories: readonly string[]): Verdict =>
  `${purpose}: ${[...categories].sort().join(" ")}`;
const REFUSED = "refused";

/** What the program answers, once the conditions are looked up for a person in this state. */
export function programs(description: Description, question: Question): Verdict {
  switch (question.ask) {
    case "value":
      return spoken(decide(description, question.act), question.state);
    case "flow": {
      const { flow, actor, categories, state } = question;
      return spoken(decideFlow(description, flow, { actor, categories }), state);
    }
    case "right": {
      const decision = decideRight(description, question.act);
      return decision.outcome === "refused" ? REFUSED : said("right", decision.categories);
    }
    case "keeping":
      return decideKeeping(description, question.actor, question.what, question.verb).outcome === "refused"
        ? REFUSED
        : "keeps";
  }
}

const spoken = (decision: Decision, state: State): Verdict =>
  decision.outcome === "refused" || !decision.conditions.every((condition) => holds(condition, state))
    ? REFUSED
    : said(decision.purpose, decision.categories);

/** Cedar answers one category at a time: a read shows those that are allowed, anything else needs all that it names. */
export function cedars(description: Description, oracle: Oracle, question: Question): Verdict {
  switch (question.ask) {
    case "value":
      return ofValues(description, oracle, question.act, question.state);
    case "flow": {
      const { flow, actor, state } = question;
      const of = Object.hasOwn(description.flows, flow) ? description.flows[flow] : undefined;
      const categories = question.categories ?? of?.categories ?? [];
      const all = categories.length > 0 && categories.every((one) => oracle.carries(actor, flow, one, state));
      return all && of ? said(of.purpose, categories) : REFUSED;
    }
    case "right": {
      const { actor, right, register } = question.act;
      const held = Object.hasOwn(description.registers, register) ? description.registers[register]?.categories : [];
      return oracle.exercises(actor, right, register) ? said("right", held ?? []) : REFUSED;
    }
    case "keeping":
      return oracle.keeps(question.actor, question.what, question.verb) ? "keeps" : REFUSED;
  }
}

function ofValues(description: Description, oracle: Oracle, act: RegisterAct, state: State): Verdict {
  const { actor, verb, register, source, subjectKind, identityCodeGround: ground, removes } = act;
  const purpose = purposeOf(description, oracle, act);
  if (purpose === undefined) return REFUSED;
  const may = (category: string) =>
    oracle.value({
      actor,
      verb,
      register,
      category,
      purpose,
      source,
      subjectKind,
      ground,
      removing: removes?.includes(category) ?? false,
      state,
    });
  const held = Object.hasOwn(description.registers, register)
    ? (description.registers[register]?.categories ?? [])
    : [];
  const asked = act.categories ?? held;
  const allowed = asked.filter((category) => may(category));
  const whole = verb === "read" || act.categories === undefined || allowed.length === asked.length;
  return whole && allowed.length > 0 ? said(purpose, allowed) : REFUSED;
}

/** One act has one purpose: the one asked for, else the first of the description that the actor holds there and the route is for. */
function purposeOf(description: Description, oracle: Oracle, act: RegisterAct): string | undefined {
  const { actor, verb, register, source, purposeKinds } = act;
  const candidates = act.purpose === undefined ? Object.keys(description.purposes) : [act.purpose];
  return candidates.find((id) => {
    const kind = Object.hasOwn(description.purposes, id) ? description.purposes[id]?.kind : undefined;
    if (kind === undefined || (purposeKinds !== undefined && !purposeKinds.includes(kind))) return false;
    return oracle.holds(actor, verb, register, id, source);
  });
}

/** A question as one line, to find it again by. */
export function named(question: Question): string {
  const { part, ask } = question;
  const actor = ask === "value" || ask === "right" ? question.act.actor : question.actor;
  const who =
    "roles" in actor
      ? `${actor.kind} ${actor.roles.join("+")}`
      : actor.kind === "subject"
        ? `${actor.kind} by ${actor.source}`
        : actor.kind;
  if (ask === "keeping") return `${part}: ${who} ${question.verb} ${question.what}`;
  if (ask === "right") return `${part}: ${who} ${question.act.right} ${question.act.verb} ${question.act.register}`;
  if (ask === "flow")
    return `${part}: ${who} ${question.flow} [${question.categories?.join(" ") ?? "all"}] ${question.state.name}`;
  const { verb, register, purpose, categories, source, subjectKind, identityCodeGround, removes, purposeKinds } =
    question.act;
  const rest = {
    source,
    subjectKind,
    ground: identityCodeGround,
    removes: removes?.join(" "),
    kinds: purposeKinds?.join(" "),
  };
  const said = Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  return [
    `${part}: ${who} ${verb} ${register} for ${purpose ?? "any"} [${categories?.join(" ") ?? "all"}]`,
    ...said,
    question.state.name,
  ].join(" ");
}

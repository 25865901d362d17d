// Asks Cedar one question at a time: one value of one category, one purpose, one state of the person it is about.
import { preparsePolicySet, preparseSchema, statefulIsAuthorized, validate } from "@cedar-policy/cedar-wasm/nodejs";
import type { Description } from "../../description/schema.ts";
import type { Actor, Facts } from "../../policy/decide.ts";
import { type Policies, SCHEMA } from "./policies.ts";

/** Of the subject, for the purposes and registers of one description. */
export type State = Facts & { name: string };
export type ValueQuestion = {
  actor: Actor;
  verb: string;
  register: string;
  category: string;
  purpose: string;
  source?: string | undefined;
  subjectKind?: string | undefined;
  ground?: string | undefined;
  removing?: boolean;
  state: State;
};
export type Oracle = ReturnType<typeof oracleOf>;

let made = 0;

export function oracleOf(description: Description, policies: Policies) {
  const name = `description${made++}`;
  must(preparseSchema(name, SCHEMA));
  const sets = new Set<string>();
  /** Policies whose head names another action or another register cannot answer; without them a question takes a fraction of the time. */
  const setFor = (action: string, register: string): string => {
    const id = `${name} ${action} ${register}`;
    if (!sets.has(id)) must(preparsePolicySet(id, { staticPolicies: reaching(policies, action, register) }));
    sets.add(id);
    return id;
  };
  const answered = new Map<string, boolean>();
  const questions = { asked: 0 };

  const ask = (
    actor: Actor,
    action: string,
    resource: { type: string; id: string; attrs?: Record<string, string | string[]>; parent?: string },
    context: Record<string, string | boolean | string[]>,
  ): boolean => {
    const key = JSON.stringify([actor, action, resource.type, resource.id, context]);
    const before = answered.get(key);
    if (before !== undefined) return before;
    const principal = principalOf(actor);
    const answer = statefulIsAuthorized({
      principal: principal.uid,
      action: { type: "Action", id: action },
      resource: { type: resource.type, id: resource.id },
      context,
      preparsedSchemaName: name,
      validateRequest: false,
      preparsedPolicySetId: setFor(action, resource.parent ?? resource.id),
      entities: [
        principal,
        {
          uid: { type: resource.type, id: resource.id },
          attrs: resource.attrs ?? {},
          parents: resource.parent === undefined ? [] : [{ type: "Register", id: resource.parent }],
        },
      ],
    });
    if (answer.type !== "success" || answer.response.diagnostics.errors.length > 0)
      throw new Error(JSON.stringify(answer));
    const allowed = answer.response.decision === "allow";
    questions.asked++;
    answered.set(key, allowed);
    return allowed;
  };

  return {
    questions,
    value: ({
      actor,
      verb,
      register,
      category,
      purpose,
      source,
      subjectKind,
      ground,
      removing,
      state,
    }: ValueQuestion) =>
      ask(
        actor,
        verb,
        {
          type: "Value",
          id: `${register}/${category}`,
          attrs: {
            category,
            purposes: Object.hasOwn(description.categories, category)
              ? (description.categories[category]?.purposes ?? [])
              : [],
            kinds: kindsOf(description, register, category),
          },
          parent: register,
        },
        {
          purpose,
          ...(source === undefined ? {} : { source }),
          ...(subjectKind === undefined ? {} : { subjectKind }),
          ...(ground === undefined ? {} : { ground }),
          removing: removing ?? false,
          ...contextOf(state, register),
        },
      ),
    holds: (actor: Actor, verb: string, register: string, purpose: string, source?: string) =>
      ask(
        actor,
        "hold",
        { type: "Register", id: register },
        { purpose, verb, ...(source === undefined ? {} : { source }) },
      ),
    carries: (actor: Actor, flow: string, category: string, state: State) => {
      const from = Object.hasOwn(description.flows, flow) ? description.flows[flow]?.from : undefined;
      const register = from && "register" in from ? from.register : "";
      return ask(actor, "carry", { type: "Flow", id: flow }, { category, ...contextOf(state, register) });
    },
    exercises: (actor: Actor, right: string, register: string) =>
      ask(actor, "exercise", { type: "Register", id: register }, { right }),
    keeps: (actor: Actor, what: string, verb: "read" | "change") =>
      ask(actor, verb === "read" ? "inspect" : "keep", { type: "Thing", id: what }, {}),
  };
}

/** Sentences of Cedar's own validator; none where the policies fit the schema. */
export function faultsOf(policies: Policies): string[] {
  const answer = validate({
    schema: SCHEMA,
    policies: { staticPolicies: policies },
    validationSettings: { mode: "strict" },
  });
  if (answer.type === "failure") return answer.errors.map(({ message }) => message);
  return answer.validationErrors.map(({ policyId, error }) => `${policyId}: ${error.message}`);
}

function principalOf(actor: Actor) {
  const { kind } = actor;
  const type = "roles" in actor ? "Staff" : kind === "subject" ? "Person" : kind === "system" ? "Program" : "Visitor";
  return {
    uid: { type, id: actor.id },
    attrs: actor.kind === "subject" ? { source: actor.source } : {},
    parents: "roles" in actor ? actor.roles.map((id) => ({ type: "Role", id })) : [],
  };
}

/** Kinds of people and organisations of whom the register may hold the category. */
function kindsOf({ registers, subjects }: Description, register: string, category: string): string[] {
  const groups = Object.hasOwn(registers, register) ? (registers[register]?.subjects ?? []) : [];
  const kinds = groups.flatMap((id) => {
    const group = subjects[id];
    return group && (group.categories === undefined || group.categories.includes(category)) ? [group.kind] : [];
  });
  return [...new Set(kinds)];
}

/** Several restrictions leave only the purposes that each of them leaves. */
function contextOf({ restrictions, consents, objections }: State, register: string) {
  const here = restrictions.filter((one) => one.register === register);
  const [first, ...rest] = here;
  const remaining = (first?.purposes ?? []).filter((purpose) =>
    rest.every(({ purposes }) => purposes.includes(purpose)),
  );
  return { restricted: here.length > 0, remaining, consents: [...consents], objections: [...objections] };
}

function reaching(policies: Policies, action: string, register: string): Policies {
  const fits = (text: string) => {
    const [head = ""] = text.split("{");
    const named = (type: string) => [...head.matchAll(new RegExp(`${type}::"(\\w+)"`, "g"))].map(([, found]) => found);
    const actions = named("Action");
    const registers = [...named("Register"), ...named("Flow"), ...named("Thing")];
    const groups = actions.includes("use") || actions.includes("write");
    return (
      (actions.length === 0 || groups || actions.includes(action)) &&
      (registers.length === 0 || registers.includes(register))
    );
  };
  return Object.fromEntries(Object.entries(policies).filter(([, text]) => fits(text)));
}

function must(answer: { type: "success" } | { type: "failure"; errors: { message: string }[] }): void {
  if (answer.type === "failure") throw new Error(answer.errors.map(({ message }) => message).join("; "));
}

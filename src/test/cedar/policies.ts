// The description as Cedar policies, written from what its words mean to a reader and not from how `decide` asks: what a role may is a permit,
// what the law or another element takes back is a forbid. Every policy is named after the element of the description that it comes from.
import type { Description } from "../../description/schema.ts";

/** Policy text by id; the id is the place in the description, and after "!" what it takes back. */
export type Policies = Record<string, string>;

export const SCHEMA = `
entity Role;
entity Staff in [Role];
entity Person { source: String };
entity Program, Visitor;
entity Register;
entity Value in [Register] { category: String, purposes: Set<String>, kinds: Set<String> };
entity Flow;
entity Thing;
action use;
action write in [use];
type Act = {
  purpose: String, source?: String, subjectKind?: String, ground?: String, removing: Bool,
  restricted: Bool, remaining: Set<String>, consents: Set<String>, objections: Set<String>,
};
action collect, change, disclose, erase in [write] appliesTo { principal: [Staff, Person, Program, Visitor], resource: [Value], context: Act };
action read in [use] appliesTo { principal: [Staff, Person, Program, Visitor], resource: [Value], context: Act };
action carry appliesTo { principal: [Staff, Person, Program, Visitor], resource: [Flow], context: {
  category: String, restricted: Bool, remaining: Set<String>, consents: Set<String>, objections: Set<String>,
} };
action hold appliesTo { principal: [Staff, Person, Program, Visitor], resource: [Register], context: { purpose: String, verb: String, source?: String } };
action exercise appliesTo { principal: [Staff, Person, Program, Visitor], resource: [Register], context: { right: String } };
action inspect, keep appliesTo { principal: [Staff, Person, Program, Visitor], resource: [Thing] };
`;

const action = (verb: string): string => `Action::"${verb}"`;
const set = (items: readonly string[]): string => `[${items.map((item) => JSON.stringify(item)).join(", ")}]`;
const among = (items: readonly string[], what: string): string =>
  items.length === 0 ? "false" : `${set(items)}.contains(${what})`;

export function policiesOf(description: Description): Policies {
  return {
    ...ofRoles(description),
    ...ofSources(description),
    ...ofPurposes(description),
    ...ofCategories(description),
    ...ofFlows(description),
    ...ofRights(description),
  };
}

function ofRoles({ roles }: Description): Policies {
  const policies: Policies = {};
  for (const [id, { may, keeps, inspects }] of Object.entries(roles)) {
    for (const [n, { register, verbs, purposes, categories }] of may.entries()) {
      const place = `roles.${id}.may.${n}`;
      policies[place] =
        `permit (principal in Role::"${id}", action in [${verbs.map(action).join(", ")}], resource in Register::"${register}")
        when { ${among(purposes, "context.purpose")} && ${among(categories, "resource.category")} };`;
      policies[`${place}:held`] =
        `permit (principal in Role::"${id}", action == Action::"hold", resource == Register::"${register}")
        when { ${among(purposes, "context.purpose")} && ${among(verbs, "context.verb")} };`;
    }
    for (const [n, what] of keeps.entries())
      policies[`roles.${id}.keeps.${n}`] =
        `permit (principal in Role::"${id}", action in [Action::"inspect", Action::"keep"], resource == Thing::"${what}");`;
    for (const [n, what] of inspects.entries())
      policies[`roles.${id}.inspects.${n}`] =
        `permit (principal in Role::"${id}", action == Action::"inspect", resource == Thing::"${what}");`;
  }
  return policies;
}

/** A person gives what the source they came by may bring, and nobody writes down that a source brought what it may not. */
function ofSources({ sources, registers, purposes, categories }: Description): Policies {
  const policies: Policies = {
    "sources!unknown": `forbid (principal, action, resource) when { context has source } unless { ${among(Object.keys(sources), "context.source")} };`,
    "sources!other": `forbid (principal is Person, action, resource) when { context has source && context.source != principal.source };`,
  };
  for (const [id, source] of Object.entries(sources)) {
    const brings = Object.keys(categories).filter((category) => categories[category]?.givenBy.includes(id));
    const into = source.registers ?? Object.keys(registers);
    const its = source.purposes ?? Object.keys(purposes);
    const reached = into.map((register) => `resource in Register::"${register}"`).join(" || ");
    policies[`sources.${id}`] = `permit (principal is Person, action == Action::"collect", resource is Value)
      when { principal.source == "${id}" && (${reached}) && ${among(its, "context.purpose")} && ${among(brings, "resource.category")} };`;
    policies[`sources.${id}:held`] = `permit (principal is Person, action == Action::"hold", resource is Register)
      when { principal.source == "${id}" && context.verb == "collect" && (${reached}) && ${among(its, "context.purpose")} };`;
    policies[`sources.${id}!`] =
      `forbid (principal, action, resource) when { context has source && context.source == "${id}" }
      unless { (${reached}) && ${among(its, "context.purpose")} };`;
    policies[`sources.${id}!brings`] = `forbid (principal, action in Action::"write", resource is Value)
      when { context has source && context.source == "${id}" && !context.removing } unless { ${among(brings, "resource.category")} };`;
  }
  return policies;
}

/** GDPR Art. 7(3), 18 and 21. The rights themselves are never stopped by a restriction: a restricted person asks and is answered. */
function ofPurposes({ purposes }: Description): Policies {
  const those = (fits: (of: Description["purposes"][string]) => boolean): string[] =>
    Object.entries(purposes).flatMap(([id, of]) => (fits(of) ? [id] : []));
  const consented = those(({ legalBasis }) => legalBasis === "consent");
  const refusable = those(({ legalBasis }) => legalBasis === "consent" || legalBasis === "legitimateInterest");
  const requests = those(({ kind }) => kind === "rightsHandling");
  const never = (when: string) => `forbid (principal, action in Action::"use", resource is Value) when { ${when} };`;
  return {
    "purposes!restricted": never(
      `context.restricted && !context.remaining.contains(context.purpose) && !(${among(requests, "context.purpose")})`,
    ),
    "purposes!consent": never(`${among(consented, "context.purpose")} && !context.consents.contains(context.purpose)`),
    "purposes!objected": never(
      `${among(refusable, "context.purpose")} && context.objections.contains(context.purpose)`,
    ),
  };
}

/** What a category is not needed for it is not used for; a personal identity code is written down and handed on only on a ground of section 29. */
function ofCategories({ categories }: Description): Policies {
  const policies: Policies = {
    "categories!purposes": `forbid (principal, action in Action::"use", resource is Value) unless { resource.purposes.contains(context.purpose) };`,
    "subjects!categories": `forbid (principal, action in Action::"write", resource is Value)
      when { context has subjectKind && !context.removing } unless { resource.kinds.contains(context.subjectKind) };`,
  };
  for (const [id, { type, grounds = [] }] of Object.entries(categories)) {
    if (type === "personalIdentityCode")
      policies[`categories.${id}!grounds`] =
        `forbid (principal, action in Action::"write", resource is Value) when { resource.category == "${id}" && !context.removing }
        unless { context has ground && ${among(grounds, "context.ground")} };`;
  }
  return policies;
}

/** What anybody on the way may read carries nothing of high risk (GDPR Art. 32). */
const READ_BY_ANYBODY = ["email", "sms"];

function ofFlows({ flows, categories, purposes, consents }: Description): Policies {
  const policies: Policies = {};
  for (const [id, flow] of Object.entries(flows)) {
    if (!("register" in flow.from)) continue;
    const place = `flows.${id}`;
    const it = `resource == Flow::"${id}"`;
    const does = (who: string) =>
      `permit (${who}, action == Action::"carry", ${it}) when { ${among(flow.categories, "context.category")} };`;
    for (const role of flow.by) policies[`${place}.by.${role}`] = does(`principal in Role::"${role}"`);
    policies[`${place}:program`] = does("principal is Program");
    const never = (what: string, when: string) => {
      policies[`${place}!${what}`] = `forbid (principal, action == Action::"carry", ${it}) when { ${when} };`;
    };
    const secret = flow.categories.some((category) => categories[category]?.risk === "high");
    if (READ_BY_ANYBODY.includes(flow.channel) && secret) never("risk", "true");
    const purpose = purposes[flow.purpose];
    if (purpose?.kind !== "rightsHandling")
      never("restricted", `context.restricted && !context.remaining.contains("${flow.purpose}")`);
    if (purpose?.legalBasis === "consent") never("basis", `!context.consents.contains("${flow.purpose}")`);
    if (purpose?.legalBasis === "consent" || purpose?.legalBasis === "legitimateInterest")
      never("objected", `context.objections.contains("${flow.purpose}")`);
    const asked = flow.requiresConsent === undefined ? undefined : consents[flow.requiresConsent]?.purpose;
    if (asked !== undefined) never("consent", `!context.consents.contains("${asked}")`);
  }
  return policies;
}

function ofRights({ rights, roles, registers }: Description): Policies {
  const policies: Policies = {};
  const known = Object.keys(registers)
    .map((id) => `resource == Register::"${id}"`)
    .join(" || ");
  for (const right of Object.keys(rights)) {
    const does = (who: string) =>
      `permit (${who}, action == Action::"exercise", resource) when { context.right == "${right}" && (${known}) };`;
    policies[`rights.${right}`] = does("principal is Program");
    for (const [id, role] of Object.entries(roles))
      if (role.rights.some((one) => one === right))
        policies[`roles.${id}.rights.${right}`] = does(`principal in Role::"${id}"`);
  }
  return policies;
}

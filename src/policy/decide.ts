// May this act of processing happen? A pure, total question to the description: no clock, no database, no network. Default is refusal.
import type { Description, FlowOf } from "../description/schema.ts";
import {
  OPEN_CHANNELS,
  type PurposeKind,
  type RegisterKind,
  RequestedRight,
  type RightKind,
  type SourceKind,
  type Verb,
} from "../description/terms.ts";

/** Who acts. `subject` is the person the data is about; `system` is the program itself, carrying out retention and flows; a `visitor` may nothing. */
export type Actor =
  | { kind: "staff" | "token"; id: string; roles: readonly string[] }
  | { kind: "subject"; id: string; source: string }
  | { kind: "system" | "visitor"; id: string };

type Asked = {
  actor: Actor;
  /** The id of one of the description's purposes; absent: the first that the actor holds, in the description's order. */
  purpose?: string | undefined;
  /** Absent: all that the description allows to what the act says of its subject, source and ground. */
  categories?: readonly string[] | undefined;
};
/** An act on one register. */
export type RegisterAct = Asked & {
  register: string;
  verb: Verb;
  purposeKinds?: readonly PurposeKind[] | undefined;
  source?: string | undefined;
  /** Those of `categories` that the act takes away: they must be allowed, but nobody gives them and they need no ground. */
  removes?: readonly string[] | undefined;
  /** Whose data it is; a group of subjects may have fewer categories. */
  subjectKind?: SubjectKind | undefined;
  /** Data Protection Act (1050/2018) section 29, with a personal identity code. */
  identityCodeGround?: string | undefined;
};
export type SubjectKind = Description["subjects"][string]["kind"];

/** A step of carrying out a right or a retention rule: all of a register, whatever the purpose. */
export type RightAct = {
  actor: Actor;
  register: string;
  right: RightKind;
  verb: "read" | "erase" | "change";
  /** Whose right; a person acts on their own data only. */
  subject?: string;
};

/** What must hold of the subject; the gate asks it in the same statement that reads the rows. */
export type Condition =
  | { kind: "notRestricted"; register: string; purpose: string }
  | { kind: "consented"; purpose: string }
  | { kind: "notObjected"; purpose: string };

export type Reason =
  | "unknownRegister"
  | "unknownPurpose"
  | "unknownFlow"
  | "unknownSource"
  | "unknownCategory"
  | "noRole"
  | "purposeNotHeld"
  | "categoryNotAllowed"
  | "identityCodeGround"
  | "flowNotByRole"
  | "rightNotByRole"
  | "keepingNotByRole"
  | "onlyOneself"
  | "channelRisk";
export type Refusal = { outcome: "refused"; reason: Reason; place: string; category?: string };
export type Allowed = {
  outcome: "allowed";
  purpose: string;
  categories: readonly string[];
  conditions: readonly Condition[];
  /** The element of the description that allows it. */
  place: string;
};
export type Decision = Allowed | Refusal;

const refuse = (reason: Reason, place: string, category?: string): Refusal => ({
  outcome: "refused",
  reason,
  place,
  ...(category === undefined ? {} : { category }),
});

/** Decides an act on a register. A read is narrowed to what is allowed; any other verb with one category too many is refused whole, naming it. */
export function decide(description: Description, act: RegisterAct): Decision {
  const register = own(description.registers, act.register);
  if (!register) return refuse("unknownRegister", "registers");
  if (act.purpose !== undefined && !own(description.purposes, act.purpose)) return refuse("unknownPurpose", "purposes");
  if (act.source !== undefined && !sourceAllows(description, act.source, act.register))
    return refuse("unknownSource", own(description.sources, act.source) ? `sources.${act.source}` : "sources");
  if (act.source !== undefined && act.actor.kind === "subject" && act.actor.source !== act.source)
    return refuse("unknownSource", `sources.${act.source}`);
  const stranger = act.categories?.find((category) => !register.categories.includes(category));
  if (stranger !== undefined && act.verb !== "read")
    return refuse("unknownCategory", `registers.${act.register}.categories`, stranger);

  const held = grantsOf(description, act);
  if (held.length === 0) return refuse("noRole", placeOfActor(act.actor));
  const purpose = choosePurpose(description, act, held);
  if (purpose === undefined) return refuse("purposeNotHeld", held[0]?.place ?? "roles");

  const forPurpose = held.filter((grant) => grant.purposes.includes(purpose));
  const permitted = new Set(forPurpose.flatMap((grant) => grant.categories));
  const needed = (category: string) => own(description.categories, category)?.purposes.includes(purpose) ?? false;
  const allowed = register.categories.filter((category) => permitted.has(category) && needed(category));
  const place = forPurpose[0]?.place ?? "roles";

  if (act.verb !== "read") {
    const extra = act.categories?.find((category) => !allowed.includes(category));
    if (extra !== undefined)
      return refuse("categoryNotAllowed", permitted.has(extra) ? `categories.${extra}.purposes` : place, extra);
    const wrong = wrongToGive(description, act, act.categories ?? []);
    if (wrong) return wrong;
  }
  const wanted = act.categories;
  const categories = allowed.filter((category) =>
    wanted ? wanted.includes(category) : act.verb === "read" || wrongToGive(description, act, [category]) === null,
  );
  if (categories.length === 0) {
    const [first] = wanted ?? [];
    const byPurpose = first !== undefined && permitted.has(first) && !needed(first);
    return refuse("categoryNotAllowed", byPurpose ? `categories.${first}.purposes` : place, first);
  }
  return {
    outcome: "allowed",
    purpose,
    categories,
    conditions: conditionsOf(description, act.register, purpose),
    place,
  };
}

/** Decides a flow: what leaves, and, when it arrives in a register, what is collected there. Two decisions, one purpose: the flow's. */
export function decideFlow(description: Description, flowId: string, act: Asked): Decision {
  const flow = own(description.flows, flowId);
  const place = `flows.${flowId}`;
  if (!flow) return refuse("unknownFlow", "flows");
  if (!("register" in flow.from)) return refuse("unknownFlow", `${place}.from`);
  const { actor } = act;
  const roles = "roles" in actor ? actor.roles : [];
  if (actor.kind !== "system" && !roles.some((role) => flow.by.includes(role)))
    return refuse("flowNotByRole", `${place}.by`);
  const extra = act.categories?.find((category) => !flow.categories.includes(category));
  if (extra !== undefined) return refuse("categoryNotAllowed", `${place}.categories`, extra);
  const risky = tooRisky(description, flow);
  if (risky !== undefined) return refuse("channelRisk", `${place}.channel`, risky);
  const categories = act.categories ?? flow.categories;
  const conditions = [
    ...conditionsOf(description, flow.from.register, flow.purpose),
    ...(flow.requiresConsent === undefined
      ? []
      : [{ kind: "consented" as const, purpose: description.consents[flow.requiresConsent]?.purpose ?? flow.purpose }]),
  ];
  return { outcome: "allowed", purpose: flow.purpose, categories, conditions, place };
}

/** Decides a step of a right (GDPR Art. 15–21): all of the register, for those whose role carries out that right. */
export function decideRight(description: Description, act: RightAct): Decision {
  const register = own(description.registers, act.register);
  if (!register) return refuse("unknownRegister", "registers");
  if (!description.rights[act.right]) return refuse("rightNotByRole", "rights");
  const { actor } = act;
  if (actor.kind === "subject") return ofTheirOwn(description, actor, act, register);
  const role =
    "roles" in actor ? actor.roles.find((id) => own(description.roles, id)?.rights.includes(act.right)) : undefined;
  if (actor.kind !== "system" && role === undefined) return refuse("rightNotByRole", `rights.${act.right}`);
  return {
    outcome: "allowed",
    purpose: rightsPurpose(description),
    categories: register.categories,
    conditions: [],
    place: role === undefined ? `rights.${act.right}` : `roles.${role}.rights`,
  };
}

/**
 * Decides an act on the register of people's requests: who carries out the right may also write down that it was asked. Without a right: who carries out any
 * of them.
 */
export function decideRequest(description: Description, actor: Actor, right?: RightKind): Decision {
  const rights = right === undefined ? RequestedRight.options : [right];
  const roles = "roles" in actor ? actor.roles : [];
  const role = roles.find((id) => rights.some((one) => own(description.roles, id)?.rights.includes(one)));
  const declared = rights.some((one) => description.rights[one] !== undefined);
  if (role === undefined || !declared)
    return refuse("rightNotByRole", right === undefined ? "rights" : `rights.${right}`);
  const purpose = rightsPurpose(description);
  return { outcome: "allowed", purpose, categories: [], conditions: [], place: `roles.${role}.rights` };
}

/** What a person does by themselves on their own card. An erasure they ask for; somebody else carries it out (`erase`). */
const BY_ONESELF: Partial<Record<RightKind, RightAct["verb"]>> = {
  access: "read",
  erasure: "change",
  rectification: "change",
  objection: "change",
  withdrawal: "change",
};

/** The person themselves, on a card that the description opens to them (a source of kind `ownCard`): theirs and nobody else's. */
function ofTheirOwn(
  description: Description,
  actor: Actor & { kind: "subject" },
  { right, verb, subject }: RightAct,
  { categories }: Description["registers"][string],
): Decision {
  const place = `sources.${actor.source}`;
  if (own(description.sources, actor.source)?.kind !== "ownCard") return refuse("unknownSource", "sources");
  if (BY_ONESELF[right] !== verb) return refuse("rightNotByRole", `rights.${right}`);
  if (subject === undefined || subject !== actor.id) return refuse("onlyOneself", place);
  return { outcome: "allowed", purpose: rightsPurpose(description), categories, conditions: [], place };
}

export type Keeping = Description["roles"][string]["keeps"][number];

/**
 * Decides an act on what serves the register (accounts, log, retention, proofs, the description itself): who keeps it reads and changes it, who
 * inspects it reads it.
 */
export function decideKeeping(
  description: Description,
  actor: Actor,
  what: Keeping,
  verb: "read" | "change",
): Decision {
  const roles = "roles" in actor ? actor.roles : [];
  const placeIn = (word: "keeps" | "inspects") => {
    const role = roles.find((id) => own(description.roles, id)?.[word].includes(what));
    return role === undefined ? undefined : `roles.${role}.${word}`;
  };
  const inspects = placeIn("inspects");
  const place = placeIn("keeps") ?? (verb === "read" ? inspects : undefined);
  if (place === undefined) return refuse("keepingNotByRole", inspects ?? placeOfActor(actor));
  return { outcome: "allowed", purpose: "security", categories: [], conditions: [], place };
}

/** Everything that is known of a subject, for those who judge conditions without a database (tests, forms, documents). */
export type Facts = {
  restrictions: readonly { register: string; purposes: readonly string[] }[];
  consents: readonly string[];
  objections: readonly string[];
};
export function holds(condition: Condition, facts: Facts): boolean {
  switch (condition.kind) {
    case "notRestricted":
      return facts.restrictions.every(
        (r) => r.register !== condition.register || r.purposes.includes(condition.purpose),
      );
    case "consented":
      return facts.consents.includes(condition.purpose);
    case "notObjected":
      return !facts.objections.includes(condition.purpose);
  }
}

/** A register id of the kind; the description may name several, the first is meant. */
export const registerOfKind = (description: Description, kind: RegisterKind): string | undefined =>
  Object.keys(description.registers).find((id) => description.registers[id]?.kind === kind);

/** A source id of the kind; the description may name several, the first is meant. */
export const sourceOfKind = (description: Description, kind: SourceKind): string | undefined =>
  Object.keys(description.sources).find((id) => description.sources[id]?.kind === kind);

/** A flow between registers of two kinds. */
export const flowBetween = (description: Description, from: RegisterKind, to: RegisterKind): string | undefined =>
  Object.keys(description.flows).find((id) => {
    const flow = description.flows[id];
    return flow && kindAt(description, flow.from) === from && kindAt(description, flow.to) === to;
  });

const kindAt = (description: Description, end: FlowOf["to"]): RegisterKind | undefined =>
  "register" in end ? own(description.registers, end.register)?.kind : undefined;

type Held = { place: string; purposes: readonly string[]; categories: readonly string[] };

function grantsOf(description: Description, act: RegisterAct): Held[] {
  const { actor } = act;
  if (actor.kind !== "subject" && !("roles" in actor)) return [];
  if (actor.kind === "subject")
    return act.verb === "collect" ? subjectMayGive(description, actor.source, act.register) : [];
  return actor.roles.flatMap((role) =>
    (own(description.roles, role)?.may ?? []).flatMap((permission, n) =>
      permission.register === act.register && permission.verbs.includes(act.verb)
        ? [{ place: `roles.${role}.may.${n}`, purposes: permission.purposes, categories: permission.categories }]
        : [],
    ),
  );
}

/** Why the categories may not be written down or handed on as the act says: of whom, by whom told, on what ground. null: nothing stands against it. */
function wrongToGive(description: Description, act: RegisterAct, categories: readonly string[]): Refusal | null {
  const given = categories.filter((category) => !act.removes?.includes(category));
  const stray = act.subjectKind === undefined ? null : strayOf(description, { ...act, kind: act.subjectKind }, given);
  if (stray) return stray;
  const byWhom = act.source === undefined ? undefined : given.find((c) => !givenBy(description, c, act.source));
  if (byWhom !== undefined) return refuse("unknownSource", `categories.${byWhom}.givenBy`, byWhom);
  const code = groundMissing(description, given, act.identityCodeGround);
  return code === undefined ? null : refuse("identityCodeGround", `categories.${code}.grounds`, code);
}

/**
 * The refusal where a kind of subject may not have one of the categories in the register: no group of the kind has it, and a register that
 * names no group of the kind holds none of them. null: it may have them all.
 */
export function strayOf(
  description: Description,
  { register, kind }: { register: string; kind: SubjectKind },
  categories: readonly string[],
): Refusal | null {
  const groups = (description.registers[register]?.subjects ?? []).map((id) => own(description.subjects, id));
  const has = (category: string) =>
    groups.some((group) => group?.kind === kind && (group?.categories?.includes(category) ?? true));
  const stray = categories.find((category) => !has(category));
  return stray === undefined ? null : refuse("categoryNotAllowed", `registers.${register}.subjects`, stray);
}

/** A person may give of themselves what the source may bring; nothing more. */
function subjectMayGive(description: Description, source: string, register: string): Held[] {
  const declared = own(description.sources, source);
  if (!declared || !sourceAllows(description, source, register)) return [];
  const categories = (description.registers[register]?.categories ?? []).filter((c) => givenBy(description, c, source));
  const purposes = declared.purposes ?? Object.keys(description.purposes);
  return [{ place: `sources.${source}`, purposes, categories }];
}

/** The purpose asked for, else the first in the description's own order that the actor holds and the route is for. */
function choosePurpose(description: Description, act: RegisterAct, held: readonly Held[]): string | undefined {
  const holdsPurpose = (id: string) => held.some((grant) => grant.purposes.includes(id));
  const forRoute = (id: string) => {
    const kind = description.purposes[id]?.kind;
    return act.purposeKinds === undefined || (kind !== undefined && act.purposeKinds.includes(kind));
  };
  // What a raffle brought is for the raffle, whoever writes it down.
  const source = act.source === undefined ? undefined : own(description.sources, act.source);
  const forSource = (id: string) => source?.purposes?.includes(id) ?? true;
  const suits = (id: string) => holdsPurpose(id) && forRoute(id) && forSource(id);
  if (act.purpose !== undefined) return suits(act.purpose) ? act.purpose : undefined;
  return Object.keys(description.purposes).find(suits);
}

function sourceAllows(description: Description, source: string, register: string): boolean {
  const declared = own(description.sources, source);
  return declared !== undefined && (declared.registers === undefined || declared.registers.includes(register));
}

const givenBy = (description: Description, category: string, source: string | undefined): boolean =>
  source !== undefined && (own(description.categories, category)?.givenBy.includes(source) ?? false);

function groundMissing(
  description: Description,
  given: readonly string[],
  ground: string | undefined,
): string | undefined {
  return given.find((id) => {
    const category = own(description.categories, id);
    if (category?.type !== "personalIdentityCode") return false;
    return !category.grounds?.some((allowed) => allowed === ground);
  });
}

function tooRisky(description: Description, flow: FlowOf): string | undefined {
  if (!OPEN_CHANNELS.has(flow.channel)) return undefined;
  return flow.categories.find((category) => own(description.categories, category)?.risk === "high");
}

function conditionsOf(description: Description, register: string, purpose: string): Condition[] {
  const { legalBasis: basis, kind } = description.purposes[purpose] ?? {};
  // A restricted person still asks, and is answered (GDPR Art. 18(2)).
  const conditions: Condition[] = kind === "rightsHandling" ? [] : [{ kind: "notRestricted", register, purpose }];
  if (basis === "consent") conditions.push({ kind: "consented", purpose });
  if (basis === "consent" || basis === "legitimateInterest") conditions.push({ kind: "notObjected", purpose });
  return conditions;
}

function rightsPurpose(description: Description): string {
  const ids = Object.keys(description.purposes);
  return ids.find((id) => description.purposes[id]?.kind === "rightsHandling") ?? "rights";
}

const placeOfActor = (actor: Actor): string =>
  actor.kind === "subject"
    ? "sources"
    : "roles" in actor && actor.roles[0] !== undefined
      ? `roles.${actor.roles[0]}`
      : "roles";

/** Own members only: an id such as "constructor" is no element of a description. */
function own<T>(of: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(of, id) ? of[id] : undefined;
}

// Every act that a description leaves open to ask, from the elements it names and one that it does not name of each kind.
import type { Description } from "../../description/schema.ts";
import { Keep, PurposeKind, RightKind, Section29Ground, Verb } from "../../description/terms.ts";
import type { Actor, Keeping, RegisterAct, RightAct } from "../../policy/decide.ts";
import type { State } from "./oracle.ts";

export type Question =
  | { part: string; ask: "value"; act: RegisterAct; state: State }
  | { part: string; ask: "flow"; flow: string; actor: Actor; categories: readonly string[] | undefined; state: State }
  | { part: string; ask: "right"; act: RightAct }
  | { part: string; ask: "keeping"; actor: Actor; what: Keeping; verb: "read" | "change" };

const NOT_NAMED = "nobodysOwn";
const ids = (of: Readonly<Record<string, unknown>>): string[] => Object.keys(of);
const some = <T>(items: readonly T[]): (T | undefined)[] => [undefined, ...items];

export function* domainOf(description: Description): Generator<Question> {
  yield* whoMayWhat(description);
  yield* statesOfSubjects(description);
  yield* sourcesOfValues(description);
  yield* kindsAndGrounds(description);
  yield* purposesOfRoutes(description);
  yield* flows(description);
  yield* rightsAndKeepings(description);
}

const staff = (...roles: string[]): Actor => ({ kind: "staff", id: "somebody", roles });

function singles({ roles }: Description): Actor[] {
  return ids(roles).map((role) => staff(role));
}

function givers({ sources }: Description): Actor[] {
  return [...ids(sources), NOT_NAMED].map((source) => ({ kind: "subject", id: "themselves", source }));
}

function actors(description: Description): Actor[] {
  const roles = ids(description.roles);
  const pairs = roles.flatMap((first, n) => roles.slice(n + 1).map((second) => staff(first, second)));
  const [first = NOT_NAMED] = roles;
  return [
    ...singles(description),
    ...pairs,
    staff(),
    staff(NOT_NAMED),
    { kind: "token", id: "program", roles: [first] },
    ...givers(description),
    { kind: "system", id: "system:retention" },
    { kind: "visitor", id: "visitor" },
  ];
}

/** Consents to everything and refuses nothing: what the law stops then hides nothing of what the roles do. */
function willing({ purposes }: Description): State {
  return { name: "willing", restrictions: [], consents: ids(purposes), objections: [] };
}

function states(description: Description): State[] {
  const purposes = ids(description.purposes);
  const registers = ids(description.registers);
  const yes = willing(description);
  const locked = (left: readonly string[], of = registers) => of.map((register) => ({ register, purposes: left }));
  const [firstRegister = NOT_NAMED] = registers;
  return [
    yes,
    { ...yes, name: "said nothing", consents: [] },
    { ...yes, name: "objected", objections: purposes },
    { ...yes, name: "banned", objections: description.banList?.purposes ?? [] },
    { ...yes, name: "locked", restrictions: locked([]) },
    ...purposes.map((purpose) => ({ ...yes, name: `locked but for ${purpose}`, restrictions: locked([purpose]) })),
    { ...yes, name: "locked twice", restrictions: [...locked(purposes.slice(0, 2)), ...locked(purposes.slice(1, 3))] },
    { ...yes, name: "locked in one register", restrictions: locked([], [firstRegister]) },
    { ...yes, name: "locked and silent", consents: [], restrictions: locked([]) },
  ];
}

const registersOf = ({ registers }: Description) => [...ids(registers), NOT_NAMED];
const purposesOf = ({ purposes }: Description) => [undefined, ...ids(purposes), NOT_NAMED];
/** All at once, each alone, and one that the register does not hold. */
function categoriesOf({ registers }: Description, register: string): (string[] | undefined)[] {
  const of = Object.hasOwn(registers, register) ? (registers[register]?.categories ?? []) : [];
  return [undefined, ...of.map((category) => [category]), [NOT_NAMED], ...(of.length > 1 ? [of] : [])];
}

function* whoMayWhat(description: Description): Generator<Question> {
  const state = willing(description);
  const [identityCodeGround] = Object.values(description.categories).flatMap(({ grounds = [] }) => grounds);
  for (const actor of actors(description))
    for (const verb of Verb.options)
      for (const register of registersOf(description))
        for (const purpose of purposesOf(description))
          for (const categories of categoriesOf(description, register))
            yield {
              part: "who may what",
              ask: "value",
              act: { actor, verb, register, purpose, categories, identityCodeGround },
              state,
            };
}

function* statesOfSubjects(description: Description): Generator<Question> {
  for (const actor of singles(description))
    for (const verb of ["read", "change", "disclose"] as const)
      for (const register of ids(description.registers))
        for (const purpose of ids(description.purposes))
          for (const state of states(description))
            for (const categories of verb === "read" ? [undefined] : [["name"]])
              yield {
                part: "state of the person",
                ask: "value",
                act: { actor, verb, register, purpose, categories },
                state,
              };
}

function* sourcesOfValues(description: Description): Generator<Question> {
  const state = willing(description);
  const [identityCodeGround] = Object.values(description.categories).flatMap(({ grounds = [] }) => grounds);
  for (const actor of [...singles(description), ...givers(description)])
    for (const verb of ["collect", "change"] as const)
      for (const register of registersOf(description))
        for (const source of some([...ids(description.sources), NOT_NAMED]))
          for (const purpose of purposesOf(description))
            for (const categories of categoriesOf(description, register))
              yield {
                part: "source of the value",
                ask: "value",
                act: { actor, verb, register, purpose, categories, source, identityCodeGround },
                state,
              };
}

function* kindsAndGrounds(description: Description): Generator<Question> {
  const state = willing(description);
  const kinds = some(["person", "organisation", "contactPerson", "user", "employee"] as const);
  for (const actor of singles(description))
    for (const verb of ["collect", "change", "disclose", "erase"] as const)
      for (const register of ids(description.registers))
        for (const subjectKind of kinds)
          for (const categories of categoriesOf(description, register))
            for (const removes of some(categories === undefined ? [] : [categories]))
              for (const identityCodeGround of grounds(description, categories))
                for (const purpose of [undefined, ...ids(description.purposes)])
                  yield {
                    part: "kind and ground",
                    ask: "value",
                    act: { actor, verb, register, purpose, categories, subjectKind, removes, identityCodeGround },
                    state,
                  };
}

function grounds({ categories }: Description, asked: readonly string[] | undefined): (string | undefined)[] {
  const code = asked?.some((id) => Object.hasOwn(categories, id) && categories[id]?.type === "personalIdentityCode");
  return code ? some([...Section29Ground.options, NOT_NAMED]) : [undefined];
}

/** A route may be for some kinds of purpose only. */
function* purposesOfRoutes(description: Description): Generator<Question> {
  const state = willing(description);
  const [identityCodeGround] = Object.values(description.categories).flatMap(({ grounds = [] }) => grounds);
  for (const actor of actors(description))
    for (const verb of Verb.options)
      for (const register of ids(description.registers))
        for (const kind of PurposeKind.options)
          for (const purpose of purposesOf(description))
            yield {
              part: "purpose of the route",
              ask: "value",
              act: { actor, verb, register, purpose, purposeKinds: [kind], identityCodeGround },
              state,
            };
}

function* flows(description: Description): Generator<Question> {
  for (const actor of actors(description))
    for (const flow of [...ids(description.flows), NOT_NAMED]) {
      const carried = Object.hasOwn(description.flows, flow) ? (description.flows[flow]?.categories ?? []) : [];
      for (const categories of [undefined, ...carried.map((one) => [one]), [NOT_NAMED], [...carried, NOT_NAMED]])
        for (const state of states(description)) yield { part: "flow", ask: "flow", flow, actor, categories, state };
    }
}

function* rightsAndKeepings(description: Description): Generator<Question> {
  for (const actor of actors(description)) {
    for (const register of registersOf(description))
      for (const right of RightKind.options)
        for (const verb of ["read", "erase", "change"] as const)
          yield { part: "right", ask: "right", act: { actor, register, right, verb } };
    for (const what of Keep.options)
      for (const verb of ["read", "change"] as const) yield { part: "keeping", ask: "keeping", actor, what, verb };
  }
}

// What is left when some elements go: whatever named them names them no more, and what then has nothing to say goes too.
import type { Json } from "../rewrite.ts";
import { idsAt, idsIn, isMap, listIn, mapAt, mapIn, set, type Values } from "./values.ts";

/** Again and again until nothing more falls away; each round takes something out, so it ends. */
export function pruned(values: Values): Values {
  const next = [uses, sources, consents, registers, roles, flows, endings, leftovers].reduce(
    (all, prune) => prune(all),
    values,
  );
  return JSON.stringify(next) === JSON.stringify(values) ? values : pruned(next);
}

const has = (values: Values, heading: string, id: Json | undefined): boolean =>
  typeof id === "string" && Object.hasOwn(mapAt(values, [heading]), id);

/** Elements of a heading, each as it is now or null where it goes. */
function each(values: Values, heading: string, keep: (element: Values, id: string) => Values | null): Values {
  const there = mapAt(values, [heading]);
  const next = Object.entries(there).flatMap(([id, element]) => {
    const kept = isMap(element) ? keep(element, id) : null;
    return kept ? [[id, kept] as const] : [];
  });
  return values[heading] === undefined ? values : { ...values, [heading]: Object.fromEntries(next) };
}

/** The ids of a list that are still declared; the element as it stands where all are. */
function only(element: Values, key: string, keep: (id: string) => boolean): Values {
  const ids = idsIn(element[key]);
  const left = ids.filter(keep);
  return left.length === ids.length ? element : { ...element, [key]: left };
}
const empty = (element: Values, key: string): boolean => listIn(element[key]).length === 0;

const uses = (values: Values): Values => {
  const registers = Object.values(mapAt(values, ["registers"])).map(mapIn);
  return each(values, "categories", (category, id) => {
    let next = only(category, "purposes", (purpose) => has(values, "purposes", purpose));
    next = only(next, "givenBy", (source) => has(values, "sources", source));
    next = only(next, "systems", (system) => has(values, "systems", system));
    const stands = registers.some(({ categories }) => idsIn(categories).includes(id));
    return empty(next, "purposes") || !stands || (next.systems !== undefined && empty(next, "systems")) ? null : next;
  });
};

const sources = (values: Values): Values => {
  const given = Object.values(mapAt(values, ["categories"])).flatMap((category) => idsIn(mapIn(category).givenBy));
  return each(values, "sources", (source, id) => {
    let next = only(source, "registers", (register) => has(values, "registers", register));
    next = only(next, "purposes", (purpose) => has(values, "purposes", purpose));
    const idle = ["registers", "purposes"].some((key) => next[key] !== undefined && empty(next, key));
    return idle || !given.includes(id) ? null : next;
  });
};

const consents = (values: Values): Values => {
  const left = each(values, "consents", (consent) => (has(values, "purposes", consent.purpose) ? consent : null));
  const some = Object.keys(mapAt(left, ["consents"])).length > 0 ? left : set(left, ["consents"]);
  const purposes = each(some, "purposes", (purpose) => {
    const { consent } = mapIn(purpose.ground);
    return consent === undefined || has(some, "consents", consent) ? purpose : null;
  });
  if (values.channelPermissions === undefined) return purposes;
  const permissions = listIn(values.channelPermissions);
  const kept = permissions.filter((permission) => has(purposes, "purposes", mapIn(permission).purpose));
  return set(purposes, ["channelPermissions"], kept.length === 0 ? undefined : kept);
};

const registers = (values: Values): Values => {
  const left = each(values, "registers", (register) => {
    let next = only(register, "systems", (system) => has(values, "systems", system));
    next = only(next, "subjects", (group) => has(values, "subjects", group));
    next = only(next, "categories", (category) => has(values, "categories", category));
    return ["systems", "subjects", "categories"].some((key) => empty(next, key)) ? null : next;
  });
  const groups = new Set(Object.values(mapAt(left, ["registers"])).flatMap((one) => idsIn(mapIn(one).subjects)));
  return each(left, "subjects", (group, id) => {
    const next = only(group, "categories", (category) => has(left, "categories", category));
    return groups.has(id) && !(next.categories !== undefined && empty(next, "categories")) ? next : null;
  });
};

const roles = (values: Values): Values =>
  each(values, "roles", (role) => {
    if (role.processor !== undefined && !has(values, "processors", role.processor)) return null;
    const may = listIn(role.may).flatMap((one) => {
      let next = only(mapIn(one), "purposes", (purpose) => has(values, "purposes", purpose));
      const held = idsAt(values, ["registers", String(next.register), "categories"]);
      const purposes = idsIn(next.purposes);
      next = only(next, "categories", (category) => {
        const serves = idsAt(values, ["categories", category, "purposes"]);
        return held.includes(category) && purposes.some((purpose) => serves.includes(purpose));
      });
      return empty(next, "purposes") || empty(next, "categories") ? [] : [next];
    });
    const idle = may.length === 0 && ["rights", "keeps", "inspects"].every((word) => empty(role, word));
    return idle ? null : { ...role, may };
  });

const flows = (values: Values): Values =>
  each(values, "flows", (flow) => {
    const stands = (end: Values) =>
      (end.register === undefined || has(values, "registers", end.register)) &&
      (end.system === undefined || has(values, "systems", end.system)) &&
      (end.processor === undefined || has(values, "processors", end.processor));
    const consent = flow.requiresConsent === undefined || has(values, "consents", flow.requiresConsent);
    const wanted = has(values, "purposes", flow.purpose) && consent;
    if (!wanted || !stands(mapIn(flow.from)) || !stands(mapIn(flow.to))) return null;
    let next = only(flow, "categories", (category) => has(values, "categories", category));
    next = only(next, "by", (role) => has(values, "roles", role));
    return empty(next, "categories") || empty(next, "by") ? null : next;
  });

const endings = (values: Values): Values => {
  let next = each(values, "retention", (rule) => {
    const held = idsAt(values, ["registers", String(rule.register), "categories"]);
    const kept = only(rule, "categories", (category) => held.includes(category));
    const left = only(kept, "restrictTo", (purpose) => has(values, "purposes", purpose));
    return empty(left, "categories") ? null : left;
  });
  next = each(next, "holds", (hold) => {
    const kept = only(hold, "registers", (register) => has(values, "registers", register));
    const left = only(kept, "by", (role) => has(values, "roles", role));
    return empty(left, "registers") || empty(left, "by") ? null : left;
  });
  if (next.banList === undefined) return next;
  const bans = only(mapIn(next.banList), "purposes", (purpose) => has(next, "purposes", purpose));
  return set(next, ["banList"], empty(bans, "purposes") ? undefined : bans);
};

/** Systems that hold nothing and help nobody, and processors that nothing goes to. */
const leftovers = (values: Values): Values => {
  const held = Object.values(mapAt(values, ["registers"])).flatMap((one) => idsIn(mapIn(one).systems));
  const left = each(values, "systems", (system, id) => (system.kind === "helper" || held.includes(id) ? system : null));
  const used = new Set<Json | undefined>([
    ...Object.values(mapAt(left, ["systems"])).map((system) => mapIn(system).runBy),
    ...Object.values(mapAt(left, ["roles"])).map((role) => mapIn(role).processor),
    ...Object.values(mapAt(left, ["flows"])).flatMap((flow) => [
      mapIn(mapIn(flow).from).processor,
      mapIn(mapIn(flow).to).processor,
    ]),
  ]);
  return each(left, "processors", (processor, id) => (used.has(id) ? processor : null));
};

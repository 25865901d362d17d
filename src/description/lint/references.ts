// Every id that is used is declared.
import type { Path } from "../parse.ts";
import type { Description } from "../schema.ts";
import { BuiltInEvent } from "../terms.ts";
import { error, type Issue, type Lint, warning } from "./issue.ts";

type Heading =
  | "sources"
  | "purposes"
  | "consents"
  | "systems"
  | "categories"
  | "registers"
  | "roles"
  | "processors"
  | "subjects"
  | "events";
type Use = { path: Path; to: Heading; ids: readonly string[]; single?: boolean };

const BUILT_IN_EVENTS: ReadonlySet<string> = new Set(BuiltInEvent.options);

export const references: Lint = function* (d) {
  for (const { path, to, ids, single } of uses(d)) {
    const seen = new Set<string>();
    for (const [n, id] of ids.entries()) {
      const place = single ? path : [...path, n];
      if (!Object.hasOwn(d[to], id)) yield missing(d, place, to, id);
      else if (seen.has(id)) yield warning("repeated", place, { id });
      seen.add(id);
    }
  }
};

function missing(d: Description, path: Path, to: Heading, id: string): Issue {
  return error("reference", path, { id, heading: to, nearest: nearest(id, Object.keys(d[to])) || "none" });
}

const one = (path: Path, to: Heading, id: string | undefined): Use[] =>
  id === undefined ? [] : [{ path, to, ids: [id], single: true }];
const many = (path: Path, to: Heading, ids: readonly string[] | undefined): Use[] =>
  ids === undefined ? [] : [{ path, to, ids }];
const event = (path: Path, id: string): Use[] => (BUILT_IN_EVENTS.has(id) ? [] : one(path, "events", id));

function* uses(d: Description): Generator<Use> {
  for (const [id, group] of Object.entries(d.subjects))
    yield* many(["subjects", id, "categories"], "categories", group.categories);
  for (const [id, source] of Object.entries(d.sources)) {
    yield* many(["sources", id, "registers"], "registers", source.registers);
    yield* many(["sources", id, "purposes"], "purposes", source.purposes);
  }
  for (const [id, { ground }] of Object.entries(d.purposes))
    if ("consent" in ground) yield* one(["purposes", id, "ground", "consent"], "consents", ground.consent);
  for (const [id, consent] of Object.entries(d.consents))
    yield* one(["consents", id, "purpose"], "purposes", consent.purpose);
  for (const [n, permission] of d.channelPermissions.entries())
    yield* one(["channelPermissions", n, "purpose"], "purposes", permission.purpose);
  for (const [id, system] of Object.entries(d.systems))
    if (system.runBy !== "controller") yield* one(["systems", id, "runBy"], "processors", system.runBy);
  for (const [id, category] of Object.entries(d.categories)) {
    yield* many(["categories", id, "purposes"], "purposes", category.purposes);
    yield* many(["categories", id, "givenBy"], "sources", category.givenBy);
    yield* many(["categories", id, "systems"], "systems", category.systems);
  }
  for (const [id, register] of Object.entries(d.registers)) {
    yield* many(["registers", id, "systems"], "systems", register.systems);
    yield* many(["registers", id, "subjects"], "subjects", register.subjects);
    yield* many(["registers", id, "categories"], "categories", register.categories);
  }
  yield* usesOfRoles(d);
  yield* one(["staff", "system"], "systems", d.staff?.system);
  yield* one(["requests", "system"], "systems", d.requests?.system);
  yield* usesOfFlows(d);
  yield* usesOfTime(d);
}

function* usesOfRoles(d: Description): Generator<Use> {
  for (const [id, role] of Object.entries(d.roles)) {
    yield* one(["roles", id, "processor"], "processors", role.processor);
    for (const [n, permission] of role.may.entries()) {
      const path = ["roles", id, "may", n];
      yield* one([...path, "register"], "registers", permission.register);
      yield* many([...path, "purposes"], "purposes", permission.purposes);
      yield* many([...path, "categories"], "categories", permission.categories);
    }
  }
}

function* usesOfFlows(d: Description): Generator<Use> {
  for (const [id, flow] of Object.entries(d.flows)) {
    for (const side of ["from", "to"] as const) {
      const end = flow[side];
      const path = ["flows", id, side];
      if ("register" in end) {
        yield* one([...path, "register"], "registers", end.register);
        yield* one([...path, "system"], "systems", end.system);
      }
      if ("processor" in end) yield* one([...path, "processor"], "processors", end.processor);
      if ("staff" in end) yield* one([...path, "staff"], "roles", end.staff);
    }
    yield* many(["flows", id, "categories"], "categories", flow.categories);
    yield* one(["flows", id, "purpose"], "purposes", flow.purpose);
    yield* many(["flows", id, "by"], "roles", flow.by);
    yield* one(["flows", id, "requiresConsent"], "consents", flow.requiresConsent);
  }
}

function* usesOfTime(d: Description): Generator<Use> {
  for (const [id, rule] of Object.entries(d.retention)) {
    const path = ["retention", id];
    yield* one([...path, "register"], "registers", rule.register);
    yield* many([...path, "categories"], "categories", rule.categories);
    yield* event([...path, "from"], rule.from);
    if (rule.otherwise) yield* event([...path, "otherwise", "from"], rule.otherwise.from);
    yield* many([...path, "restrictTo"], "purposes", rule.restrictTo);
  }
  for (const [id, hold] of Object.entries(d.holds)) {
    yield* many(["holds", id, "registers"], "registers", hold.registers);
    yield* many(["holds", id, "by"], "roles", hold.by);
  }
  yield* many(["banList", "purposes"], "purposes", d.banList?.purposes);
  for (const [id, { keptBy }] of Object.entries(d.measures))
    if ("task" in keptBy) yield* one(["measures", id, "keptBy", "task", "role"], "roles", keptBy.task.role);
}

/** The declared id that is at most two letters away, else "". */
function nearest(id: string, declared: readonly string[]): string {
  let best = { id: "", distance: 3 };
  for (const candidate of declared.slice(0, 200)) {
    const distance = editDistance(id.toLowerCase(), candidate.toLowerCase());
    if (distance < best.distance) best = { id: candidate, distance };
  }
  return best.id;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

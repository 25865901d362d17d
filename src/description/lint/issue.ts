import type { Path, Severity } from "../parse.ts";
import type { Description } from "../schema.ts";

/** What a lint saw; `check` adds the place. `facts` are ids and numbers of the description, never personal data. */
export type Issue = { path: Path; severity: Severity; code: string; facts: Readonly<Record<string, string | number>> };
export type Lint = (description: Description) => Iterable<Issue>;

type Facts = Issue["facts"];
export const error = (code: string, path: Path, facts: Facts = {}): Issue => ({ code, path, facts, severity: "error" });
export const warning = (code: string, path: Path, facts: Facts = {}): Issue => ({
  code,
  path,
  facts,
  severity: "warning",
});
export const note = (code: string, path: Path, facts: Facts = {}): Issue => ({ code, path, facts, severity: "note" });

/** Own keys only: an id may be "constructor", which every object seems to have. */
export const own = <T>(record: Readonly<Record<string, T>>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined;

export const purposeKind = (d: Description, id: string) => own(d.purposes, id)?.kind;
export const isHigh = (d: Description, category: string) => own(d.categories, category)?.risk === "high";
export const isIdentityCode = (d: Description, category: string) =>
  own(d.categories, category)?.type === "personalIdentityCode";

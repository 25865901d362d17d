// The description read as a lawyer and a compiler would: what is impossible, what is unlawful, what is still open.
import { bases, consents, marketing, sources } from "./lint/bases.ts";
import { identityCode, minimisation } from "./lint/categories.ts";
import { flows } from "./lint/flows.ts";
import { helpers } from "./lint/helpers.ts";
import type { Lint } from "./lint/issue.ts";
import { numbers } from "./lint/numbers.ts";
import { references } from "./lint/references.ts";
import { requests } from "./lint/requests.ts";
import { accounting, clocks, coverage } from "./lint/retention.ts";
import { rights } from "./lint/rights.ts";
import { roles } from "./lint/roles.ts";
import { staff } from "./lint/staff.ts";
import { outsideEea, processors, systemPlace, systemRisk } from "./lint/systems.ts";
import { translations, unknownPaths, unknowns } from "./lint/texts.ts";
import { type Finding, LIMITS, type Parsed } from "./parse.ts";
import type { Description } from "./schema.ts";

const LINTS: readonly Lint[] = [
  references,
  numbers,
  systemRisk,
  systemPlace,
  outsideEea,
  processors,
  helpers,
  minimisation,
  identityCode,
  roles,
  staff,
  requests,
  flows,
  coverage,
  clocks,
  accounting,
  bases,
  consents,
  marketing,
  sources,
  rights,
  translations,
  unknowns,
];

/** All that is wrong or open, in the file's order, at most `LIMITS.findings`; what `parse` found when the text is no description. */
export function check(parsed: Parsed): readonly Finding[] {
  if (!parsed.description) return parsed.findings;
  const { description, placeOf } = parsed;
  const findings: Finding[] = [];
  for (const lint of LINTS)
    for (const { path, ...issue } of lint(description)) {
      if (findings.length >= LIMITS.findings) break;
      findings.push({ ...issue, ...placeOf(path), path: path.join(".") });
    }
  return findings.sort((a, b) => a.line - b.line || a.col - b.col);
}

export const hasErrors = (findings: readonly Finding[]): boolean =>
  findings.some((finding) => finding.severity === "error");

/** Paths of what only the company can fill in; empty when the description is ready to be published. */
export function ready(description: Description): readonly string[] {
  return unknownPaths(description).map((path) => path.join("."));
}

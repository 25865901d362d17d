// What people have asked of their own data is personal data too: what is kept of it rests on something else than their consent, and ends.
import { UNKNOWN } from "../terms.ts";
import { BEHIND } from "./bases.ts";
import { error, type Lint, own, warning } from "./issue.ts";
import { monthsAtLeast } from "./retention.ts";

export const requests: Lint = function* (d) {
  if (d.requests === undefined) {
    // A description that is older than this heading stays in force: nothing of requests goes until it says when.
    yield warning("requestsMissing", ["rights"]);
    return;
  }
  const { legalBasis, ground, system, kept } = d.requests;
  if (!(BEHIND[legalBasis] in ground))
    yield error("groundMismatch", ["requests", "ground"], {
      purpose: "requests",
      basis: legalBasis,
      expected: BEHIND[legalBasis],
    });
  const kind = own(d.systems, system)?.kind;
  if (kind !== undefined && kind !== "builtIn") yield error("requestsSystem", ["requests", "system"], { system });
  if (kept.period !== UNKNOWN && monthsAtLeast(kept.period) > 120)
    yield warning("longPeriod", ["requests", "kept", "period"], { rule: "requests", period: kept.period });
};

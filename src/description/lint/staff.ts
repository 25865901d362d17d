// The people who use the register: what is kept of them is described too, rests on something else than consent, and ends.
import { UNKNOWN } from "../terms.ts";
import { BEHIND } from "./bases.ts";
import { error, type Lint, own, warning } from "./issue.ts";
import { monthsAtLeast } from "./retention.ts";

export const staff: Lint = function* (d) {
  if (d.staff === undefined) {
    yield error("staffMissing", ["roles"]);
    return;
  }
  const { legalBasis, ground, system, accounts, log } = d.staff;
  // GDPR recital 43; Act 759/2004 section 3: an employee's consent does not widen what the employer may handle.
  if (legalBasis === "consent") yield error("staffConsent", ["staff", "legalBasis"]);
  else if (!(BEHIND[legalBasis] in ground))
    yield error("groundMismatch", ["staff", "ground"], {
      purpose: "staff",
      basis: legalBasis,
      expected: BEHIND[legalBasis],
    });
  const kind = own(d.systems, system)?.kind;
  if (kind !== undefined && kind !== "builtIn") yield error("staffSystem", ["staff", "system"], { system });
  for (const [part, { period }] of [["accounts", accounts] as const, ["log", log] as const])
    if (period !== UNKNOWN && monthsAtLeast(period) > 120)
      yield warning("longPeriod", ["staff", part, "period"], { rule: `staff.${part}`, period });
};

// What is collected: needed by somebody for something, and the identity code only on a ground of its own.
import type { Description } from "../schema.ts";
import { error, isIdentityCode, type Lint, own, purposeKind, warning } from "./issue.ts";

/** Data minimisation (GDPR Art. 5(1)(c)): a category serves a purpose, stands in a register, and somebody uses it. */
export const minimisation: Lint = function* (d) {
  for (const [id, category] of Object.entries(d.categories)) {
    const path = ["categories", id];
    const registers = Object.values(d.registers).filter((register) => register.categories.includes(id));
    if (category.purposes.length === 0) yield error("categoryWithoutPurpose", [...path, "purposes"], { category: id });
    else if (registers.length === 0) yield warning("categoryInNoRegister", path, { category: id });
    else if (!isUsed(d, id)) yield error("categoryNobodyNeeds", path, { category: id });
    if (category.systems && registers.some((r) => !r.systems.some((system) => category.systems?.includes(system))))
      yield error("categoryNowhere", [...path, "systems"], { category: id });
  }
  for (const id of Object.keys(d.purposes))
    if (!Object.values(d.categories).some((category) => category.purposes.includes(id)))
      yield warning("purposeUnused", ["purposes", id], { purpose: id });
};

function isUsed(d: Description, id: string): boolean {
  const purposes = own(d.categories, id)?.purposes ?? [];
  const byRole = Object.values(d.roles).some((role) =>
    role.may.some((may) => may.categories.includes(id) && may.purposes.some((purpose) => purposes.includes(purpose))),
  );
  return byRole || Object.values(d.flows).some((flow) => flow.categories.includes(id));
}

const NEVER_WITH_IDENTITY_CODE = new Set(["directMarketing", "offers", "raffle", "feedback"]);
const UNFIT_SOURCES = new Set(["webForm", "raffle", "referral", "email", "message", "event"]);

/** Personal identity code: Data Protection Act (1050/2018) section 29. */
export const identityCode: Lint = function* (d) {
  for (const [id, category] of Object.entries(d.categories)) {
    const path = ["categories", id];
    if (category.type !== "personalIdentityCode") {
      if (category.grounds) yield error("groundsElsewhere", [...path, "grounds"], { category: id });
      continue;
    }
    if (!category.grounds?.length) yield error("identityCodeGround", path, { category: id });
    else if (category.groundWhy === undefined) yield warning("identityCodeWhy", [...path, "grounds"], { category: id });
    if (category.risk === "low") yield error("identityCodeRisk", [...path, "risk"], { category: id });
    for (const [n, purpose] of category.purposes.entries())
      if (NEVER_WITH_IDENTITY_CODE.has(purposeKind(d, purpose) ?? ""))
        yield error("identityCodePurpose", [...path, "purposes", n], { category: id, purpose });
    for (const [n, source] of category.givenBy.entries())
      if (UNFIT_SOURCES.has(own(d.sources, source)?.kind ?? ""))
        yield warning("identityCodeSource", [...path, "givenBy", n], { category: id, source });
  }
  for (const [id, register] of Object.entries(d.registers))
    for (const [n, category] of register.categories.entries())
      if (register.kind === "invoices" && isIdentityCode(d, category))
        yield error("identityCodeOnInvoice", ["registers", id, "categories", n], { category });
  for (const [id, rule] of Object.entries(d.retention))
    for (const [n, category] of rule.categories.entries())
      if (isIdentityCode(d, category) && rule.categories.length > 1)
        yield warning("identityCodeRetention", ["retention", id, "categories", n], { category });
};

// Helpers outside the registers: where backups go, who relays mail, what keeps anchors. They receive what the program sends, so they are declared like any system.
import type { Description } from "../schema.ts";
import { UNKNOWN } from "../terms.ts";
import { error, type Lint, own } from "./issue.ts";

/**
 * A helper says what it does and where it is (GDPR Art. 30(1)(e), Art. 44), is run under an agreement where a processor runs it (Art. 28(3)), holds no
 * register, and a backup of high-risk data stands only where high risk may (Art. 32). A place outside the EEA is `outsideEea`'s to judge.
 */
export const helpers: Lint = function* (d) {
  for (const [id, system] of Object.entries(d.systems)) {
    const path = ["systems", id];
    if (system.kind !== "helper") {
      if (system.serves) yield error("servesElsewhere", [...path, "serves"], { system: id });
      continue;
    }
    if (!system.serves?.length) yield error("helperServesNothing", path, { system: id });
    if (system.location === UNKNOWN) yield error("helperUnplaced", [...path, "location"], { system: id });
    if (isWithoutAgreement(d, system.runBy))
      yield error("helperWithoutAgreement", [...path, "runBy"], { system: id, processor: system.runBy });
    if (system.serves?.includes("backup") && system.highestRisk === "low" && holdsHighRisk(d))
      yield error("helperRisk", [...path, "highestRisk"], { system: id });
  }
  for (const [id, register] of Object.entries(d.registers))
    for (const [n, system] of register.systems.entries())
      if (own(d.systems, system)?.kind === "helper")
        yield error("helperHoldsRegister", ["registers", id, "systems", n], { register: id, system });
};

/** True where a processor runs it and there is no agreement; one of unknown day is one. */
export function isWithoutAgreement(d: Description, runBy: string): boolean {
  return own(d.processors, runBy)?.agreement === "none";
}

/** Some register that the program itself keeps holds a high-risk category, so its backup does too. */
function holdsHighRisk(d: Description): boolean {
  return Object.values(d.registers).some(
    (register) =>
      register.systems.some((system) => own(d.systems, system)?.kind === "builtIn") &&
      register.categories.some((category) => own(d.categories, category)?.risk === "high"),
  );
}

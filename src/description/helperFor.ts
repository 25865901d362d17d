// Whether the description lets the program use an outside helper. Asked at the start, and again whenever another description is in force.
import { Problem } from "../values/problem.ts";
import { isWithoutAgreement } from "./lint/helpers.ts";
import { own } from "./lint/issue.ts";
import { isOutside } from "./lint/systems.ts";
import type { Description } from "./schema.ts";
import { type HelperService, UNKNOWN } from "./terms.ts";

/** The setting that names the helper of a service. */
export const HELPER_SETTING = {
  backup: "BACKUP_SYSTEM",
  relay: "MAIL_SYSTEM",
  anchor: "ANCHOR_SYSTEM",
  timestamp: "TIMESTAMP_SYSTEM",
  signIn: "OIDC_SYSTEM",
} as const satisfies Record<HelperService, string>;

export type HelperRefusal =
  | "helperUnnamed"
  | "helperUndeclared"
  | "helperNotForService"
  | "helperUnplaced"
  | "helperWithoutAgreement"
  | "helperOutside";

/**
 * "ok" where the system is a declared helper for the service, with a location, an agreement if a processor runs it (GDPR Art. 28(3)), and a safeguard
 * if it is outside the EEA (Art. 44–49); else the code of the `Problem` that says what is missing.
 */
export function helperFor(d: Description, systemId: string, service: HelperService): "ok" | HelperRefusal {
  if (systemId === "") return "helperUnnamed";
  const system = own(d.systems, systemId);
  if (!system) return "helperUndeclared";
  if (system.kind !== "helper" || !system.serves?.includes(service)) return "helperNotForService";
  if (system.location === UNKNOWN) return "helperUnplaced";
  if (isWithoutAgreement(d, system.runBy)) return "helperWithoutAgreement";
  if (isOutside(system.location) && system.safeguard === undefined) return "helperOutside";
  return "ok";
}

/** Throws the `Problem` that names the setting, the systems that would do and the way out; for the start, before anything is made or sent anywhere. */
export function expectHelper(d: Description, systemId: string, service: HelperService): void {
  const found = helperFor(d, systemId, service);
  if (found === "ok") return;
  const fitting = Object.keys(d.systems).filter((id) => helperFor(d, id, service) === "ok");
  const facts = { name: HELPER_SETTING[service], system: systemId, service };
  throw new Problem(found, 500, { ...facts, fitting: fitting.join(", ") || "none" });
}

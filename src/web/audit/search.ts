import { isUuid } from "../../values/Uuid.ts";

export const decisions = ["allowed", "refused"] as const;
export type AuditSearch = { subject?: string; decision?: (typeof decisions)[number] };

/** What the address says of the log; anything else in it is as if it said nothing. */
export function auditSearch({ subject, decision }: Record<string, unknown>): AuditSearch {
  const known = decisions.find((each) => each === decision);
  return {
    ...(typeof subject === "string" && isUuid(subject) && { subject }),
    ...(known && { decision: known }),
  };
}

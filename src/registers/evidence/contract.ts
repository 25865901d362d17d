import { z } from "zod";
import { contract } from "../../api/contract.ts";

export const AuditEvent = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  actor: z.string(),
  /** The colleague's or the program's name, for staff. */
  actorName: z.string().optional(),
  actorKind: z.string(),
  roles: z.array(z.string()),
  verb: z.string(),
  register: z.string(),
  subjects: z.array(z.uuid()),
  purpose: z.string().nullable(),
  categories: z.array(z.string()),
  flow: z.string().nullable(),
  channel: z.string().nullable(),
  right: z.string().nullable(),
  decision: z.enum(["allowed", "refused"]),
  reason: z.string().nullable(),
  place: z.string(),
  version: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

export const listAuditEvents = contract({
  method: "GET",
  path: "/audit-events",
  summary: "What has been done and refused, newest first",
  act: { keeps: "audit", verb: "read" },
  query: z.object({
    subject: z.uuid().optional(),
    decision: z.enum(["allowed", "refused"]).optional(),
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  response: z.object({ items: z.array(AuditEvent), next: z.number().int().optional() }),
});

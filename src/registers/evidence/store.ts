// The log of acts as a page of it is read: newest first, of one subject or all.
import type { z } from "zod";
import { isRefused, names } from "../../db/fragments.ts";
import type { WritingGrant } from "../../gate/gate.ts";
import { addDays, parseDay, startInHelsinki } from "../../values/Day.ts";
import type { listAuditEvents as contract } from "./contract.ts";

export type EvidenceGrant = WritingGrant<"evidence", "change">;
type Asked = z.output<NonNullable<typeof contract.query>>;
type Answer = z.input<typeof contract.response>;

const EQUAL = ["actor", "verb", "register", "flow", "purpose"] as const;

export async function listAuditEvents(grant: EvidenceGrant, asked: Asked): Promise<Answer> {
  const { subject, source, decision, own, before, limit, from, to } = asked;
  let query = grant.selectFrom("audit_event").selectAll();
  if (decision === "refused") query = query.where(isRefused("decision"));
  else if (decision !== undefined) query = query.where("decision", "=", decision);
  if (own === "hidden") query = query.where("actor_kind", "<>", "system");
  for (const column of EQUAL) {
    const value = asked[column];
    if (value !== undefined) query = query.where(column, "=", value);
  }
  if (source !== undefined) query = query.where("channel", "=", source).where("flow", "is", null);
  if (from !== undefined) query = query.where("at", ">=", startInHelsinki(parseDay(from)));
  if (to !== undefined) query = query.where("at", "<", startInHelsinki(addDays(parseDay(to), 1)));
  // Without the fence PostgreSQL would look for the subject, or the days, from the newest event on, through the whole log where there are few.
  if (subject !== undefined) query = query.where(names("subjects", subject)).offset(0);
  else if (from !== undefined && to !== undefined) query = query.offset(0);
  let page = grant
    .around(query, "found")
    .selectAll()
    .orderBy("id", "desc")
    .limit(limit + 1);
  if (before !== undefined) page = page.where("id", "<", before);
  const rows = await page.execute();
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    actorKind: row.actor_kind,
    roles: row.roles,
    verb: row.verb,
    register: row.register,
    subjects: row.subjects,
    purpose: row.purpose,
    categories: row.categories,
    flow: row.flow,
    channel: row.channel,
    right: row.right_kind,
    decision: row.decision === "allowed" ? ("allowed" as const) : ("refused" as const),
    reason: row.reason,
    place: row.place,
    version: row.version,
  }));
  const last = items.at(-1);
  return rows.length > limit && last ? { items, next: last.id } : { items };
}

/** Answers to repeated requests are kept a day. */
export async function clearIdempotency(grant: EvidenceGrant): Promise<void> {
  const dayAgo = new Date(grant.at.getTime() - 24 * 3600_000);
  await grant.delete("idempotency").where("at", "<", dayAgo).execute();
}

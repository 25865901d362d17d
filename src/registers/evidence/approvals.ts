// More people than a day allows: asked by one, allowed by another. State as rows, with who and when.
import type { Caller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import type { Day } from "../../values/Day.ts";
import { APPROVAL_MS } from "../../values/safety.ts";
import { newId } from "../../values/Uuid.ts";
import { asRetention } from "./asRetention.ts";

export type Asked = {
  id: string;
  register: string;
  people: number;
  dueBy: string;
  version: string;
  askedBy: string;
  askedAt: Date;
  approvedBy: string | null;
  approvedAt: Date | null;
  validUntil: Date | null;
};

const PLACE = "retention.approval";
const MOST = 100;

/** One question a register: asked again it is a new question, by whoever asked last. Answers its id. */
export const askMore = (
  gate: Gate,
  by: Caller,
  { register, people, dueBy }: { register: string; people: number; dueBy: Day },
): Promise<string> =>
  gate.serving(by, { register: "evidence", verb: "change", place: PLACE }, async (grant) => {
    const { version } = gate.inForce().description;
    const asked = { people, due_by: dueBy, version, asked_by: by.actor.id, asked_at: grant.at };
    const row = await grant
      .insert("retention_approval", { id: newId(grant.at), register, ...asked })
      .onConflict((conflict) => conflict.column("register").where("approved_at", "is", null).doUpdateSet(asked))
      .returning("id")
      .executeTakeFirstOrThrow();
    return row.id;
  });

/** Writes the approval down; until when it counts. null where somebody has approved or asked anew meanwhile. */
export const allowMore = (gate: Gate, by: Caller, { id, askedAt }: Asked): Promise<Date | null> =>
  gate.serving(by, { register: "evidence", verb: "change", place: PLACE }, async (grant) => {
    const until = new Date(grant.at.getTime() + APPROVAL_MS);
    const done = await grant
      .update("retention_approval")
      .set({ approved_by: by.actor.id, approved_at: grant.at, valid_until: until })
      .where("id", "=", id)
      .where("approved_at", "is", null)
      .where("asked_at", "=", askedAt)
      .executeTakeFirst();
    return done.numUpdatedRows > 0n ? until : null;
  });

/** What waits, and what counts now; the newest first. */
export const approvals = (gate: Gate): Promise<Asked[]> =>
  asRetention(gate, "change", async (grant) => {
    const rows = await grant
      .selectFrom("retention_approval")
      .selectAll()
      .where((where) => where.or([where("approved_at", "is", null), where("valid_until", ">", grant.at)]))
      .orderBy("asked_at", "desc")
      .limit(MOST)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      register: row.register,
      people: row.people,
      dueBy: row.due_by,
      version: row.version,
      askedBy: row.asked_by,
      askedAt: row.asked_at,
      approvedBy: row.approved_by,
      approvedAt: row.approved_at,
      validUntil: row.valid_until,
    }));
  });

/** Ends under a rule, by the day through which they were shown to a person at least so long ago, under the version in force. */
export const shownSince = (gate: Gate, before: Date): Promise<ReadonlyMap<string, string>> =>
  asRetention(gate, "change", async (grant) => {
    const rows = await grant
      .selectFrom("retention_shown")
      .select((eb) => ["rule", eb.fn.max("through").as("through")])
      .where("version", "=", gate.inForce().description.version)
      .where("shown_at", "<=", before)
      .groupBy("rule")
      .execute();
    return new Map(rows.map(({ rule, through }) => [rule, through]));
  });

/** The ends of these rules have been shown to a person; the first time of each day counts. */
export const noteShown = (gate: Gate, by: Caller, rules: readonly string[], through: Day): Promise<void> =>
  asRetention(gate, "change", async (grant) => {
    if (rules.length === 0) return;
    const { version } = gate.inForce().description;
    const rows = rules.map((rule) => ({ rule, through, version, shown_at: grant.at, shown_by: by.actor.id }));
    await grant
      .insert("retention_shown", rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });

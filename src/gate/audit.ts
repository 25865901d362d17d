// One row an act: who, on what ground, whose, under which version; never the values. Changes write it in their own transaction,
// reads gather: their rows go together in one commit, and no answer leaves before it.
import { sql } from "kysely";
import type { Db, Tx } from "../db/connect.ts";
import type { Description } from "../description/schema.ts";
import type { Allowed, Refusal } from "../policy/decide.ts";
import { Problem } from "../values/problem.ts";
import type { Caller } from "./caller.ts";

export type AuditEvent = {
  actor: string;
  actor_kind: string;
  roles: readonly string[];
  verb: string;
  register: string;
  subjects: readonly string[];
  purpose: string | null;
  categories: readonly string[];
  flow: string | null;
  channel: string | null;
  right_kind: string | null;
  decision: "allowed" | "refused";
  reason: string | null;
  place: string;
  version: string;
  request_id: string;
  /** The reason a person gave, sealed under the subject's own key, in hex with PostgreSQL's \\x: it ends with what it explains. */
  sealed_why: string | null;
  /** SHA-256 of a document that the event is about, in hex as above: the log proves the document together with its event. */
  digest: string | null;
};

/** `channel`: of a flow the channel it goes by, of what is written down without one the source it came by. `digest`: SHA-256 (32 bytes) of a document that the act is about. */
export type About = {
  verb: string;
  register: string;
  flow?: string;
  channel?: string | undefined;
  right?: string;
  digest?: Uint8Array;
};

/** Refusals of what was sent or how, not of what the description allows; `hidden`: there is no such subject for this caller. */
export type EarlyReason = "tooLarge" | "invalid" | "tooMany" | "crossSite" | "signIn" | "freshSignIn" | "hidden";
type Judged = Allowed | (Omit<Refusal, "reason"> & { reason: Refusal["reason"] | EarlyReason });

/** The log holds only words of the description: what a caller wrote as a purpose or a category may be anything, a name too. */
export function eventOf(
  caller: Caller,
  description: Description,
  about: About,
  judged: Judged,
  subjects: readonly string[],
  sealedWhy?: Buffer,
): AuditEvent {
  const { actor } = caller;
  const allowed = judged.outcome === "allowed";
  const category = allowed ? undefined : known(description.categories, judged.category);
  return {
    actor: actor.id,
    actor_kind: actor.kind,
    roles: "roles" in actor ? actor.roles : [],
    verb: about.verb,
    register: about.register,
    subjects,
    purpose: allowed ? judged.purpose : (known(description.purposes, caller.purpose) ?? null),
    categories: allowed ? judged.categories : category === undefined ? [] : [category],
    flow: about.flow ?? null,
    channel: about.channel ?? null,
    right_kind: about.right ?? null,
    decision: judged.outcome,
    reason: allowed ? null : judged.reason,
    place: judged.place,
    version: description.version,
    request_id: caller.requestId,
    sealed_why: sealedWhy === undefined ? null : hex(sealedWhy),
    digest: about.digest === undefined ? null : hex(about.digest),
  };
}

const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString("hex")}`;

/** The id, where the description has it. */
export const known = (of: Readonly<Record<string, unknown>>, id: string | undefined): string | undefined =>
  id !== undefined && Object.hasOwn(of, id) ? id : undefined;

export async function writeAudit(db: Db | Tx, events: readonly AuditEvent[]): Promise<void> {
  await sql`insert into audit_event (actor, actor_kind, roles, verb, register, subjects, purpose, categories, flow, channel, right_kind,
      decision, reason, place, version, request_id, sealed_why, digest)
    select actor, actor_kind, roles, verb, register, subjects, purpose, categories, flow, channel, right_kind,
      decision, reason, place, version, request_id, sealed_why, digest
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e(actor text, actor_kind text, roles text[], verb text, register text,
      subjects uuid[], purpose text, categories text[], flow text, channel text, right_kind text,
      decision text, reason text, place text, version text, request_id text, sealed_why bytea, digest bytea)`.execute(
    db,
  );
}

/** Resolves when the event is durable. While one commit is under way the next events wait together. */
export type AuditBatch = (event: AuditEvent) => Promise<void>;

type Waiting = { event: AuditEvent; done: () => void; failed: (error: Problem) => void };

export function openAuditBatch(db: Db): AuditBatch {
  let waiting: Waiting[] = [];
  let busy = false;
  const MOST = 500;

  async function flush(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      try {
        await writeAudit(
          db,
          batch.map(({ event }) => event),
        );
        for (const { done } of batch) done();
      } catch {
        // One event that PostgreSQL will not take must not keep the others' answers.
        await Promise.all(batch.map(alone));
      }
    }
    busy = false;
  }

  async function alone({ event, done, failed }: Waiting): Promise<void> {
    try {
      await writeAudit(db, [event]);
      done();
    } catch {
      // An act that cannot be written down does not happen: the caller's answer is withheld.
      failed(new Problem("auditUnavailable", 503));
    }
  }

  return (event) =>
    new Promise((done, failed) => {
      waiting.push({ event, done, failed });
      if (!busy) void flush();
    });
}

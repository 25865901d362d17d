// The tables of the tree. Every hash is written once and never changed; the position alone moves.
import { instant, isOneOf, settledAfter } from "../../../db/fragments.ts";
import type { WritingGrant } from "../../../gate/gate.ts";
import type { Hash, Subtree } from "../../../keys/tree.ts";
import type { LogEvent } from "./event.ts";

export type LogGrant = WritingGrant<"evidence", "change">;
export type Position = { size: number; xid: string; event_id: number; dropped: number };
export type Leaf = { index: number; event_id: number; hash: Hash };
export type Node = Subtree & { hash: Hash };
export type StoredCheckpoint = {
  number: number;
  size: number;
  root: Hash;
  dropped: number;
  at: Date;
  public_key: Buffer;
  note: string;
};
export type AnchorRow = { sink: string; checkpoint: number; at: Date };

const POSITION = ["size", "xid", "event_id", "dropped"] as const;

export const position = (grant: LogGrant): Promise<Position> =>
  grant.selectFrom("log_position").select(POSITION).executeTakeFirstOrThrow();

/** Whoever holds it is the one writer, until the transaction ends. */
export const lockPosition = (grant: LogGrant): Promise<Position> =>
  grant.selectFrom("log_position").select(POSITION).forUpdate().executeTakeFirstOrThrow();

const EVENT = [
  "actor",
  "actor_kind",
  "categories",
  "channel",
  "decision",
  "digest",
  "flow",
  "id",
  "place",
  "purpose",
  "reason",
  "register",
  "request_id",
  "right_kind",
  "roles",
  "sealed_why",
  "subjects",
  "verb",
  "version",
] as const;

const events = (grant: LogGrant) =>
  grant
    .selectFrom("audit_event")
    .select(EVENT.map((column) => `audit_event.${column}` as const))
    .select(instant("audit_event.at").as("at"));
type EventRow = Awaited<ReturnType<ReturnType<typeof events>["execute"]>>[number];

const logEvent = ({ actor_kind, request_id, right_kind, sealed_why, digest, ...row }: EventRow): LogEvent => ({
  ...row,
  actorKind: actor_kind,
  requestId: request_id,
  right: right_kind,
  sealedWhy: sealed_why?.toString("hex") ?? null,
  digest: digest?.toString("hex") ?? null,
});

/**
 * Events after the position whose turn it is, in the order of the tree: those of transactions before which none is under way any more. Whether
 * one has its leaf already (put back by a restore) is asked of each by itself: joined, PostgreSQL would read all leaves.
 */
function waiting(grant: LogGrant, after: Position) {
  return events(grant)
    .where(settledAfter("audit_event.xid", "audit_event.id", { xid: after.xid, id: after.event_id }))
    .where((eb) =>
      eb(
        eb.selectFrom("log_leaf").select("log_leaf.index").whereRef("log_leaf.event_id", "=", "audit_event.id"),
        "is",
        null,
      ),
    )
    .orderBy("audit_event.xid")
    .orderBy("audit_event.id");
}

export async function anyWaiting(grant: LogGrant, after: Position): Promise<boolean> {
  return (await waiting(grant, after).limit(1).execute()).length > 0;
}

export async function takeWaiting(
  grant: LogGrant,
  after: Position,
  most: number,
): Promise<{ event: LogEvent; xid: string }[]> {
  const rows = await waiting(grant, after).select("audit_event.xid").limit(most).execute();
  return rows.map(({ xid, ...row }) => ({ event: logEvent(row), xid }));
}

export async function addLeaves(grant: LogGrant, leaves: readonly Leaf[], nodes: readonly Node[]): Promise<void> {
  if (leaves.length > 0) await grant.insert("log_leaf", leaves).execute();
  if (nodes.length > 0)
    await grant
      .insert("log_node", nodes)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

export async function moveTo(grant: LogGrant, { size, xid, event_id }: Omit<Position, "dropped">): Promise<void> {
  await grant.update("log_position").set({ size, xid, event_id }).execute();
}

/** Leaves from `start` up to and without `end`, in order. */
export const leavesIn = (grant: LogGrant, { start, end }: { start: number; end: number }): Promise<Leaf[]> =>
  grant
    .selectFrom("log_leaf")
    .select(["index", "event_id", "hash"])
    .where("index", ">=", start)
    .where("index", "<", end)
    .orderBy("index")
    .execute();

export const leafOfEvent = (grant: LogGrant, event: number): Promise<Leaf | undefined> =>
  grant.selectFrom("log_leaf").select(["index", "event_id", "hash"]).where("event_id", "=", event).executeTakeFirst();

/** Entries that are still there, by their ids. */
export async function eventsOf(grant: LogGrant, ids: readonly number[]): Promise<Map<number, LogEvent>> {
  const rows = await events(grant).where(isOneOf("audit_event.id", ids)).execute();
  return new Map(rows.map((row) => [row.id, logEvent(row)]));
}

export const nodesIn = (
  grant: LogGrant,
  { level, start, end }: { level: number; start: number; end: number },
): Promise<{ hash: Hash }[]> =>
  grant
    .selectFrom("log_node")
    .select("hash")
    .where("level", "=", level)
    .where("index", ">=", start)
    .where("index", "<", end)
    .orderBy("index")
    .execute();

/** How many nodes of a level there are, without a gap. */
export async function nodesAt(grant: LogGrant, level: number): Promise<number> {
  const last = await grant
    .selectFrom("log_node")
    .select("index")
    .where("level", "=", level)
    .orderBy("index", "desc")
    .limit(1)
    .executeTakeFirst();
  return last === undefined ? 0 : last.index + 1;
}

const checkpoints = (grant: LogGrant) =>
  grant.selectFrom("log_checkpoint").select(["number", "size", "root", "dropped", "at", "public_key", "note"]);

export const newestCheckpoint = (grant: LogGrant): Promise<StoredCheckpoint | undefined> =>
  checkpoints(grant).orderBy("number", "desc").limit(1).executeTakeFirst();

/** Those after the number, oldest first, at most `most`. */
export const checkpointsAfter = (grant: LogGrant, number: number, most: number): Promise<StoredCheckpoint[]> =>
  checkpoints(grant).where("number", ">", number).orderBy("number").limit(most).execute();

export async function addCheckpoint(grant: LogGrant, checkpoint: StoredCheckpoint): Promise<void> {
  await grant.insert("log_checkpoint", checkpoint).execute();
}

export async function addAnchor(grant: LogGrant, anchor: AnchorRow): Promise<void> {
  await grant
    .insert("log_anchor", anchor)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export const newestAnchorOf = (grant: LogGrant, sink: string): Promise<AnchorRow | undefined> =>
  grant
    .selectFrom("log_anchor")
    .select(["sink", "checkpoint", "at"])
    .where("sink", "=", sink)
    .orderBy("checkpoint", "desc")
    .limit(1)
    .executeTakeFirst();

/** Newest first, with what the checkpoint says. */
export const anchorsKnown = (grant: LogGrant, most: number) =>
  grant
    .selectFrom("log_anchor")
    .innerJoin("log_checkpoint", "log_checkpoint.number", "log_anchor.checkpoint")
    .select(["log_anchor.sink", "log_anchor.at", "log_checkpoint.size", "log_checkpoint.root", "log_checkpoint.number"])
    .orderBy("log_anchor.checkpoint", "desc")
    .limit(most)
    .execute();

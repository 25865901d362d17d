import type { Serve } from "../../api/serve.ts";
import type { Caller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import type { Names } from "../names.ts";
import {
  exportCheckpoints,
  exportLog,
  listAuditEvents,
  proveEvent,
  readLogHead,
  type SignedCheckpoint,
  signLog,
  verifyLog,
} from "./contract.ts";
import { anchorLine, anchorOf, listAnchors } from "./log/anchors.ts";
import { checkpointsSince, keysOfLog } from "./log/checkpoints.ts";
import { entryLine } from "./log/event.ts";
import { evidenceLogOf } from "./log/evidenceLog.ts";
import type { InclusionProof } from "./log/proofs.ts";
import type { StoredCheckpoint } from "./log/store.ts";
import * as store from "./store.ts";

export function evidenceRoutes(serve: Serve, gate: Gate, names: Names): void {
  serve(listAuditEvents, async (_, { query }, { caller }) => {
    const ask = { register: "evidence", verb: "read", place: "roles" } as const;
    const page = await gate.serving(caller, ask, (grant) => store.listAuditEvents(grant, query));
    const known = await names(
      caller,
      page.items.map(({ actor }) => actor),
    );
    const items = page.items.map((event) => {
      const actorName = known.get(event.actor);
      return actorName === undefined ? event : { ...event, actorName };
    });
    return { ...page, items };
  });

  const log = evidenceLogOf(gate);
  /** Looking into the log is written into it. */
  const noted = (caller: Caller, verb: "read" | "change") =>
    gate.serving(caller, { register: "evidence", verb, place: "roles" }, async () => undefined);

  serve(readLogHead, async () => {
    const { origin, size, waiting, checkpoint } = await log.head();
    const [keys, anchors] = [await keysOfLog(gate), await listAnchors(gate)];
    return { origin, size, waiting, keys, anchors, checkpoint: checkpoint ? told(checkpoint) : null };
  });
  serve(signLog, async (_, __, { caller }) => {
    await noted(caller, "change");
    return told(await log.checkpoint());
  });
  serve(proveEvent, async (_, { params }, { caller }) => {
    await noted(caller, "read");
    return copied(await log.inclusionOf(params.id));
  });
  const alone = { perMinute: 6 };
  serve(
    verifyLog,
    async (_, { body }, { caller }) => {
      await noted(caller, "read");
      await log.sequence();
      return log.verify(body.anchors);
    },
    alone,
  );
  serve(
    exportLog,
    async (_, { query: { subject, size } }, { caller, reply }) => {
      await noted(caller, "read");
      const end = size ?? (await log.checkpoint()).size;
      reply.header("content-disposition", 'attachment; filename="entries.jsonl"');
      return entryLines(gate, { end, subject });
    },
    alone,
  );
  serve(
    exportCheckpoints,
    async (_, { query: { size } }, { reply }) => {
      reply.header("content-disposition", 'attachment; filename="checkpoints.txt"');
      return notes(gate, size ?? Number.POSITIVE_INFINITY);
    },
    alone,
  );
}

const told = (checkpoint: StoredCheckpoint): SignedCheckpoint => {
  const { size, root, at, note } = anchorOf(checkpoint);
  const { dropped } = checkpoint;
  return {
    size,
    root: root.toString("hex"),
    at: at.toISOString(),
    dropped,
    note,
    line: anchorLine({ size, root, at }),
  };
};

const copied = ({ event, ...proof }: InclusionProof) => ({
  ...proof,
  event: event && {
    ...event,
    categories: [...event.categories],
    roles: [...event.roles],
    subjects: [...event.subjects],
  },
});

async function* entryLines(gate: Gate, which: { end: number; subject: string | undefined }): AsyncGenerator<string> {
  for await (const { index, hash, event } of evidenceLogOf(gate).entries(0, which))
    yield `${entryLine({ index, hash, event })}\n`;
}

async function* notes(gate: Gate, most: number): AsyncGenerator<string> {
  for await (const { note, size } of checkpointsSince(gate)) if (size <= most) yield `${note}\n`;
}

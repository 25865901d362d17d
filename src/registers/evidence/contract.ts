import { z } from "zod";
import { contract, lines } from "../../api/contract.ts";
import { Verb } from "../../description/terms.ts";
import { isDay } from "../../values/Day.ts";

/** The id of an element of the description, of an actor, or the name of a system's work. */
const Name = z.string().min(1).max(80);
const DayText = z.string().refine(isDay);

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
  /** Of a flow its channel; of what was written down without one, the source it came by. */
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
    actor: Name.optional(),
    verb: Verb.optional(),
    register: Name.optional(),
    flow: Name.optional(),
    /** What was written down as having come by this source. */
    source: Name.optional(),
    purpose: Name.optional(),
    /** `hidden`: without what the program did by itself. */
    own: z.enum(["hidden", "shown"]).default("shown"),
    /** Days in Finland, both included. */
    from: DayText.optional(),
    to: DayText.optional(),
    before: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  response: z.object({ items: z.array(AuditEvent), next: z.number().int().optional() }),
});

/** A checkpoint's size: entries and checkpoints asked for with the same one belong together, whatever is signed in between. */
const Size = z.coerce.number().int().min(1);
const Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** An entry of the tree; its JSON with names in order and no blanks is what its hash is of. */
const LogEvent = z.object({
  actor: z.string(),
  actorKind: z.string(),
  at: z.string(),
  categories: z.array(z.string()),
  channel: z.string().nullable(),
  decision: z.string(),
  digest: Hex.nullable(),
  flow: z.string().nullable(),
  id: z.number().int(),
  place: z.string(),
  purpose: z.string().nullable(),
  reason: z.string().nullable(),
  register: z.string(),
  requestId: z.string(),
  right: z.string().nullable(),
  roles: z.array(z.string()),
  sealedWhy: z.string().nullable(),
  subjects: z.array(z.string()),
  verb: z.string(),
  version: z.string(),
});

/** `note`: as it is given to others. `line`: for print. */
const SignedCheckpoint = z.object({
  size: z.number().int(),
  root: Hex,
  at: z.iso.datetime(),
  dropped: z.number().int(),
  note: z.string(),
  line: z.string(),
});
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>;

export const readLogHead = contract({
  method: "GET",
  path: "/evidence/head",
  summary: "How far the evidence log has come, its newest checkpoint, its keys, and where its anchors stand",
  act: { keeps: "audit", verb: "read" },
  response: z.object({
    origin: z.string(),
    size: z.number().int(),
    /** Entries that no checkpoint has signed yet. */
    waiting: z.number().int(),
    keys: z.array(z.string()),
    checkpoint: SignedCheckpoint.nullable(),
    anchors: z.array(z.object({ sink: z.string(), at: z.iso.datetime(), size: z.number().int(), root: Hex })),
  }),
});

export const signLog = contract({
  method: "POST",
  path: "/evidence/checkpoints",
  summary: "Sign a checkpoint of everything up to now, and put it to the anchors",
  act: { keeps: "audit", verb: "change" },
  response: SignedCheckpoint,
});

export const proveEvent = contract({
  method: "GET",
  path: "/audit-events/:id/proof",
  summary: "Proof that the event stands in the log, as scripts/verify.mjs takes it",
  act: { keeps: "audit", verb: "read" },
  params: z.object({ id: z.coerce.number().int().min(1) }),
  response: z.object({
    kind: z.literal("inclusion"),
    index: z.number().int(),
    hash: Hex,
    /** null: dropped at the end of its period; the hash stays. */
    event: LogEvent.nullable(),
    path: z.array(Hex),
    checkpoint: z.string(),
  }),
});

export const verifyLog = contract({
  method: "POST",
  path: "/evidence/verification",
  summary: "Compute the whole log anew and compare it with its checkpoints and with anchors that were kept outside",
  act: { keeps: "audit", verb: "read" },
  /** Texts of anchor files, or lines of letters. */
  body: z.object({ anchors: z.array(z.string().max(300_000)).max(50).default([]) }),
  response: z.object({
    entries: z.number().int(),
    signed: z.number().int(),
    dropped: z.number().int(),
    checkpoints: z.number().int(),
    anchors: z.number().int(),
    bad: z
      .object({
        what: z.enum([
          "entryChanged",
          "entryMissing",
          "entryWithheld",
          "rewritten",
          "forged",
          "rolledBack",
          "unsigned",
        ]),
        index: z.number().int(),
        until: z.number().int().optional(),
      })
      .nullable(),
  }),
});

export const exportLog = contract({
  method: "GET",
  path: "/evidence/entries",
  summary:
    "entries.jsonl of the log up to its newest checkpoint; of one subject, the others' entries are withheld and their hashes stay",
  act: { keeps: "audit", verb: "read" },
  fresh: true,
  query: z.object({ subject: z.uuid().optional(), size: Size.optional() }),
  response: lines,
  media: "application/x-ndjson",
});

export const exportCheckpoints = contract({
  method: "GET",
  path: "/evidence/checkpoints",
  summary: "checkpoints.txt of the log: every signed checkpoint, oldest first",
  act: { keeps: "audit", verb: "read" },
  query: z.object({ size: Size.optional() }),
  response: lines,
  media: "text/plain",
});

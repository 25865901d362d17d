import { z } from "zod";
import { contract } from "../api/contract.ts";

const moment = z.iso.datetime();

/**
 * Steps of a drill in their order: looking at what stands at the target, bringing the copy up, carrying out again what was erased since, holding it against
 * the living register, taking the folder away.
 */
export const DrillStep = z.enum(["looking", "bringingUp", "erasingAgain", "comparing", "clearing"]);
export type DrillStep = z.infer<typeof DrillStep>;

/** What a drill counted. Nothing of a person. */
export const DrillFacts = z.object({
  /** The last moment that was in the copy. */
  until: moment,
  /** Rows, and tables, in the copy that was brought up. */
  rows: z.number().int(),
  tables: z.number().int(),
  invoices: z.number().int(),
  /** Sealed values opened by the keys that are in use now. */
  opened: z.number().int(),
  /** Erasures looked for in the copy: neither readable nor there. */
  erased: z.number().int(),
  /** Entries of the evidence log, verified against `anchors` checkpoints that stand outside. */
  entries: z.number().int(),
  anchors: z.number().int(),
  seconds: z.number().int(),
});
export type DrillFacts = z.infer<typeof DrillFacts>;

/** What the sentence of a problem names: folders, files, numbers; empty where it was not kept. */
const ProblemFacts = z.record(z.string(), z.union([z.string(), z.number()]));

/** `problem`: code of a sentence in `problems`; null when it went well. `facts`: of a drill that went well. */
export const Run = z.object({
  startedAt: moment,
  finishedAt: moment,
  /** Of the base copy that was made or restored. */
  name: z.string().nullable(),
  bytes: z.number().int().nullable(),
  problem: z.string().nullable(),
  problemFacts: ProblemFacts,
  facts: DrillFacts.nullable(),
});
export type Run = z.infer<typeof Run>;

/**
 * What stands at the target now, by what it is, and how many days it is kept at most. `database`: base copies; `writeAheadLog`: every change since the oldest;
 * `keyring`: the keys without the root key; `journal`: what a restore must know of erasures and prohibitions.
 */
export const KeptCopies = z.object({
  what: z.enum(["database", "writeAheadLog", "keyring", "journal"]),
  count: z.number().int(),
  oldestAt: moment.nullable(),
  newestAt: moment.nullable(),
  days: z.number().int(),
});
export type KeptCopies = z.infer<typeof KeptCopies>;

export const Backups = z.object({
  /** null: no target is set, and nothing is copied or drilled. */
  target: z.object({ dir: z.string(), system: z.string() }).nullable(),
  /** The database is the operator's own: its copies and their drills too. The keyring's copies are ours. */
  operators: z.boolean(),
  lastBase: z.object({ at: moment, name: z.string(), bytes: z.number().int() }).nullable(),
  lastAttempt: z.object({ at: moment, problem: z.string().nullable(), problemFacts: ProblemFacts }).nullable(),
  /** `lagSeconds`: what is newer may be lost with the machine, and up to 40 seconds more. null where the log is not archived. */
  log: z
    .object({ shippedAt: moment.nullable(), waiting: z.number().int(), lagSeconds: z.number().int().nullable() })
    .nullable(),
  journal: z.object({ at: moment.nullable(), ageSeconds: z.number().int().nullable() }),
  keyring: z.object({ at: moment.nullable(), ageSeconds: z.number().int().nullable() }),
  /** Moments before the next base copy cannot be restored to. */
  gap: z.boolean(),
  /** Code of a sentence in `problems`. */
  trouble: z.string().nullable(),
  troubleFacts: ProblemFacts,
  nextBaseAt: moment.nullable(),
  nextDrillAt: moment.nullable(),
  /** Empty where the target is away. */
  kept: z.array(KeptCopies),
  /** Base copies at the target, newest first, each with the day by which it is gone at the latest. */
  bases: z.array(z.object({ name: z.string(), at: moment, bytes: z.number().int(), goneBy: z.iso.date() })),
  drill: z.object({
    /** `nothing`: there is nothing to drill; `never`: none has been yet; `late`: the newest good one is older than 48 hours. */
    state: z.enum(["nothing", "never", "good", "failed", "late"]),
    /** Newest first, at most ten. */
    last: z.array(Run),
  }),
  /** What is under way now; ask again in a second or two. */
  copying: z.object({ since: moment }).nullable(),
  drilling: z.object({ since: moment, step: DrillStep }).nullable(),
});
export type Backups = z.infer<typeof Backups>;

export const readBackups = contract({
  method: "GET",
  path: "/backups",
  summary: "How the copies stand, what is kept until when, and the last drills",
  act: { keeps: "backups", verb: "read" },
  response: Backups,
});

export const copyNow = contract({
  method: "POST",
  path: "/backups",
  summary: "Begin a copy now; its end is seen by asking how the copies stand",
  act: { keeps: "backups", verb: "change" },
  response: Backups,
  status: 202,
});

export const drillNow = contract({
  method: "POST",
  path: "/backups/drill",
  summary: "Begin a drill now: the newest copy is restored beside the register and held against it",
  act: { keeps: "backups", verb: "change" },
  response: Backups,
  status: 202,
});

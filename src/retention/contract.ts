import { z } from "zod";
import { contract } from "../api/contract.ts";

/** What is due, as counts and ids: no values. Preview and run are the same computation. */
export const Due = z.object({
  day: z.iso.date(),
  /** At most this many subjects of a register a day; more waits for the next day or a second person. */
  items: z.array(
    z.object({
      register: z.string(),
      subjectId: z.uuid(),
      rule: z.string(),
      categories: z.array(z.string()),
      dueOn: z.iso.date(),
      atEnd: z.enum(["erase", "restrict", "anonymise"]),
      /** A contact person whose organisation has gone, or goes now: nothing is left that they were kept for. */
      because: z.literal("organisationGone").optional(),
    }),
  ),
  held: z.array(z.object({ register: z.string(), subjectId: z.uuid(), hold: z.string() })),
  /** `limit`: of today, with what a second person has allowed; `shown`: ends of a draw that were shown a day ago and are not counted. */
  limits: z.array(
    z.object({
      register: z.string(),
      people: z.number().int(),
      limit: z.number().int(),
      due: z.number().int(),
      shown: z.number().int().optional(),
    }),
  ),
  /** Ends of a draw, everybody at once: `free` where they were shown a day ago, so that the limit does not count them. */
  draws: z.array(z.object({ register: z.string(), rule: z.string(), people: z.number().int(), free: z.boolean() })),
  clock: z.enum(["ok", "jumped"]),
  /** Why the clock is not believed, what it says, and the moment last believed. */
  doubt: z
    .object({
      why: z.enum(["ahead", "behind", "beforeLog"]),
      now: z.iso.datetime(),
      seenAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** Until then nothing is erased by itself. */
  pause: z.object({ why: z.enum(["firstStart", "import", "restore"]), until: z.iso.datetime() }).nullable(),
});
export type Due = z.infer<typeof Due>;

export const previewRetention = contract({
  method: "GET",
  path: "/retention/preview",
  summary: "What has come to its end and would be erased today",
  act: { keeps: "retention", verb: "read" },
  response: Due,
});

export const countDue = contract({
  method: "GET",
  path: "/retention/count",
  summary: "How many people would lose something today, and why nothing goes where it does not",
  act: { keeps: "retention", verb: "read" },
  response: Due.pick({ doubt: true, pause: true }).extend({ people: z.number().int() }),
});

export const DueRun = Due.extend({ erased: z.number().int() });
export const runRetention = contract({
  method: "POST",
  path: "/retention/run",
  summary: "Erase what has come to its end",
  act: { keeps: "retention", verb: "change" },
  fresh: true,
  response: DueRun,
});

export const confirmClock = contract({
  method: "POST",
  path: "/retention/clock",
  summary: "Say that the server's clock is right, after looking at it",
  act: { keeps: "retention", verb: "change" },
  response: z.object({ clock: z.literal("ok") }),
});

export const endPause = contract({
  method: "POST",
  path: "/retention/pause/end",
  summary: "End early the time in which retention only shows what it would do",
  act: { keeps: "retention", verb: "change" },
  response: z.object({ ended: z.number().int() }),
});

export const Approval = z.object({
  id: z.uuid(),
  register: z.string(),
  /** How many people may go in the day instead of the limit, of those whose time had ended by `dueBy`. */
  people: z.number().int(),
  dueBy: z.iso.date(),
  askedAt: z.iso.datetime(),
  askedBy: z.string(),
  askedByName: z.string().optional(),
  approvedAt: z.iso.datetime().nullable(),
  approvedByName: z.string().optional(),
  validUntil: z.iso.datetime().nullable(),
  /** Whether the one who asks now may approve: `later`, being the only one with the duty, from `from` on. */
  youMay: z.enum(["now", "later", "another", "done"]),
  from: z.iso.datetime().optional(),
});
export type Approval = z.infer<typeof Approval>;

export const listApprovals = contract({
  method: "GET",
  path: "/retention/approvals",
  summary: "Who has asked to erase more people than a day allows, and who has allowed it",
  act: { keeps: "retention", verb: "read" },
  response: z.object({ items: z.array(Approval) }),
});

export const askApproval = contract({
  method: "POST",
  path: "/retention/approvals",
  summary: "Ask another person to allow more than the day's limit in a register",
  act: { keeps: "retention", verb: "change" },
  body: z.strictObject({ register: z.string().max(60) }),
  response: z.object({ id: z.uuid() }),
  status: 201,
});

export const approve = contract({
  method: "POST",
  path: "/retention/approvals/:id/approve",
  summary: "Allow what another person has asked",
  act: { keeps: "retention", verb: "change" },
  fresh: true,
  params: z.object({ id: z.uuid() }),
  response: z.object({ validUntil: z.iso.datetime() }),
});

import { z } from "zod";
import { contract } from "../../api/contract.ts";

const Moment = z.iso.datetime();
const Act = z.object({
  at: Moment,
  roles: z.array(z.string()),
  verb: z.string(),
  register: z.string(),
  purpose: z.string().nullable(),
  categories: z.array(z.string()),
  flow: z.string().nullable(),
  decision: z.string(),
  reason: z.string().nullable(),
  /** How many people's data it was; who they are is not a colleague's own data. */
  people: z.number().int(),
});

/** GDPR Art. 15 for those who use the register: their account and what the log holds of them. */
export const StaffPackage = z.object({
  subject: z.uuid(),
  madeAt: Moment,
  description: z.object({ version: z.string(), hash: z.string() }),
  controller: z.string(),
  /** null once the account has been erased: the log may remember longer. */
  account: z
    .object({
      name: z.string(),
      login: z.string(),
      language: z.string(),
      roles: z.array(z.object({ role: z.string(), label: z.string(), at: Moment })),
      createdAt: Moment,
      closedAt: Moment.nullable(),
      endsOn: z.iso.date().nullable(),
      /** When the password was set; null where there is none. Of the password itself there is only a hash. */
      passwordAt: Moment.nullable(),
    })
    .nullable(),
  passkeys: z.array(z.object({ label: z.string(), createdAt: Moment, usedAt: Moment.nullable() })),
  secondFactor: z.object({ since: Moment, codesLeft: z.number().int() }).nullable(),
  outside: z.array(z.object({ issuer: z.string(), name: z.string(), createdAt: Moment })),
  sessions: z.array(
    z.object({ device: z.string(), way: z.string(), startedAt: Moment, seenAt: Moment, endsAt: Moment }),
  ),
  invitations: z.array(z.object({ roles: z.array(z.string()), createdAt: Moment, endsAt: Moment })),
  /** Filters of lists that they have kept. */
  views: z.array(z.object({ name: z.string(), list: z.string(), createdAt: Moment })),
  /** What they did, newest first. */
  did: z.array(Act),
  /** What others or the program did with their account. By whom is told as a role (CJEU C-579/21). */
  about: z.array(Act.extend({ system: z.boolean() })),
  /** True where the log holds more than is shown. */
  more: z.boolean(),
  purpose: z.object({ why: z.string(), basis: z.string() }).nullable(),
  /** ISO 8601 periods; null where the description does not say. */
  kept: z.object({ accounts: z.string().nullable(), log: z.string().nullable() }),
});
export type StaffPackage = z.infer<typeof StaffPackage>;

const Language = z.enum(["fi", "sv", "en"]);
const Told = z.object({ language: Language.optional() });
const Printed = z.object({ language: Language.default("fi") });

export const readOwnData = contract({
  method: "GET",
  path: "/session/data",
  summary: "What the register and its log hold of the person who is signed in (GDPR Art. 15)",
  act: { none: "one's own data" },
  query: Told,
  response: StaffPackage,
});

export const printOwnData = contract({
  method: "GET",
  path: "/session/data/print",
  summary: "The same as a page to read",
  act: { none: "one's own data" },
  query: Printed,
  response: z.string(),
  media: "text/html",
});

/** Whoever answers a colleague looks after the accounts: an inspector sees who has one, and does not gather all that somebody has done. */
const answering = { keeps: "accounts", verb: "change" } as const;

export const readStaffData = contract({
  method: "GET",
  path: "/accounts/:id/data",
  summary: "What the register and its log hold of a person who uses it or has used it, for answering their request",
  act: answering,
  fresh: true,
  params: z.object({ id: z.uuid() }),
  query: Told,
  response: StaffPackage,
});

export const printStaffData = contract({
  method: "GET",
  path: "/accounts/:id/data/print",
  summary: "The same as a page to read",
  act: answering,
  fresh: true,
  params: z.object({ id: z.uuid() }),
  query: Printed,
  response: z.string(),
  media: "text/html",
});

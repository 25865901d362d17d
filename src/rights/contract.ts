import { z } from "zod";
import { contract } from "../api/contract.ts";
import { ErasureGround } from "../description/terms.ts";

const Params = z.object({ id: z.uuid() });
const subject = { param: "id" } as const;
/** Of the answer's words; the company's first language when absent. */
const Told = z.object({ language: z.enum(["fi", "sv", "en"]).optional() });

/** One value or row in a register, in words a person can read. */
export const Held = z.object({
  category: z.string(),
  value: z.string(),
  source: z.string().optional(),
  at: z.string().optional(),
  by: z.string().optional(),
  purpose: z.string().optional(),
  basis: z.string().optional(),
  keepUntil: z.iso.date().nullable().optional(),
});
export type Held = z.infer<typeof Held>;

/** GDPR Art. 15: everything held of one subject, register by register, and what Art. 15(1)(a)–(h) asks beside it. */
export const AccessPackage = z.object({
  subject: z.uuid(),
  madeAt: z.iso.datetime(),
  description: z.object({ version: z.string(), hash: z.string() }),
  controller: z.string(),
  registers: z.array(z.object({ register: z.string(), label: z.string(), items: z.array(Held) })),
  permissions: z.array(z.object({ kind: z.string(), what: z.string(), at: z.string(), ended: z.string().nullable() })),
  /** Art. 15(1)(c): to whom it has really gone. */
  recipients: z.array(
    z.object({
      to: z.string(),
      flow: z.string(),
      categories: z.array(z.string()),
      last: z.string(),
      times: z.number().int(),
    }),
  ),
  /** When and for what the data has been looked at (CJEU C-579/21: dates and purposes, not the names of employees). */
  lookedAt: z.array(
    z.object({ at: z.string(), role: z.string(), purpose: z.string(), categories: z.array(z.string()) }),
  ),
  purposes: z.array(z.object({ purpose: z.string(), label: z.string(), basis: z.string() })),
  /** Systems Tietovirta does not reach: a person looks through them. */
  lookThrough: z.array(z.object({ system: z.string(), label: z.string(), register: z.string() })),
  rights: z.array(z.object({ right: z.string(), how: z.string() })),
});
export type AccessPackage = z.infer<typeof AccessPackage>;

export const readAccess = contract({
  method: "GET",
  path: "/customers/:id/access",
  summary: "The access package of a person, across all registers (GDPR Art. 15)",
  act: { right: "access" },
  fresh: true,
  subject,
  params: Params,
  query: Told,
  response: AccessPackage,
});

export const printAccess = contract({
  method: "GET",
  path: "/customers/:id/access/print",
  summary: "The access package as a page to read",
  act: { right: "access" },
  fresh: true,
  subject,
  params: Params,
  query: z.object({ language: z.enum(["fi", "sv", "en"]).default("fi") }),
  response: z.string(),
  media: "text/html",
});

export const readLookedAt = contract({
  method: "GET",
  path: "/customers/:id/looked-at",
  summary: "Who has looked at a person's data: days, roles and purposes, no names",
  act: { right: "access" },
  subject,
  params: Params,
  response: z.object({
    items: z.array(
      z.object({
        day: z.iso.date(),
        /** The role that let it be done; empty where the program itself did it. */
        role: z.string(),
        system: z.boolean(),
        /** The person themselves, on their own card. */
        own: z.boolean(),
        purpose: z.string(),
        verb: z.string(),
        categories: z.array(z.string()),
        times: z.number().int(),
      }),
    ),
  }),
});

/** What is done to one group of categories of one register. `until` is absent for ever erased, and for what waits for an event (a payment). */
export const ErasureDecision = z.object({
  register: z.string(),
  categories: z.array(z.string()),
  outcome: z.enum(["erased", "restricted", "anonymised", "kept"]),
  until: z.iso.date().optional(),
  /** A code of `locales/<language>/rights.json`. */
  reason: z.string(),
  /** The statute or ground in the words of the description. */
  ground: z.string(),
  /** Purposes that remain when restricted. */
  purposes: z.array(z.string()).optional(),
  place: z.string(),
});
export type ErasureDecision = z.infer<typeof ErasureDecision>;

const Erasure = z.object({
  decisions: z.array(ErasureDecision),
  /** Consents that end with it, in the words of the description. */
  consentsEnding: z.array(z.string()),
  /** The day on which the last of the keys goes, or has gone. */
  keysDestroyedOn: z.iso.date().nullable(),
  /** True: the rows are gone, and keys that should be are not (a full disk); the server tries again by itself. */
  keysPending: z.boolean().optional(),
  /** How many contact persons went with their organisation. */
  contactPersons: z.number().int().optional(),
});
const body = z.strictObject({ ground: ErasureGround });

export const previewErasure = contract({
  method: "POST",
  path: "/customers/:id/erasure/preview",
  summary: "What an erasure request would do, with the reason of each decision",
  act: { right: "erasure", preview: true },
  subject,
  params: Params,
  query: Told,
  body,
  response: Erasure,
});

export const eraseSubject = contract({
  method: "POST",
  path: "/customers/:id/erasure",
  summary: "Carry out an erasure request (GDPR Art. 17)",
  act: { right: "erasure" },
  fresh: true,
  subject,
  params: Params,
  query: Told,
  body,
  response: Erasure,
});

export const listEndingConsents = contract({
  method: "GET",
  path: "/consents/ending",
  summary: "Customers whose consent ends within 60 days, soonest first, of the purposes that the caller has",
  act: { verb: "read", register: "customers" },
  response: z.object({
    items: z.array(z.object({ id: z.uuid(), name: z.string().optional(), purpose: z.string(), lastDay: z.iso.date() })),
  }),
});

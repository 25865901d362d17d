import { z } from "zod";
import { contract } from "../../api/contract.ts";

const Id = z.uuid();
const Language = z.enum(["fi", "sv", "en"]);
const Moment = z.iso.datetime();
/** An id of the description in force, or of an earlier one. */
const Name = z.string().min(1).max(80);
const subject = { param: "id" } as const;
const params = z.object({ id: Id });

/** What a person allowed and refused, newest first; null: it is in force. Ids are those of the description. */
export const Permissions = z.object({
  consents: z.array(
    z.object({
      consent: z.string(),
      purpose: z.string(),
      channels: z.array(z.string()),
      /** The wording's version that was agreed to. */
      wording: z.number().int(),
      source: z.string(),
      givenAt: Moment,
      withdrawnAt: Moment.nullable(),
      /** The last day of one in force; null where the description gives it no end. */
      lastDay: z.iso.date().nullable(),
    }),
  ),
  objections: z.array(z.object({ purpose: z.string(), at: Moment, liftedAt: Moment.nullable() })),
  restrictions: z.array(
    z.object({
      register: z.string(),
      purposes: z.array(z.string()),
      until: z.iso.date().nullable(),
      at: Moment,
      liftedAt: Moment.nullable(),
    }),
  ),
  holds: z.array(z.object({ hold: z.string(), at: Moment, liftedAt: Moment.nullable() })),
  /** Purposes that the person may object to and has not (GDPR Art. 21). */
  objectable: z.array(z.string()),
  /** Consents that the person could give now, in the wording to tell them; where the caller may not write them down, none. */
  offered: z.array(
    z.object({
      consent: z.string(),
      purpose: z.string(),
      channels: z.array(z.string()),
      wording: z.number().int(),
      /** In the languages that the description has it in. */
      text: z.partialRecord(Language, z.string()),
      /** Ids of the sources that a person who serves them may have it from. */
      sources: z.array(z.string()),
    }),
  ),
});
export type Permissions = z.infer<typeof Permissions>;

export const readPermissions = contract({
  method: "GET",
  path: "/customers/:id/permissions",
  summary:
    "Consents, objections, restrictions and holds of a customer, of the purposes that the caller has; all of them for who answers requests",
  act: { verb: "read", register: "customers" },
  subject,
  params,
  response: Permissions,
});

export const giveConsent = contract({
  method: "POST",
  path: "/customers/:id/consents",
  summary:
    "Write down a consent that a customer has given, in the wording that was told to them (GDPR Art. 7(1)); again answers the same",
  act: { verb: "collect", register: "customers" },
  subject,
  params,
  body: z.strictObject({
    consent: Name,
    /** The wording's version, and the language it was told in. */
    wording: z.number().int(),
    language: Language,
    source: Name,
  }),
  response: z.object({ consent: z.string() }),
});

export const withdrawConsent = contract({
  method: "POST",
  path: "/customers/:id/consents/:consent/withdrawal",
  summary: "Write down that a person has withdrawn a consent (GDPR Art. 7(3)); again answers the same",
  act: { right: "withdrawal" },
  subject,
  params: params.extend({ consent: Name }),
  response: z.object({ consent: z.string() }),
});

export const addObjection = contract({
  method: "POST",
  path: "/customers/:id/objections",
  summary: "Write down that a person objects to a purpose (GDPR Art. 21); it is heeded at once",
  act: { right: "objection" },
  subject,
  params,
  body: z.strictObject({ purpose: Name }),
  response: z.object({ purpose: z.string() }),
});

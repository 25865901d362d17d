import { z } from "zod";
import { contract } from "../../../api/contract.ts";

const register = "customers";
const subject = { param: "id" } as const;
const params = z.object({ id: z.uuid() });
const one = params.extend({ correction: z.uuid() });
/** Of the description, as the row says: named so that the policy is asked before anything is opened. */
const Category = z.string().min(1).max(40);

/** What a person says that a value of theirs should be. Only of categories that the caller may see. */
export const Correction = z.object({
  id: z.uuid(),
  customerId: z.uuid(),
  /** Absent where the caller may not see it. */
  customerName: z.string().optional(),
  category: z.string(),
  /** As people read it; null: there is none yet. */
  now: z.string().nullable(),
  proposed: z.string(),
  at: z.iso.datetime(),
});
export type Correction = z.infer<typeof Correction>;

export const listCorrections = contract({
  method: "GET",
  path: "/corrections",
  summary:
    "Corrections that people have proposed on their own cards and nobody has decided on, oldest first, at most 50",
  act: { verb: "read", register },
  response: z.object({ items: z.array(Correction), more: z.boolean() }),
});

export const readCorrections = contract({
  method: "GET",
  path: "/customers/:id/corrections",
  summary:
    "Corrections that a customer has proposed on their own card and nobody has decided on, beside what stands now",
  act: { verb: "read", register },
  subject,
  params,
  response: z.object({ items: z.array(Correction) }),
});

export const acceptCorrection = contract({
  method: "POST",
  path: "/customers/:id/corrections/:correction/acceptance",
  summary: "Take a proposed correction as the value (GDPR Art. 16)",
  act: { verb: "change", register },
  subject,
  params: one,
  body: z.strictObject({ category: Category }),
  response: z.object({ id: z.uuid() }),
});

export const refuseCorrection = contract({
  method: "POST",
  path: "/customers/:id/corrections/:correction/refusal",
  summary: "Leave the value as it is; the person reads why on their own card (GDPR Art. 12(4))",
  act: { verb: "change", register },
  subject,
  params: one,
  body: z.strictObject({ category: Category, answer: z.string().trim().min(5).max(500) }),
  response: z.object({ id: z.uuid() }),
});

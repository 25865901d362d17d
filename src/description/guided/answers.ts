// What has been answered. What is absent is as in the example, or not known yet.
import { z } from "zod";
import { isBusinessId, normaliseBusinessId } from "../../values/BusinessId.ts";
import { isDay } from "../../values/Day.ts";
import { exampleIds } from "./questions.ts";

/** One line for people: what breaks a line would break the remark at the head of the file too. */
const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\u2028\u2029]+$/u);

export const Service = z.strictObject({
  where: z.enum(["own", "finland", "eea", "outside", "unknown", "none"]),
  /** The program's own name. */
  program: line.optional(),
  /** Who runs it. */
  provider: line.optional(),
  agreement: z.enum(["made", "none", "unknown"]).default("unknown"),
  agreementDay: z.string().refine(isDay).optional(),
  /** GDPR chapter V, where it is outside the EEA: standard clauses (Art. 46) or a decision on adequacy (Art. 45). */
  safeguard: z.enum(["clauses", "adequacy"]).optional(),
});
export type Service = z.infer<typeof Service>;

const Person = z.strictObject({ name: line.optional(), email: z.email().max(200).optional() });
const Contact = z.strictObject({
  email: z.email().max(200).optional(),
  phone: line.optional(),
  street: line.optional(),
  postalCode: line.optional(),
  town: line.optional(),
});
/** ISO 8601: whole months or years. */
const Length = z.string().regex(/^P\d{1,3}[MY]$/);

/** Every question answered, by somebody or by the example. */
export const AllAnswers = z.strictObject({
  contact: Contact,
  responsible: Person,
  deputy: Person,
  accountant: Service,
  machine: Service,
  invoicing: Service,
  mail: Service,
  copies: Service,
  raffles: z.boolean(),
  newsletter: z.boolean(),
  /** Data Protection Act (1050/2018) section 29; empty: no codes. */
  identityCode: z.array(z.enum(["credit", "collection"])).max(2),
  warranty: z.union([Length, z.literal("unknown")]),
  /** How long somebody is kept who never ordered; the program must know when, so it cannot be unknown. */
  noDeal: Length,
});
export type AllAnswers = z.infer<typeof AllAnswers>;
export const Answers = AllAnswers.partial();
export type Answers = z.infer<typeof Answers>;

export const Company = z.strictObject({
  name: line,
  businessId: z
    .string()
    .max(20)
    .refine((text) => isBusinessId(normaliseBusinessId(text)))
    .or(z.literal("unknown")),
  /** The first is the language of plain texts. */
  languages: z
    .array(z.enum(["fi", "sv", "en"]))
    .min(1)
    .max(3)
    .refine((all) => new Set(all).size === all.length),
});
export type Company = z.infer<typeof Company>;

export const Given = z.strictObject({ example: z.enum(exampleIds), company: Company, answers: Answers });
export type Given = z.infer<typeof Given>;

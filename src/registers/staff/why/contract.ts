import { z } from "zod";
import { contract } from "../../../api/contract.ts";
import { Keep, RightKind, Verb } from "../../../description/terms.ts";

/** Whose decision a refusal is: the law's, the company's description, what it gives one's role, the person's own, or a limit of safety. */
export const Decider = z.enum(["law", "description", "role", "person", "safetyLimit"]);

const Answer = z.object({
  decider: Decider,
  /** The element of the description, and for those who may read it its line ("walttia.yaml:84"). */
  place: z.string(),
  at: z.string().nullable(),
  /** Roles of the description that may. */
  roles: z.array(z.string()),
});
export const Why = Answer.extend({
  /** A key of `locales/<language>/problems.json` after "refused." */
  reason: z.string(),
  /** Purposes that the caller holds and for which they may after all. */
  purposes: z.array(z.string()),
});
export type Why = z.infer<typeof Why>;
export const Unless = Answer.extend({ kind: z.enum(["notRestricted", "consented", "notObjected"]) });
export type Unless = z.infer<typeof Unless>;

export const WhyOf = z.object({
  act: z.string(),
  /** The act in its parts, each null where it is about none; `register` and `flow` are ids of the description. */
  verb: Verb.nullable(),
  register: z.string().nullable(),
  flow: z.string().nullable(),
  right: RightKind.nullable(),
  keeps: Keep.nullable(),
  /** null: the caller may. */
  why: Why.nullable(),
  /** What of the register the act does not reach although the caller may. */
  categories: z.array(z.object({ category: z.string(), why: Why })),
  /** Whom it does not reach. Says nothing of anybody: these are the conditions, not people. */
  unless: z.array(Unless),
});
export type WhyOf = z.infer<typeof WhyOf>;

export const readWhy = contract({
  method: "GET",
  path: "/why",
  summary: "Why the caller may not do something, where the description says so, and whose role may",
  act: { none: "what the description says of the caller's own roles; no person's data" },
  /** Words of `Me.may` with commas between: "read customers,change customers phone,flow customers invoices,right erasure,keeps audit read". */
  query: z.object({ act: z.string().min(1).max(4000) }),
  response: z.object({
    items: z.array(WhyOf),
    /** Who answers for data protection, by the description; null where it does not know. */
    responsible: z.string().nullable(),
  }),
});

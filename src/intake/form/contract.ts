import { z } from "zod";
import { contract } from "../../api/contract.ts";

/** The public web form on PUBLIC_PORT: its own origin, which knows no staff session. */
export const submitForm = contract({
  method: "POST",
  path: "/form",
  summary: "A person leaves their contact details and, if they wish, consents",
  act: { public: "webForm", register: "customers" },
  body: z.strictObject({
    /** Made by the page when it opens: a second press sends the same. */
    submission: z.uuid(),
    language: z.enum(["fi", "sv", "en"]),
    source: z.string().max(40),
    values: z.record(z.string().max(40), z.string().trim().min(1).max(1000)),
    /** Ticked boxes: consent id → version of the wording that was shown. */
    consents: z.record(z.string().max(40), z.number().int()).default({}),
    /** A field no person sees; whatever fills it is not a person. */
    website: z.string().max(0).optional(),
  }),
  response: z.object({ received: z.literal(true) }),
  status: 201,
});

import { z } from "zod";
import { contract } from "../../api/contract.ts";

const act = { right: "access" } as const;
const subject = { param: "id" } as const;
const params = z.object({ id: z.uuid() });
const Moment = z.iso.datetime();

/** How it was made sure that the link goes to the person themselves (GDPR Art. 12(6)). */
export const Identity = z.enum(["inPerson", "knownNumber", "strongIdentification", "knownAddress"]);
export type Identity = z.infer<typeof Identity>;

export const OwnCardLink = z.object({
  id: z.uuid(),
  identity: Identity,
  madeAt: Moment,
  /** The id of the account or program that made it. */
  madeBy: z.string(),
  endsAt: Moment,
  state: z.enum(["open", "used", "revoked", "ended"]),
  usedAt: Moment.nullable(),
});
export type OwnCardLink = z.infer<typeof OwnCardLink>;

export const readOwnCardLinks = contract({
  method: "GET",
  path: "/customers/:id/own-card",
  summary: "Links that open the customer's own card to them, newest first, and whether a code by e-mail does too",
  act,
  subject,
  params,
  response: z.object({
    items: z.array(OwnCardLink),
    /** A code goes to the address that the register holds. */
    byMail: z.boolean(),
  }),
});

export const makeOwnCardLink = contract({
  method: "POST",
  path: "/customers/:id/own-card/links",
  summary: "Make a link that opens the customer's own card once; its secret is told here and never again",
  act,
  fresh: true,
  subject,
  params,
  body: z.strictObject({ identity: Identity }),
  response: z.object({
    id: z.uuid(),
    /** With the secret in its fragment, which no server and no log sees. */
    url: z.string(),
    /** Where people type the code. */
    address: z.string(),
    /** The secret as people type it. */
    code: z.string(),
    /** Rows of the QR code of `url`; "1" is dark. */
    qr: z.array(z.string()),
    endsAt: Moment,
  }),
  status: 201,
});

export const revokeOwnCardLink = contract({
  method: "POST",
  path: "/customers/:id/own-card/links/:link/revocation",
  summary: "A link that nobody has used opens nothing any more",
  act,
  subject,
  params: params.extend({ link: z.uuid() }),
  response: z.object({ id: z.uuid() }),
});

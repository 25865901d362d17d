import { z } from "zod";
import { contract } from "../../api/contract.ts";
import { PurposeKind } from "../../description/terms.ts";

const Language = z.enum(["fi", "sv", "en"]);
const Name = z.string().trim().min(1).max(120);
const Login = z.email().max(254);
/** NIST SP 800-63B, ASVS 5.0 6.2.1: length is what counts. */
const Password = z.string().min(12).max(200);

/** Who is signed in and what they may do, so that the web shows only what can be done. */
export const Me = z.object({
  id: z.uuid(),
  name: z.string(),
  language: Language,
  roles: z.array(z.string()),
  /** "verb register" pairs and keepings, e.g. "read customers", "flow customers invoices", "right erasure", "keeps audit read". */
  may: z.array(z.string()),
  /** The same once a purpose is chosen, by its id. */
  mayFor: z.record(z.string(), z.array(z.string())),
  company: z.string(),
  /** Purposes held, in the description's order, with labels in the person's language. */
  purposes: z.array(z.object({ id: z.string(), label: z.string(), kind: PurposeKind })),
});
export type Me = z.infer<typeof Me>;

export const redeemInvitation = contract({
  method: "POST",
  path: "/invitation",
  summary: "Make an account with a link that works once",
  act: { none: "nobody is signed in yet; the link is the permission" },
  body: z.strictObject({
    secret: z.string().max(100),
    name: Name,
    login: Login,
    password: Password,
    language: Language,
  }),
  response: Me,
  status: 201,
});

export const signIn = contract({
  method: "POST",
  path: "/session",
  summary: "Sign in",
  act: { none: "signing in is how an actor comes to be" },
  body: z.strictObject({ login: z.string().max(254), password: z.string().max(200) }),
  response: Me,
});

export const signOut = contract({
  method: "DELETE",
  path: "/session",
  summary: "Sign out",
  act: { none: "one's own session" },
  response: z.object({ signedOut: z.literal(true) }),
});

export const readMe = contract({
  method: "GET",
  path: "/session",
  summary: "Who is signed in",
  act: { none: "one's own session" },
  response: Me,
});

export const changeMyLanguage = contract({
  method: "PATCH",
  path: "/session",
  summary: "Change one's own language",
  act: { none: "one's own session" },
  body: z.strictObject({ language: Language }),
  response: Me,
});

export const Account = z.object({
  id: z.uuid(),
  name: z.string(),
  login: z.string(),
  roles: z.array(z.string()),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
});
export type Account = z.infer<typeof Account>;

export const listAccounts = contract({
  method: "GET",
  path: "/accounts",
  summary: "The people who use the register",
  act: { keeps: "accounts", verb: "read" },
  response: z.object({ items: z.array(Account) }),
});

export const addAccount = contract({
  method: "POST",
  path: "/accounts",
  summary: "Add a person with roles; they choose their password with the link in the answer",
  act: { keeps: "accounts", verb: "change" },
  body: z.strictObject({ roles: z.array(z.string().max(40)).min(1) }),
  response: z.object({ link: z.string(), endsAt: z.iso.datetime() }),
  status: 201,
});

export const changeAccount = contract({
  method: "PATCH",
  path: "/accounts/:id",
  summary: "Change a person's roles, or close the account",
  act: { keeps: "accounts", verb: "change" },
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({ roles: z.array(z.string().max(40)).optional(), disabled: z.boolean().optional() }),
  response: z.object({ id: z.uuid() }),
});

/** A link that was given and not used yet; the link itself is known only to those who have it. */
export const Invitation = z.object({
  id: z.uuid(),
  roles: z.array(z.string()),
  createdAt: z.iso.datetime(),
  /** The name of the colleague or program that gave it; its id where it has no name any more. */
  createdBy: z.string(),
  endsAt: z.iso.datetime(),
});
export type Invitation = z.infer<typeof Invitation>;

export const listInvitations = contract({
  method: "GET",
  path: "/accounts/invitations",
  summary: "The links to make an account that have not been used",
  act: { keeps: "accounts", verb: "read" },
  response: z.object({ items: z.array(Invitation) }),
});

export const withdrawInvitation = contract({
  method: "DELETE",
  path: "/accounts/invitations/:id",
  summary: "Withdraw a link to make an account that has not been used",
  act: { keeps: "accounts", verb: "change" },
  params: z.object({ id: z.uuid() }),
  response: z.object({ id: z.uuid() }),
});

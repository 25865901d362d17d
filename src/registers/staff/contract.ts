import { z } from "zod";
import { contract } from "../../api/contract.ts";
import { PurposeKind } from "../../description/terms.ts";

const Language = z.enum(["fi", "sv", "en"]);
const Name = z.string().trim().min(1).max(120);
const Login = z.email().max(254);

/** NIST SP 800-63B-4 section 3.1.1.2, ASVS 5.0 6.2.1: length is what counts; 15 are advised, 12 are needed. */
export const NewPassword = z.string().min(12).max(200);
/** Six digits of an authenticator, or a recovery code. */
export const Code = z.string().trim().max(60);
export const Label = z.string().trim().min(1).max(60);

const Base64 = z
  .string()
  .regex(/^[\w-]+$/)
  .max(20_000);
/** What `PublicKeyCredential.toJSON()` gives (WebAuthn Level 3 section 5.1). What is not named here is not read. */
export const NewCredential = z.object({
  id: Base64,
  rawId: Base64,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: Base64,
    attestationObject: Base64,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});
export const Assertion = z.object({
  id: Base64,
  rawId: Base64,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: Base64,
    authenticatorData: Base64,
    signature: Base64,
    userHandle: Base64.optional(),
  }),
});
/** Who makes an account with a link. */
export const Newcomer = z.strictObject({
  secret: z.string().max(100),
  name: Name,
  login: Login,
  language: Language,
});
export type Newcomer = z.output<typeof Newcomer>;

/** Who is signed in and what they may do, so that the web shows only what can be done. */
export const Me = z.object({
  id: z.uuid(),
  name: z.string(),
  language: Language,
  roles: z.array(z.string()),
  /** Roles that wait: until a password alone does not open the account (`signIn: twoFactors` of the role), or until the account has a last day. */
  withheld: z.array(z.object({ role: z.string(), waitsFor: z.enum(["secondFactor", "lastDay"]) })),
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
  body: Newcomer.extend({
    password: NewPassword.optional(),
    passkey: z.strictObject({ credential: NewCredential, label: Label }).optional(),
  }),
  response: Me,
  status: 201,
});

export const lookAtInvitation = contract({
  method: "POST",
  path: "/invitation/look",
  summary: "What a link is for: a new account, or the way back into one",
  act: { none: "nobody is signed in yet; the link is the permission" },
  body: z.strictObject({ secret: z.string().max(100) }),
  /** The address of the account that it lets back in; null: it makes a new one. */
  response: z.object({ login: z.string().nullable() }),
});

export const comeBack = contract({
  method: "POST",
  path: "/invitation/password",
  summary: "Choose a new password with a link that lets back in; every session of the account ends",
  act: { none: "nobody is signed in yet; the link is the permission" },
  body: z.strictObject({ secret: z.string().max(100), password: NewPassword }),
  response: z.object({ changed: z.literal(true) }),
});

export const startInvitationPasskey = contract({
  method: "POST",
  path: "/invitation/passkey/options",
  summary: "Begin to make an account with a passkey",
  act: { none: "nobody is signed in yet; the link is the permission" },
  body: Newcomer,
  response: z.looseObject({ challenge: z.string() }),
});

export const signIn = contract({
  method: "POST",
  path: "/session",
  summary: "Sign in with a password, and with a code where the account asks for one (`secondFactorNeeded`)",
  act: { none: "signing in is how an actor comes to be" },
  body: z.strictObject({
    login: z.string().max(254),
    password: z.string().max(200),
    code: Code.optional(),
  }),
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

export const changeMyself = contract({
  method: "PATCH",
  path: "/session",
  summary: "Change one's own language or name",
  act: { none: "one's own session" },
  body: z.strictObject({ language: Language.optional(), name: Name.optional() }),
  response: Me,
});

export const Account = z.object({
  id: z.uuid(),
  name: z.string(),
  login: z.string(),
  roles: z.array(z.string()),
  createdAt: z.iso.datetime(),
  disabledAt: z.iso.datetime().nullable(),
  /** The last day on which it works. */
  endsOn: z.iso.date().nullable(),
  /** Roles that are not in use before it has a last day. */
  waitForLastDay: z.array(z.string()),
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
  summary: "Add a person with roles; they choose how to sign in with the link in the answer",
  act: { keeps: "accounts", verb: "change" },
  fresh: true,
  /** `endsOn`: the last day of the account, needed where a role is of another organisation's people. */
  body: z.strictObject({ roles: z.array(z.string().max(40)).min(1), endsOn: z.iso.date().optional() }),
  response: z.object({ link: z.string(), endsAt: z.iso.datetime() }),
  status: 201,
});

export const giveWayBack = contract({
  method: "POST",
  path: "/accounts/:id/link",
  summary: "A link with which a colleague who cannot get in chooses a new password",
  act: { keeps: "accounts", verb: "change" },
  fresh: true,
  params: z.object({ id: z.uuid() }),
  response: z.object({ link: z.string(), endsAt: z.iso.datetime() }),
  status: 201,
});

export const changeAccount = contract({
  method: "PATCH",
  path: "/accounts/:id",
  summary: "Change a person's roles or the last day of the account, or close it",
  act: { keeps: "accounts", verb: "change" },
  fresh: true,
  params: z.object({ id: z.uuid() }),
  body: z.strictObject({
    roles: z.array(z.string().max(40)).optional(),
    disabled: z.boolean().optional(),
    endsOn: z.iso.date().nullable().optional(),
  }),
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
  /** The last day of the account that it makes. */
  accountEndsOn: z.iso.date().nullable(),
  /** The name of the colleague whom it lets back in; null: it makes a new account. */
  back: z.string().nullable(),
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
  fresh: true,
  params: z.object({ id: z.uuid() }),
  response: z.object({ id: z.uuid() }),
});

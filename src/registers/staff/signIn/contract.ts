// Ways to sign in: what there is, proving anew who one is, adding and removing ways, and one's own sessions.
import { z } from "zod";
import { contract } from "../../../api/contract.ts";
import { Assertion, Code, Label, Me, NewCredential, NewPassword } from "../contract.ts";

const Moment = z.iso.datetime();
const Id = z.object({ id: z.uuid() });
const OWN = { none: "one's own session" } as const;
const OWN_WAYS = { none: "one's own ways to sign in" } as const;
const SIGNING_IN = { none: "signing in is how an actor comes to be" } as const;

/** How a session was begun or proved anew. */
export const Way = z.enum(["password", "passwordAndCode", "passkey", "outside", "invitation"]);
export type Way = z.infer<typeof Way>;

/** Options for the browser's WebAuthn, in the JSON that it parses itself. */
const Options = z.looseObject({ challenge: z.string() });

export const readSignInOffers = contract({
  method: "GET",
  path: "/sign-in",
  summary: "Which ways to sign in there are at this address",
  act: { none: "nobody is signed in yet" },
  response: z.object({
    /** null where passkeys work; else the code of the problem that says why not. */
    passkeysNot: z.enum(["passkeysNeedName", "passkeysNeedHttps"]).nullable(),
    /** The sign-in service of the company, by the name that the description gives it. */
    outside: z.object({ label: z.string() }).nullable(),
  }),
});

export const startPasskeySignIn = contract({
  method: "POST",
  path: "/session/passkey/options",
  summary: "Begin to sign in with a passkey",
  act: SIGNING_IN,
  response: Options,
});

export const signInWithPasskey = contract({
  method: "POST",
  path: "/session/passkey",
  summary: "Sign in with a passkey",
  act: SIGNING_IN,
  body: z.strictObject({ credential: Assertion }),
  response: Me,
});

/** Until when what asks for a fresh sign-in is open; null: it is not. */
const Proof = z.object({ freshUntil: Moment.nullable() });

export const readProof = contract({
  method: "GET",
  path: "/session/proof",
  summary: "Until when one's proof of who one is counts as fresh, and with what it can be renewed",
  act: OWN,
  response: Proof.extend({ password: z.boolean(), code: z.boolean(), passkey: z.boolean(), outside: z.boolean() }),
});

export const prove = contract({
  method: "POST",
  path: "/session/proof",
  summary: "Prove with the password that one is still oneself",
  act: OWN,
  body: z.strictObject({ password: z.string().max(200), code: Code.optional() }),
  response: Proof,
});

export const startPasskeyProof = contract({
  method: "POST",
  path: "/session/proof/passkey/options",
  summary: "Begin to prove with a passkey that one is still oneself",
  act: OWN,
  response: Options,
});

export const provePasskey = contract({
  method: "POST",
  path: "/session/proof/passkey",
  summary: "Prove with a passkey that one is still oneself",
  act: OWN,
  body: z.strictObject({ credential: Assertion }),
  response: Proof,
});

export const Passkey = z.object({
  id: z.uuid(),
  label: z.string(),
  createdAt: Moment,
  usedAt: Moment.nullable(),
  /** Copied to the person's other devices by its maker. */
  backedUp: z.boolean(),
});
export type Passkey = z.infer<typeof Passkey>;

export const readWays = contract({
  method: "GET",
  path: "/session/ways",
  summary: "One's own ways to sign in",
  act: OWN_WAYS,
  response: z.object({
    login: z.string(),
    endsOn: z.iso.date().nullable(),
    password: z.object({ changedAt: Moment.nullable() }).nullable(),
    passkeys: z.array(Passkey),
    secondFactor: z.object({ since: Moment, codesLeft: z.number().int() }).nullable(),
    outside: z.array(z.object({ id: z.uuid(), issuer: z.string(), name: z.string(), createdAt: Moment })),
  }),
});
export type Ways = z.output<typeof readWays.response>;

export const setPassword = contract({
  method: "POST",
  path: "/session/password",
  summary: "Set or change one's own password; one's other sessions end",
  act: OWN_WAYS,
  fresh: true,
  body: z.strictObject({ password: NewPassword }),
  response: z.object({ changed: z.literal(true) }),
});

export const removePassword = contract({
  method: "DELETE",
  path: "/session/password",
  summary: "Give up one's own password; one's other sessions end",
  act: OWN_WAYS,
  fresh: true,
  response: z.object({ removed: z.literal(true) }),
});

export const startPasskey = contract({
  method: "POST",
  path: "/session/passkeys/options",
  summary: "Begin to add a passkey",
  act: OWN_WAYS,
  fresh: true,
  response: Options,
});

export const addPasskey = contract({
  method: "POST",
  path: "/session/passkeys",
  summary: "Add a passkey",
  act: OWN_WAYS,
  fresh: true,
  body: z.strictObject({ credential: NewCredential, label: Label }),
  response: Id,
  status: 201,
});

export const renamePasskey = contract({
  method: "PATCH",
  path: "/session/passkeys/:id",
  summary: "Give a passkey another name",
  act: OWN_WAYS,
  params: Id,
  body: z.strictObject({ label: Label }),
  response: Id,
});

export const removePasskey = contract({
  method: "DELETE",
  path: "/session/passkeys/:id",
  summary: "Remove a passkey; one's other sessions end",
  act: OWN_WAYS,
  fresh: true,
  params: Id,
  response: Id,
});

export const startSecondFactor = contract({
  method: "POST",
  path: "/session/second-factor/options",
  summary: "A secret for an authenticator app, to be confirmed with its first code",
  act: OWN_WAYS,
  fresh: true,
  response: z.object({
    secret: z.string(),
    /** `otpauth:` address of the same. */
    uri: z.string(),
    /** Rows of a QR code of that address, "1" for dark. */
    code: z.array(z.string()),
  }),
});

const Codes = z.object({ recoveryCodes: z.array(z.string()) });

export const confirmSecondFactor = contract({
  method: "POST",
  path: "/session/second-factor",
  summary: "Ask for a code beside the password from now on; the recovery codes are told only here",
  act: OWN_WAYS,
  fresh: true,
  body: z.strictObject({ code: Code }),
  response: Codes,
  status: 201,
});

export const removeSecondFactor = contract({
  method: "DELETE",
  path: "/session/second-factor",
  summary: "Ask for the password alone from now on; recovery codes and one's other sessions end",
  act: OWN_WAYS,
  fresh: true,
  response: z.object({ removed: z.literal(true) }),
});

export const renewRecoveryCodes = contract({
  method: "POST",
  path: "/session/recovery-codes",
  summary: "New recovery codes; earlier ones stop working",
  act: OWN_WAYS,
  fresh: true,
  response: Codes,
  status: 201,
});

export const removeOutside = contract({
  method: "DELETE",
  path: "/session/outside/:id",
  summary: "Sign in with the company's sign-in service no more; one's other sessions end",
  act: OWN_WAYS,
  fresh: true,
  params: Id,
  response: Id,
});

export const Session = z.object({
  id: z.uuid(),
  device: z.string(),
  way: Way,
  startedAt: Moment,
  seenAt: Moment,
  endsAt: Moment,
  /** The one that asks. */
  here: z.boolean(),
});
export type Session = z.infer<typeof Session>;
const Sessions = z.object({ items: z.array(Session) });
const Ended = z.object({ ended: z.number().int() });

export const listMySessions = contract({
  method: "GET",
  path: "/session/all",
  summary: "Where one is signed in",
  act: OWN,
  response: Sessions,
});

export const endMySession = contract({
  method: "DELETE",
  path: "/session/all/:id",
  summary: "End one of one's own sessions",
  act: OWN,
  params: Id,
  response: Ended,
});

export const endMyOtherSessions = contract({
  method: "DELETE",
  path: "/session/all",
  summary: "End all one's own sessions but this one",
  act: OWN,
  response: Ended,
});

export const readAccountSignIn = contract({
  method: "GET",
  path: "/accounts/:id/sign-in",
  summary: "Where a colleague is signed in, and how they can sign in",
  act: { keeps: "accounts", verb: "read" },
  params: Id,
  response: Sessions.extend({
    password: z.boolean(),
    passkeys: z.number().int(),
    secondFactor: z.boolean(),
    outside: z.number().int(),
  }),
});

export const endAccountSessions = contract({
  method: "DELETE",
  path: "/accounts/:id/sessions",
  summary: "End every session of a colleague",
  act: { keeps: "accounts", verb: "change" },
  fresh: true,
  params: Id,
  response: Ended,
});

export const removeAccountSecondFactor = contract({
  method: "DELETE",
  path: "/accounts/:id/second-factor",
  summary:
    "A colleague has lost the authenticator and the recovery codes: ask for the password alone; their sessions end",
  act: { keeps: "accounts", verb: "change" },
  fresh: true,
  params: Id,
  response: Id,
});

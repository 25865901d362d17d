import { z } from "zod";
import { contract } from "../../api/contract.ts";
import { Me, Newcomer } from "../../registers/staff/contract.ts";

/** Where the browser goes to sign in. */
const Away = z.object({ url: z.string() });

export const startOutsideSignIn = contract({
  method: "POST",
  path: "/session/outside/sign-in",
  summary: "Begin to sign in with the company's sign-in service",
  act: { none: "signing in is how an actor comes to be" },
  response: Away,
});

export const startOutsideInvitation = contract({
  method: "POST",
  path: "/invitation/outside",
  summary: "Begin to make an account that signs in with the company's sign-in service",
  act: { none: "nobody is signed in yet; the link is the permission" },
  body: Newcomer,
  response: Away,
});

export const startOutsideLink = contract({
  method: "POST",
  path: "/session/outside/link",
  summary: "Begin to link one's own account with the company's sign-in service",
  act: { none: "one's own ways to sign in" },
  fresh: true,
  response: Away,
});

export const startOutsideProof = contract({
  method: "POST",
  path: "/session/outside/proof",
  summary: "Begin to prove with the company's sign-in service that one is still oneself",
  act: { none: "one's own session" },
  response: Away,
});

export const finishOutside = contract({
  method: "POST",
  path: "/session/outside",
  summary: "Come back from the company's sign-in service",
  act: { none: "signing in is how an actor comes to be" },
  /** The query with which it sent the browser back. */
  body: z.strictObject({ answer: z.string().max(8000) }),
  response: z.object({ did: z.enum(["signedIn", "linked", "proved"]), me: Me }),
});

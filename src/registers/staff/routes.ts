import type { FastifyReply, FastifyRequest } from "fastify";
import type { Serve, Visit } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import { notFound, Problem } from "../../values/problem.ts";
import { isUuid } from "../../values/Uuid.ts";
import { changeAccountOf, inviteAccount, redeem } from "./accounts.ts";
import {
  addAccount,
  changeAccount,
  changeMyLanguage,
  listAccounts,
  listInvitations,
  readMe,
  redeemInvitation,
  signIn,
  signOut,
  withdrawInvitation,
} from "./contract.ts";
import * as invitations from "./invitationStore.ts";
import { meOf } from "./me.ts";
import { type SignInAttempts, signInWith } from "./signIn.ts";
import * as store from "./store.ts";

/** What signing in and out does to sessions; actors/ keeps them. */
export type SignedIn = {
  /** A new session of the account; its cookie goes with the answer. */
  start(subject: string, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Every session of the account ends now. */
  endAll(subject: string): Promise<void>;
  /** Roles or language changed: the next request reads them anew. */
  forget(subject: string): void;
  attempts: SignInAttempts;
};

/** `origin`: where people reach the web, for links ("https://register.example.fi"). */
export function staffRoutes(serve: Serve, gate: Gate, sessions: SignedIn, origin: () => string): void {
  const serving = <T>(
    visit: Visit,
    verb: "read" | "change",
    place: string,
    work: (g: store.StaffGrant) => Promise<T>,
  ) => gate.serving(visit.caller, { register: "staff", verb, place }, work);

  serve(
    signIn,
    async (_, { body }, visit) => {
      const actor = await signInWith(gate, sessions.attempts, body, visit);
      await sessions.start(actor.id, visit.request, visit.reply);
      return meOf(gate, actor);
    },
    { perMinute: 30 },
  );
  serve(signOut, async (_, __, visit) => {
    if (visit.signedIn) await serving(visit, "change", "roles", async () => undefined);
    await sessions.end(visit.request, visit.reply);
    return { signedOut: true as const };
  });
  serve(readMe, async (_, __, visit) => meOf(gate, signedIn(visit)));
  serve(changeMyLanguage, async (_, { body }, visit) => {
    const actor = signedIn(visit);
    if (actor.kind !== "staff") throw new Problem("notFound", 404);
    const ask = { register: "staff", verb: "change", place: "roles", subject: actor.id } as const;
    await gate.serving(visit.caller, ask, (grant) => store.setLanguage(grant, body.language));
    sessions.forget(actor.id);
    return meOf(gate, actor);
  });
  serve(
    redeemInvitation,
    async (_, { body }, visit) => {
      const actor = await redeem(gate, body, visit);
      await sessions.start(actor.id, visit.request, visit.reply);
      return meOf(gate, actor);
    },
    { perMinute: 30 },
  );
  serve(listAccounts, async (_, __, visit) => ({
    items: await serving(visit, "read", "roles", (grant) => store.listAccounts(grant)),
  }));
  serve(addAccount, async (_, { body }, visit) => {
    const { secret, endsAt } = await inviteAccount(gate, visit.caller, body.roles);
    return { link: invitationLink(origin(), secret), endsAt: endsAt.toISOString() };
  });
  serve(listInvitations, async (_, __, visit) => {
    const items = await serving(visit, "read", "roles", async (grant) => {
      const open = await invitations.openInvitations(grant);
      const givers = await store.namesOf(grant, [...new Set(open.map(({ createdBy }) => createdBy))].filter(isUuid));
      return open.map(({ createdBy, createdAt, endsAt, ...rest }) => ({
        ...rest,
        createdAt: createdAt.toISOString(),
        createdBy: givers.get(createdBy) ?? createdBy,
        endsAt: endsAt.toISOString(),
      }));
    });
    return { items };
  });
  serve(withdrawInvitation, async (_, { params }, visit) => {
    await serving(visit, "change", "roles", async (grant) => {
      if (!(await invitations.withdrawInvitation(grant, params.id))) throw notFound();
    });
    return { id: params.id };
  });
  serve(changeAccount, async (_, { params, body }, visit) => {
    await changeAccountOf(gate, visit.caller, params.id, body);
    if (body.disabled) await sessions.endAll(params.id);
    else sessions.forget(params.id);
    return { id: params.id };
  });
}

/** The secret stands in the fragment: browsers keep it to themselves, so no log on the way sees it. */
export const invitationLink = (origin: string, secret: string): string => `${origin}/welcome#invitation=${secret}`;

function signedIn({ signedIn, caller }: Visit) {
  if (!signedIn || !("roles" in caller.actor)) throw new Problem("notSignedIn", 401);
  return caller.actor;
}

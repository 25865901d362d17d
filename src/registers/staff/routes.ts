import type { Serve, Visit } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import { hashPassword } from "../../keys/password.ts";
import { rolesThatEnd } from "../../policy/lastDay.ts";
import { notFound, Problem } from "../../values/problem.ts";
import { isUuid, newId } from "../../values/Uuid.ts";
import * as accounts from "./accounts.ts";
import { changeAccountOf, expectOpen, type FirstWay, inviteAccount, redeem } from "./accounts.ts";
import {
  addAccount,
  changeAccount,
  changeMyself,
  comeBack,
  giveWayBack,
  listAccounts,
  listInvitations,
  lookAtInvitation,
  readMe,
  redeemInvitation,
  signIn,
  signOut,
  startInvitationPasskey,
  withdrawInvitation,
} from "./contract.ts";
import * as invitations from "./invitationStore.ts";
import { meOf } from "./me.ts";
import { admit } from "./signIn/admit.ts";
import { noteNews } from "./signIn/noteNews.ts";
import { partyAt } from "./signIn/party.ts";
import { creationOptions, verifyNew } from "./signIn/passkeys.ts";
import { signInWith } from "./signIn/password.ts";
import { expectOwnPassword } from "./signIn/passwordRules.ts";
import { TRIES_A_MINUTE } from "./signIn/routes.ts";
import type { SignedIn } from "./signIn/sessions.ts";
import { addPasskey } from "./signIn/store.ts";
import { keepWaiting } from "./signIn/waiting.ts";
import { wordsAround } from "./signIn/ways.ts";
import * as store from "./store.ts";

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
      const { id, way, recovery } = await signInWith(gate, sessions.attempts, body, visit);
      const actor = await admit(gate, visit.caller, id);
      // After the coming itself, so that it is told at the next one: whoever came by a stolen code cannot wave it away.
      if (recovery) await noteNews(gate, visit.caller, id, "recoveryCodeUsed");
      await sessions.start(id, way, visit.request, visit.reply);
      return meOf(gate, actor);
    },
    { perMinute: TRIES_A_MINUTE },
  );
  serve(signOut, async (_, __, visit) => {
    if (visit.signedIn) await serving(visit, "change", "roles", async () => undefined);
    await sessions.end(visit.request, visit.reply);
    // What the browser has kept of our pages goes too. Cookies are ended one by one above: this would take those of other programs on the same domain.
    visit.reply.header("clear-site-data", '"cache", "storage"');
    return { signedOut: true as const };
  });
  serve(readMe, async (_, __, visit) => meOf(gate, signedIn(visit)));
  serve(changeMyself, async (_, { body }, visit) => {
    const actor = signedIn(visit);
    if (actor.kind !== "staff") throw new Problem("notFound", 404);
    const ask = { register: "staff", verb: "change", place: "roles", subject: actor.id } as const;
    await gate.serving(visit.caller, ask, async (grant) => {
      if (body.language) await store.setLanguage(grant, body.language);
      if (body.name) await store.setName(grant, body.name);
    });
    sessions.forget(actor.id);
    return meOf(gate, actor);
  });

  const beginning = keepWaiting<{ challenge: string; id: string; secret: string }>(gate.clock);
  const partyOf = (visit: Visit) => {
    const found = partyAt({ publicUrl: sessions.publicUrl, host: visit.request.host });
    if ("not" in found) throw new Problem(found.not, 409);
    return found;
  };
  serve(
    startInvitationPasskey,
    async (_, { body }, visit) => {
      await expectOpen(gate, body.secret, visit.caller);
      const id = newId();
      const company = gate.inForce().description.controller.name;
      const options = await creationOptions(partyOf(visit), company, { id, login: body.login, name: body.name }, []);
      const mark = sessions.mark(visit.request, visit.reply);
      beginning.put(mark, { challenge: options.challenge, id, secret: body.secret });
      return { ...options };
    },
    { perMinute: TRIES_A_MINUTE },
  );
  serve(
    redeemInvitation,
    async (_, { body: { password, passkey, ...newcomer } }, visit) => {
      const makeWay = async (): Promise<FirstWay> => {
        if ((password === undefined) === (passkey === undefined)) throw new Problem("oneWay", 422);
        if (password !== undefined) {
          expectOwnPassword(password, wordsAround(gate, newcomer));
          return { passwordHash: await hashPassword(password), add: async () => undefined };
        }
        const begun = beginning.take(sessions.markOf(visit.request));
        if (!begun || begun.secret !== newcomer.secret || !passkey) throw new Problem("passkeyFailed", 422);
        const made = await verifyNew(gate, partyOf(visit), begun.challenge, passkey.credential, passkey.label);
        return {
          id: begun.id,
          passwordHash: null,
          add: async (grant) => {
            if (!(await addPasskey(grant, made))) throw new Problem("passkeyKnown", 409);
          },
        };
      };
      const actor = await redeem(gate, newcomer, makeWay, visit);
      await sessions.start(actor.id, "invitation", visit.request, visit.reply);
      return meOf(gate, actor);
    },
    { perMinute: TRIES_A_MINUTE },
  );
  serve(listAccounts, async (_, __, visit) => ({
    items: (await serving(visit, "read", "roles", (grant) => store.listAccounts(grant))).map((account) => ({
      ...account,
      waitForLastDay: account.endsOn === null ? rolesThatEnd(gate.inForce().description, account.roles) : [],
    })),
  }));
  serve(addAccount, async (_, { body }, visit) => {
    const { secret, endsAt } = await inviteAccount(gate, visit.caller, body.roles, body.endsOn);
    return { link: invitationLink(origin(), secret), endsAt: endsAt.toISOString() };
  });
  serve(giveWayBack, async (_, { params }, visit) => {
    const { secret, endsAt } = await accounts.giveWayBack(gate, visit.caller, params.id);
    return { link: invitationLink(origin(), secret), endsAt: endsAt.toISOString() };
  });
  serve(
    lookAtInvitation,
    async (_, { body }, visit) => ({ login: (await accounts.lookAt(gate, visit.caller, body.secret))?.login ?? null }),
    { perMinute: TRIES_A_MINUTE },
  );
  serve(
    comeBack,
    async (_, { body }, visit) => {
      sessions.forget(await accounts.comeBack(gate, visit.caller, body.secret, body.password));
      return { changed: true as const };
    },
    { perMinute: TRIES_A_MINUTE },
  );
  serve(listInvitations, async (_, __, visit) => {
    const items = await serving(visit, "read", "roles", async (grant) => {
      const open = await invitations.openInvitations(grant);
      const ids = open.flatMap(({ createdBy, accountId }) => [createdBy, ...(accountId === null ? [] : [accountId])]);
      const givers = await store.namesOf(grant, [...new Set(ids)].filter(isUuid));
      return open.map(({ createdBy, createdAt, endsAt, accountId, ...rest }) => ({
        ...rest,
        createdAt: createdAt.toISOString(),
        createdBy: givers.get(createdBy) ?? createdBy,
        back: accountId === null ? null : (givers.get(accountId) ?? ""),
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
    sessions.forget(params.id);
    return { id: params.id };
  });
}

/** The secret stands in the fragment: browsers keep it to themselves, so no log on the way sees it. */
export const invitationLink = (origin: string, secret: string): string => `${origin}/welcome#invitation=${secret}`;

function signedIn({ signedIn, caller }: Visit) {
  if (!signedIn || !("roles" in caller.actor)) throw new Problem("notSignedIn", 401);
  return caller.actor;
}

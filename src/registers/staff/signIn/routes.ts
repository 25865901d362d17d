// Signing in and proving anew with what one has; one's own ways and sessions; a colleague's, for who looks after accounts.
import type { FastifyRequest } from "fastify";
import type { Serve, Visit } from "../../../api/serve.ts";
import type { Caller } from "../../../gate/caller.ts";
import type { Gate } from "../../../gate/gate.ts";
import { notFound, Problem } from "../../../values/problem.ts";
import { FRESH_MS } from "../../../values/safety.ts";
import { meOf } from "../me.ts";
import { listSessions, type SessionLine } from "../sessionStore.ts";
import { findAccount, type StaffGrant } from "../store.ts";
import { admit } from "./admit.ts";
import * as contract from "./contract.ts";
import { placeOfNews } from "./news.ts";
import { noteNews } from "./noteNews.ts";
import { type Party, partyAt } from "./party.ts";
import { creationOptions, requestOptions, verifyAssertion, verifyNew } from "./passkeys.ts";
import { proveWith } from "./password.ts";
import type { SignedIn } from "./sessions.ts";
import * as store from "./store.ts";
import { newSecret, shown } from "./totp.ts";
import { keepWaiting } from "./waiting.ts";
import * as ways from "./ways.ts";

/** A stranger's tries of one kind, from one address, in a minute. */
export const TRIES_A_MINUTE = 30;

export function signInRoutes(serve: Serve, gate: Gate, sessions: SignedIn, outside: ways.OutsideNow): void {
  const challenges = keepWaiting<string>(gate.clock);
  const secrets = keepWaiting<string>(gate.clock);
  const where = { gate, outside };
  const party = (request: FastifyRequest) => partyAt({ publicUrl: sessions.publicUrl, host: request.host });
  const expectParty = (request: FastifyRequest): Party => {
    const found = party(request);
    if ("not" in found) throw new Problem(found.not, 409);
    return found;
  };
  const freshUntil = (provedAt: Date) => new Date(provedAt.getTime() + FRESH_MS).toISOString();
  /** A way was changed: whoever else is signed in to the account must come in by what is left. */
  const endOthers = ({ subject, session }: Own) => sessions.endSome(subject, { but: session });
  const prove = async ({ session }: Own, { request, reply }: Visit) => {
    await sessions.renew(session, request, reply);
    return { freshUntil: freshUntil(gate.clock.now()) };
  };

  serve(contract.readSignInOffers, async (_, __, { request }) => {
    const found = party(request);
    const there = outside();
    return { passkeysNot: "not" in found ? found.not : null, outside: there && { label: there.label } };
  });
  serve(
    contract.startPasskeySignIn,
    async (_, __, { request, reply }) => {
      const options = await requestOptions(expectParty(request));
      challenges.put(sessions.mark(request, reply), options.challenge);
      return { ...options };
    },
    { perMinute: TRIES_A_MINUTE },
  );
  serve(
    contract.signInWithPasskey,
    async (_, { body }, visit) => {
      const { request, reply } = visit;
      const asked = { party: expectParty(request), challenge: challenges.take(sessions.markOf(request)) };
      const actor = await admit(gate, visit.caller, await verifyAssertion(gate, visit.caller, asked, body.credential));
      await sessions.start(actor.id, "passkey", request, reply);
      return meOf(gate, actor);
    },
    { perMinute: TRIES_A_MINUTE },
  );

  serve(contract.readProof, async (_, __, visit) => {
    const { subject, provedAt } = themselves(visit);
    const has = await gate.serving(
      visit.caller,
      { register: "staff", verb: "read", place: "staff", subject, silent: true },
      async (grant) => ({ ...(await store.countWays(grant)), code: (await store.secondFactorOf(grant)) !== null }),
    );
    const until = freshUntil(provedAt);
    return {
      freshUntil: until > gate.clock.now().toISOString() ? until : null,
      password: has.password > 0,
      code: has.code,
      passkey: has.passkeys > 0 && !("not" in party(visit.request)),
      outside: has.outside > 0 && outside() !== null,
    };
  });
  serve(
    contract.prove,
    async (_, { body }, visit) => {
      const self = themselves(visit);
      const { recovery } = await proveWith(gate, sessions.attempts, self.subject, body, visit);
      if (recovery) await noteNews(gate, visit.caller, self.subject, "recoveryCodeUsed");
      return prove(self, visit);
    },
    { perMinute: TRIES_A_MINUTE },
  );
  serve(contract.startPasskeyProof, async (_, __, visit) => {
    const { session } = themselves(visit);
    const { has } = await ways.forPasskeys(gate, visit.caller);
    const options = await requestOptions(expectParty(visit.request), has);
    challenges.put(session, options.challenge);
    return { ...options };
  });
  serve(contract.provePasskey, async (_, { body }, visit) => {
    const self = themselves(visit);
    const asked = { party: expectParty(visit.request), challenge: challenges.take(self.session), of: self.subject };
    await verifyAssertion(gate, visit.caller, asked, body.credential);
    return prove(self, visit);
  });

  serve(contract.readWays, async (_, __, visit) => {
    themselves(visit);
    return ways.waysOf(gate, visit.caller);
  });
  serve(contract.setPassword, async (_, { body }, visit) => {
    const self = themselves(visit);
    await ways.changePassword(gate, visit.caller, body.password);
    await endOthers(self);
    return { changed: true as const };
  });
  serve(contract.removePassword, async (_, __, visit) => {
    const self = themselves(visit);
    await ways.removeWay(where, visit.caller, "passwordRemoved", async (grant) => {
      await store.setPassword(grant, null);
      return true;
    });
    await endOthers(self);
    return { removed: true as const };
  });
  serve(contract.startPasskey, async (_, __, visit) => {
    const { subject, session } = themselves(visit);
    const { account, has } = await ways.forPasskeys(gate, visit.caller);
    const company = gate.inForce().description.controller.name;
    const options = await creationOptions(expectParty(visit.request), company, { id: subject, ...account }, has);
    challenges.put(session, options.challenge);
    return { ...options };
  });
  serve(contract.addPasskey, async (_, { body }, visit) => {
    const { session } = themselves(visit);
    const challenge = challenges.take(session);
    if (challenge === null) throw new Problem("passkeyFailed", 422);
    const made = await verifyNew(gate, expectParty(visit.request), challenge, body.credential, body.label);
    return { id: await ways.keepPasskey(gate, visit.caller, made) };
  });
  serve(contract.renamePasskey, async (_, { params, body }, visit) => {
    themselves(visit);
    await ways.renamePasskey(gate, visit.caller, params.id, body.label);
    return params;
  });
  serve(contract.removePasskey, async (_, { params }, visit) => {
    const self = themselves(visit);
    await ways.removeWay(where, visit.caller, "passkeyRemoved", (grant) => store.removePasskey(grant, params.id));
    await endOthers(self);
    return params;
  });
  serve(contract.removeOutside, async (_, { params }, visit) => {
    const self = themselves(visit);
    await ways.removeWay(where, visit.caller, "outsideRemoved", (grant) => store.removeOutside(grant, params.id));
    await endOthers(self);
    return params;
  });

  serve(contract.startSecondFactor, async (_, __, visit) => {
    const { session } = themselves(visit);
    const { account } = await ways.forPasskeys(gate, visit.caller);
    const secret = newSecret();
    secrets.put(session, secret);
    return { secret, ...shown(secret, gate.inForce().description.controller.name, account.login) };
  });
  serve(contract.confirmSecondFactor, async (_, { body }, visit) => {
    const self = themselves(visit);
    const secret = secrets.take(self.session);
    if (secret === null) throw new Problem("secondFactorLate", 409);
    try {
      const recoveryCodes = await ways.keepSecondFactor(gate, visit.caller, secret, body.code);
      await endOthers(self);
      return { recoveryCodes };
    } catch (error) {
      // A slip of the finger does not ask for the app to be set up again.
      if (error instanceof Problem && error.code === "codeWrong") secrets.put(self.session, secret);
      throw error;
    }
  });
  serve(contract.removeSecondFactor, async (_, __, visit) => {
    const self = themselves(visit);
    await ways.takeSecondFactor(gate, visit.caller);
    await endOthers(self);
    return { removed: true as const };
  });
  serve(contract.renewRecoveryCodes, async (_, __, visit) => {
    themselves(visit);
    return { recoveryCodes: await ways.renewCodes(gate, visit.caller) };
  });

  const sessionsOf = async (caller: Caller, subject: string, here: string | null) =>
    gate.serving(caller, { register: "staff", verb: "read", place: "staff", subject }, async (grant) =>
      (await listSessions(grant)).map((line) => told(line, here)),
    );
  serve(contract.listMySessions, async (_, __, visit) => {
    const { subject, session } = themselves(visit);
    return { items: await sessionsOf(visit.caller, subject, session) };
  });
  serve(contract.endMySession, async (_, { params }, visit) => {
    const ended = await sessions.endSome(themselves(visit).subject, params);
    if (ended === 0) throw notFound();
    return { ended };
  });
  serve(contract.endMyOtherSessions, async (_, __, visit) => ({ ended: await endOthers(themselves(visit)) }));

  const colleague = <T>(
    visit: Visit,
    verb: "read" | "change",
    subject: string,
    work: (g: StaffGrant) => Promise<T>,
    place = "staff",
  ) =>
    gate.serving(visit.caller, { register: "staff", verb, place, subject }, async (grant) => {
      if (!(await findAccount(grant, subject))) throw notFound();
      return work(grant);
    });
  serve(contract.readAccountSignIn, async (_, { params }, visit) =>
    colleague(visit, "read", params.id, async (grant) => {
      const has = await store.countWays(grant);
      return {
        items: (await listSessions(grant)).map((line) => told(line, visit.caller.session?.id ?? null)),
        password: has.password > 0,
        passkeys: has.passkeys,
        secondFactor: (await store.secondFactorOf(grant)) !== null,
        outside: has.outside,
      };
    }),
  );
  serve(contract.endAccountSessions, async (_, { params }, visit) => {
    await colleague(visit, "change", params.id, async () => undefined);
    return { ended: await sessions.endSome(params.id, { but: null }) };
  });
  serve(contract.removeAccountSecondFactor, async (_, { params }, visit) => {
    const remove = async (grant: StaffGrant) => {
      if (!(await store.removeSecondFactor(grant))) throw notFound();
    };
    await colleague(visit, "change", params.id, remove, placeOfNews("factorOff"));
    await sessions.endSome(params.id, { but: null });
    return params;
  });
}

type Own = { subject: string; session: string; provedAt: Date };
/** A person in a session of their own: a program has no ways to sign in. */
export function themselves({ signedIn, caller }: Visit): Own {
  if (!signedIn) throw new Problem("notSignedIn", 401);
  if (caller.actor.kind !== "staff" || !caller.session) throw notFound();
  return { subject: caller.actor.id, session: caller.session.id, provedAt: caller.session.provedAt };
}

const told = ({ startedAt, seenAt, endsAt, way, ...rest }: SessionLine, here: string | null) => ({
  ...rest,
  way: contract.Way.catch("password").parse(way),
  startedAt: startedAt.toISOString(),
  seenAt: seenAt.toISOString(),
  endsAt: endsAt.toISOString(),
  here: rest.id === here,
});

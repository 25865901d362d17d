// Signing in with the company's own service. An identity there belongs to an account because its person linked it, or made the account with it by a link;
// never because an address is the same.
import type { FastifyRequest } from "fastify";
import type { Serve, Visit } from "../../api/serve.ts";
import { helperFor } from "../../description/helperFor.ts";
import { inLanguage } from "../../description/text.ts";
import type { Gate } from "../../gate/gate.ts";
import { expectOpen, redeem } from "../../registers/staff/accounts.ts";
import type { Newcomer } from "../../registers/staff/contract.ts";
import { meOf } from "../../registers/staff/me.ts";
import { admit, refuseSignIn } from "../../registers/staff/signIn/admit.ts";
import { identityMac } from "../../registers/staff/signIn/macs.ts";
import { placeOfNews } from "../../registers/staff/signIn/news.ts";
import { TRIES_A_MINUTE, themselves } from "../../registers/staff/signIn/routes.ts";
import type { SignedIn } from "../../registers/staff/signIn/sessions.ts";
import { addOutside, findOutside, seeOutside } from "../../registers/staff/signIn/store.ts";
import { keepWaiting } from "../../registers/staff/signIn/waiting.ts";
import type { OutsideNow } from "../../registers/staff/signIn/ways.ts";
import type { StaffGrant } from "../../registers/staff/store.ts";
import { isLoopback } from "../../values/hosts.ts";
import { Problem } from "../../values/problem.ts";
import { newId } from "../../values/Uuid.ts";
import * as contract from "./contract.ts";
import type { Begun, Identity, Provider } from "./provider.ts";

/** `system`: the helper of the description that the service is. */
export type OutsideSignIn = { provider: Provider; system: string };

type Purpose = { kind: "signIn" } | { kind: "redeem"; newcomer: Newcomer } | { kind: "link" } | { kind: "proof" };

/** null where no service is set, or the description in force does not let the program use it (any more). */
export const outsideNow =
  (gate: Gate, oidc: OutsideSignIn | undefined): OutsideNow =>
  () => {
    const { description } = gate.inForce();
    if (!oidc || helperFor(description, oidc.system, "signIn") !== "ok") return null;
    const label = description.systems[oidc.system]?.label;
    return label ? { label: inLanguage(description, label, description.languages[0] ?? "fi") } : null;
  };

export function outsideRoutes(serve: Serve, gate: Gate, sessions: SignedIn, oidc: OutsideSignIn | undefined): void {
  const now = outsideNow(gate, oidc);
  const waiting = keepWaiting<{ begun: Begun; purpose: Purpose }>(gate.clock);
  const slow = { perMinute: TRIES_A_MINUTE } as const;

  /** Throws `outsideNotSet` where there is none. */
  function expectProvider(): Provider {
    if (!oidc || !now()) throw new Problem("outsideNotSet", 404);
    return oidc.provider;
  }
  async function begin(holder: string, purpose: Purpose, request: FastifyRequest): Promise<{ url: string }> {
    const redirect = `${pagesAt(sessions.publicUrl, request)}/signed-in`;
    const { url, begun } = await expectProvider().begin({ redirect, now: purpose.kind === "proof" });
    waiting.put(holder, { begun, purpose });
    return { url };
  }

  serve(
    contract.startOutsideSignIn,
    async (_, __, { request, reply }) => begin(sessions.mark(request, reply), { kind: "signIn" }, request),
    slow,
  );
  serve(
    contract.startOutsideInvitation,
    async (_, { body }, { caller, request, reply }) => {
      await expectOpen(gate, body.secret, caller);
      return begin(sessions.mark(request, reply), { kind: "redeem", newcomer: body }, request);
    },
    slow,
  );
  serve(contract.startOutsideLink, async (_, __, visit) =>
    begin(themselves(visit).session, { kind: "link" }, visit.request),
  );
  serve(contract.startOutsideProof, async (_, __, visit) =>
    begin(themselves(visit).session, { kind: "proof" }, visit.request),
  );
  serve(
    contract.finishOutside,
    async (_, { body }, visit) => {
      const { request } = visit;
      const own = visit.caller.session ? waiting.take(visit.caller.session.id) : null;
      const found = own ?? waiting.take(sessions.markOf(request));
      if (!found) return refuseSignIn(gate, visit.caller, [], "outsideFailed");
      const identity = await expectProvider()
        .finish(found.begun, body.answer)
        .catch((error) => {
          if (error instanceof Problem && error.status === 401) return refuseSignIn(gate, visit.caller, [], error.code);
          throw error;
        });
      return done(found.purpose, identity, visit);
    },
    slow,
  );

  async function done(purpose: Purpose, identity: Identity, visit: Visit) {
    const { caller, request, reply } = visit;
    const mac = identityMac(gate, identity);
    const link = async (grant: StaffGrant) => {
      if (!(await addOutside(grant, { id: newId(), mac, ...identity }))) throw new Problem("outsideKnown", 409);
    };
    if (purpose.kind === "redeem") {
      const makeWay = async () => ({ passwordHash: null, add: link });
      const actor = await redeem(gate, purpose.newcomer, makeWay, visit);
      await sessions.start(actor.id, "invitation", request, reply);
      return { did: "signedIn" as const, me: await meOf(gate, actor) };
    }
    if (purpose.kind === "link") {
      const { subject } = themselves(visit);
      await gate.serving(
        caller,
        { register: "staff", verb: "change", place: placeOfNews("outsideAdded"), subject },
        link,
      );
      return { did: "linked" as const, me: await meOf(gate, await admit(gate, caller, subject, "staff")) };
    }
    const silent = { register: "staff", verb: "read", place: "roles", silent: true } as const;
    const subject = await gate.serving(caller, silent, (grant) => findOutside(grant, mac));
    if (subject === null) return refuseSignIn(gate, caller, [], "outsideUnknown");
    if (purpose.kind === "proof") {
      const self = themselves(visit);
      // Somebody else at the service is not the person whose session it is.
      if (subject !== self.subject) return refuseSignIn(gate, caller, [subject], "outsideFailed");
      await sessions.renew(self.session, request, reply);
      return { did: "proved" as const, me: await meOf(gate, await admit(gate, caller, subject, "staff")) };
    }
    const actor = await admit(gate, caller, subject);
    await gate.serving(caller, { ...silent, verb: "change", subject }, (grant) => seeOutside(grant, mac));
    await sessions.start(subject, "outside", request, reply);
    return { did: "signedIn" as const, me: await meOf(gate, actor) };
  }
}

/** The pages' own origin: where people reach them over HTTPS, else what this machine's browser asked for. */
function pagesAt(publicUrl: string | undefined, request: FastifyRequest): string {
  if (publicUrl !== undefined) return publicUrl;
  const url = URL.parse(`http://${request.host}`);
  if (!url || !isLoopback(url.hostname)) throw new Problem("outsideNotSet", 404);
  return url.origin;
}

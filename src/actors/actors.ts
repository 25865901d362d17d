// Who acts: the bearer of a token, or the person whose session a cookie names. Roles that the description in force does not know count for nothing.
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Caller, systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { digest, randomToken } from "../keys/token.ts";
import type { Names } from "../registers/names.ts";
import { endOf } from "../registers/staff/accounts.ts";
import {
  addSession,
  endSession,
  endSessions,
  findSession,
  findToken,
  renewSession,
  seeSession,
} from "../registers/staff/sessionStore.ts";
import { deviceOf } from "../registers/staff/signIn/device.ts";
import { noteNews } from "../registers/staff/signIn/noteNews.ts";
import type { SignedIn } from "../registers/staff/signIn/sessions.ts";
import { rolesInUse, type Standing, standingOf } from "../registers/staff/signIn/withheld.ts";
import { findAccount, rolesOf, type StaffGrant } from "../registers/staff/store.ts";
import { dayInHelsinki } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { IDLE_MS, LONGEST_MS, MOST_SESSIONS } from "../values/safety.ts";
import { countAttempts } from "./attempts.ts";
import { keepKnown } from "./known.ts";
import { openNames } from "./names.ts";
import { fromAnotherSite, fromOurPages } from "./sameOrigin.ts";

const MINUTE = 60_000;
const SEEN_EVERY_MS = MINUTE;
/** Of a keyed hash in base64url: 132 bits. */
const DEVICE_SIGNS = 22;
/** People who share a browser. */
const MOST_ON_DEVICE = 10;
/** A device that was not used for a year is new again. */
const DEVICE_SECONDS = 365 * 86_400;

type Known = {
  id: string;
  kind: "staff" | "token";
  roles: readonly string[];
  language: Language | null;
  standing: Standing | null;
  /** Sessions only. */
  session?: { id: string; provedAt: Date };
  ends?: { at: number; seen: number; seenWritten: number };
};

export type Actors = SignedIn & {
  callerOf(request: FastifyRequest): Promise<Caller | null>;
  /** The language a person chose for themselves. */
  languageOf(caller: Caller): Language | null;
  /** A token was revoked. */
  forgetToken(id: string): void;
  /** Who recorded a value or did an act, by name, for colleagues. */
  names: Names;
};

/**
 * `https`: people reach the server over TLS, so the cookie can be bound to it (`__Host-`, Secure). `origin`: where they do (PUBLIC_URL); a page of any
 * other origin changes nothing. `cookie`: another name than the register's own, for a second server on this machine: cookies know hosts and no ports
 * (RFC 6265 section 8.5), so that of the same name one would sign the other out.
 */
export function openActors({
  gate,
  https,
  origin,
  cookie: ownName = "tietovirta",
}: {
  gate: Gate;
  https: boolean;
  origin?: string;
  cookie?: string;
}): Actors {
  const cookieName = https ? `__Host-${ownName}` : ownName;
  const known = keepKnown<Known>(10_000);
  const { names, forget: forgetName } = openNames(gate);
  const forget = (id: string): void => {
    known.forget(id);
    forgetName(id);
  };
  const languages = new WeakMap<Caller, Language>();
  const strangers = countAttempts(gate.clock, { most: 100, withinMs: MINUTE });
  const now = () => gate.clock.now().getTime();

  const asSystem = <T>(work: (grant: StaffGrant) => Promise<T>, subject?: string): Promise<T> =>
    gate.serving(
      systemCaller("actors"),
      { register: "staff", verb: "read", place: "roles", silent: true, ...(subject === undefined ? {} : { subject }) },
      work,
    );

  async function callerOf(request: FastifyRequest): Promise<Caller | null> {
    const bearer = bearerOf(request);
    const secret = bearer ?? request.cookies[cookieName];
    if (secret === undefined || secret === "") {
      if (fromAnotherSite(request, origin)) throw new Problem("crossSite", 403);
      return null;
    }
    const found = await knownBy(secret, bearer === undefined ? "session" : "token", request.ip);
    if (!found || (found.ends && !(await stillOpen(found.ends, secret)))) return null;
    const caller = callerFrom(found, request);
    if (bearer === undefined && !fromOurPages(request, origin)) {
      await gate.noteRefusal(caller, { verb: "change", register: "staff" }, "crossSite", "roles");
      throw new Problem("crossSite", 403);
    }
    return caller;
  }

  async function knownBy(secret: string, kind: "session" | "token", address: string): Promise<Known | null> {
    const hash = digest(secret);
    const key = hash.toString("base64url");
    const cached = known.get(key);
    if (cached) return cached;
    // Each unknown secret costs a query; whoever keeps guessing waits.
    const wait = strangers.waitSeconds(address);
    if (wait > 0) throw new Problem("tooManyRequests", 429, { seconds: wait });
    const found = await known.load(key, () =>
      asSystem((grant) => (kind === "token" ? ofToken : ofSession)(grant, hash)),
    );
    if (!found) strangers.count(address);
    return found;
  }

  /** False past the end or after half an hour unused; a minute's use is written down once. */
  async function stillOpen(ends: NonNullable<Known["ends"]>, secret: string): Promise<boolean> {
    const at = now();
    if (at >= ends.at || at - ends.seen >= IDLE_MS) {
      await close(secret);
      return false;
    }
    ends.seen = at;
    if (at - ends.seenWritten >= SEEN_EVERY_MS) {
      ends.seenWritten = at;
      await asSystem((grant) => seeSession(grant, digest(secret)));
    }
    return true;
  }

  async function close(secret: string): Promise<void> {
    const hash = digest(secret);
    await asSystem((grant) => endSession(grant, hash));
    known.forgetSecret(hash.toString("base64url"));
  }

  function callerFrom(found: Known, request: FastifyRequest): Caller {
    const { description } = gate.inForce();
    const purpose = request.headers["tietovirta-purpose"];
    const caller: Caller = {
      actor: { kind: found.kind, id: found.id, roles: rolesInUse(description, found.roles, found.standing) },
      requestId: request.id,
      ...(found.session && { session: found.session }),
      ...(typeof purpose === "string" && purpose !== "" ? { purpose } : {}),
    };
    if (found.language) languages.set(caller, found.language);
    return caller;
  }

  /**
   * A browser that an account has signed in with before carries a keyed hash of it, which says nothing to anybody else; one that does not is new, and the
   * person is told (ASVS 5.0 6.3.5). The device on which the account is made is theirs.
   */
  async function meetDevice(subject: string, way: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const mine = gate.keys.mac("device", subject).toString("base64url").slice(0, DEVICE_SIGNS);
    const there = (request.cookies[deviceName] ?? "").split(".").filter((each) => each.length === DEVICE_SIGNS);
    if (!there.includes(mine) && way !== "invitation") {
      const caller: Caller = { actor: { kind: "staff", id: subject, roles: [] }, requestId: request.id };
      await noteNews(gate, caller, subject, "newDevice");
    }
    const kept = [mine, ...there.filter((each) => each !== mine)].slice(0, MOST_ON_DEVICE);
    reply.setCookie(deviceName, kept.join("."), { ...cookie, maxAge: DEVICE_SECONDS });
  }

  const cookie = { path: "/", httpOnly: true, sameSite: "strict", secure: https } as const;
  const markName = `${cookieName}-mark`;
  const deviceName = `${cookieName}-device`;
  const markOf = (request: FastifyRequest): string | null => {
    const mark = request.cookies[markName];
    return mark ? digest(mark).toString("base64url") : null;
  };

  return {
    callerOf,
    languageOf: (caller) => languages.get(caller) ?? null,
    names,
    forgetToken: forget,
    publicUrl: origin,
    attempts: {
      here: countAttempts(gate.clock, { most: 10, withinMs: 15 * MINUTE }),
      anywhere: countAttempts(gate.clock, { most: 30, withinMs: 5 * MINUTE }),
      code: countAttempts(gate.clock, { most: 10, withinMs: 15 * MINUTE }),
    },
    async start(subject, way, request, reply) {
      // The session that was there ends: nobody can be made to sign in into a session that somebody else knows.
      const earlier = request.cookies[cookieName];
      if (earlier) await close(earlier);
      const secret = randomToken();
      const device = deviceOf(request.headers["user-agent"]);
      await asSystem(async (grant) => {
        const account = await findAccount(grant, subject);
        const longest = now() + LONGEST_MS;
        const last = account?.endsOn ? endOf(account.endsOn).getTime() : longest;
        const endsAt = new Date(Math.min(longest, last));
        await addSession(grant, { digest: digest(secret), way, device, endsAt }, MOST_SESSIONS);
      }, subject);
      // The oldest of too many may still be known.
      known.forget(subject);
      reply.setCookie(cookieName, secret, cookie);
      reply.clearCookie(markName, cookie);
      await meetDevice(subject, way, request, reply);
    },
    async renew(session, request, reply) {
      const secret = randomToken();
      const earlier = request.cookies[cookieName];
      const renewed = await asSystem((grant) => renewSession(grant, session, digest(secret)));
      if (earlier) known.forgetSecret(digest(earlier).toString("base64url"));
      // It was ended meanwhile, here or by a colleague.
      if (!renewed) throw new Problem("notSignedIn", 401);
      reply.setCookie(cookieName, secret, cookie);
    },
    async end(request: FastifyRequest, reply: FastifyReply) {
      const secret = request.cookies[cookieName];
      if (secret) await close(secret);
      reply.clearCookie(cookieName, cookie);
    },
    async endSome(subject, which) {
      const ended = await asSystem((grant) => endSessions(grant, which), subject);
      known.forget(subject);
      return ended;
    },
    forget,
    mark(request, reply) {
      const there = markOf(request);
      if (there !== null) return there;
      const mark = randomToken();
      reply.setCookie(markName, mark, cookie);
      return digest(mark).toString("base64url");
    },
    markOf,
  };
}

/** Case-insensitive scheme, one space (RFC 6750 section 2.1). */
function bearerOf(request: FastifyRequest): string | undefined {
  const [, token] = /^Bearer +([A-Za-z0-9._~+/=-]{20,200})$/i.exec(request.headers.authorization ?? "") ?? [];
  return token ?? (request.headers.authorization === undefined ? undefined : "");
}

async function ofToken(grant: StaffGrant, hash: Buffer): Promise<Known | null> {
  const token = await findToken(grant, hash);
  return token && { id: token.id, kind: "token", roles: [token.role], language: null, standing: null };
}

async function ofSession(grant: StaffGrant, hash: Buffer): Promise<Known | null> {
  const session = await findSession(grant, hash);
  if (!session) return null;
  const account = await findAccount(grant, session.subject);
  if (!account || account.disabled) return null;
  if (account.endsOn !== null && account.endsOn < dayInHelsinki(grant.at)) return null;
  const seen = session.seenAt.getTime();
  return {
    id: session.subject,
    kind: "staff",
    roles: await rolesOf(grant, session.subject),
    standing: await standingOf(grant, session.subject, account.endsOn),
    language: account.language,
    session: { id: session.id, provedAt: session.provedAt },
    ends: { at: session.endsAt.getTime(), seen, seenWritten: seen },
  };
}

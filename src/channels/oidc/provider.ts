// The company's own sign-in service (OpenID Connect Core 1.0): authorization code with PKCE, state and nonce. It tells who somebody is and nothing else is asked of it.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { isLoopback } from "../../values/hosts.ts";
import { Problem } from "../../values/problem.ts";

const TIMEOUT_SECONDS = 10;
/** How long ago somebody may have signed in there for it to be a proof of now. */
const NOW_SECONDS = 120;

export type ProviderSettings = { issuer: string; clientId: string; clientSecret: string };
/** What must come back as it was sent. `now`: the person signs in there anew. */
export type Begun = { verifier: string; state: string; nonce: string; redirect: string; now: boolean };
/** Issuer and subject together are the person; the name is for showing. */
export type Identity = { issuer: string; sub: string; name: string };

export type Provider = {
  /** Where the browser goes. Throws `outsideUnreachable`. */
  begin(to: { redirect: string; now: boolean }): Promise<{ url: string; begun: Begun }>;
  /** `answer`: the query that the browser came back with. Throws `outsideFailed` and `outsideUnreachable`. */
  finish(begun: Begun, answer: string): Promise<Identity>;
};

/** Asks for the service's own description at first use: a service that is away does not keep the register from starting. */
export function openProvider({ issuer, clientId, clientSecret }: ProviderSettings): Provider {
  let known: Promise<Configuration> | undefined;
  const url = new URL(issuer);
  const here = url.protocol === "http:" && isLoopback(url.hostname);

  async function configuration(): Promise<Configuration> {
    known ??= discovery(url, clientId, clientSecret, undefined, {
      timeout: TIMEOUT_SECONDS,
      ...(here && { execute: [allowInsecureRequests] }),
    });
    try {
      return await known;
    } catch {
      known = undefined;
      throw new Problem("outsideUnreachable", 503);
    }
  }

  return {
    async begin({ redirect, now }) {
      const config = await configuration();
      const begun = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce(), redirect, now };
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: "openid email profile",
        code_challenge: await calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: "S256",
        state: begun.state,
        nonce: begun.nonce,
        ...(now && { prompt: "login", max_age: String(NOW_SECONDS) }),
      });
      return { url: url.href, begun };
    },
    async finish({ verifier, state, nonce, redirect, now }, answer) {
      const config = await configuration();
      const back = new URL(redirect);
      back.search = answer;
      const tokens = await authorizationCodeGrant(config, back, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
        ...(now && { maxAge: NOW_SECONDS }),
      }).catch(() => null);
      const claims = tokens?.claims();
      if (!claims) throw new Problem("outsideFailed", 401);
      const said = [claims.email, claims.preferred_username, claims.name].find((value) => typeof value === "string");
      return { issuer: claims.iss, sub: claims.sub, name: String(said ?? claims.sub).slice(0, 200) };
    },
  };
}

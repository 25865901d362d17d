// A sign-in service of a company: a real OpenID Connect provider on this machine, whose people are signed in without being asked for anything.
import { once } from "node:events";
import { createServer } from "node:http";
import { after } from "node:test";
import { Provider } from "oidc-provider";

type Context = {
  oidc: {
    client: { clientId: string };
    session: { accountId: string };
    provider: { Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> } };
  };
};

export const CLIENT = { clientId: "tietovirta", clientSecret: "a secret of the tests" };

/** `person`: who is signed in there; `visit` is what their browser does with an address that it is sent to, and answers the query that it comes back with. */
export async function signInService(redirect: string) {
  let person = "nobody";
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => server.close());
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [redirect],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    cookies: { keys: ["a key of the tests"] },
    claims: { openid: ["sub"], email: ["email"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, email: `${id}@example.fi` }),
    }),
    loadExistingGrant: async ({ oidc: { client, session, provider: own } }: Context) => {
      const grant = new own.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
  const serve = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return serve(request, response);
    void provider.interactionFinished(request, response, { login: { accountId: person } });
  });

  async function visit(url: string): Promise<string> {
    const cookies = new Map<string, string>();
    for (let next = url, steps = 0; steps < 10; steps++) {
      if (next.startsWith(redirect)) return new URL(next).search;
      const answer = await fetch(next, {
        redirect: "manual",
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        cookies.set(name, value);
      }
      const location = answer.headers.get("location");
      if (location === null) throw new Error(`the service answered ${answer.status}: ${await answer.text()}`);
      next = new URL(location, next).href;
    }
    throw new Error("the service never sent the browser back");
  }
  return {
    issuer,
    visit,
    as: (name: string) => {
      person = name;
    },
  };
}

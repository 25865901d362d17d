// Who reaches what, from where, and who is believed: over HTTP on the apps that run.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import fastify from "fastify";
import { openActors } from "../actors/actors.ts";
import type { Contract } from "../api/contract.ts";
import * as formContracts from "../intake/form/contract.ts";
import { inviteFirst } from "../registers/staff/accounts.ts";
import { testApp } from "../test/app.ts";
import { buildApp } from "./app.ts";
import { contracts } from "./contracts.ts";
import { buildFormApp } from "./formApp.ts";
import { trustOf } from "./proxies.ts";

const PROXY = "10.0.0.2";
const HERE = "https://register.example";
const PASSWORD = "a quiet harbour at noon";

const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom("unknown", "127.0.0.1", "::1", PROXY, "a, b"));
const forged = fc.record(
  {
    "x-forwarded-for": fc.array(address, { minLength: 1, maxLength: 4 }).map((list) => list.join(", ")),
    "x-forwarded-proto": fc.constantFrom("https", "http", "https, http", "wss"),
    "x-forwarded-host": fc.constantFrom("evil.example", "register.example", "localhost", "a, b"),
    "x-real-ip": address,
    forwarded: address.map((of) => `for=${of};proto=https;host=evil.example`),
  },
  { requiredKeys: [] },
);

test("headers of a peer that is no trusted proxy say nothing", async () => {
  for (const trustProxy of [
    trustOf({}),
    trustOf({ trustedProxies: ["0.0.0.0/1"] }),
    trustOf({ https: true }),
    trustOf({ https: true, trustedProxies: [PROXY, "2001:db8::/64"] }),
  ]) {
    const app = fastify({ trustProxy });
    app.get("/", async ({ ip, protocol, host }) => ({ ip, protocol, host }));
    await fc.assert(
      fc.asyncProperty(
        forged,
        fc.constantFrom("203.0.113.9", "2001:db8:1::7", "10.0.0.3"),
        async (headers, remoteAddress) => {
          const answer = await app.inject({ url: "/", remoteAddress, headers: { ...headers, host: "here.example" } });
          assert.deepEqual(answer.json(), { ip: remoteAddress, protocol: "http", host: "here.example" });
        },
      ),
      { numRuns: 150 },
    );
    await app.close();
  }
});

test("a trusted proxy's last word on the client is believed, and what the client wrote before it is not", async () => {
  const app = fastify({ trustProxy: trustOf({ https: true, trustedProxies: [PROXY] }) });
  app.get("/", async ({ ip }) => ({ ip }));
  await fc.assert(
    fc.asyncProperty(address, fc.constantFrom("203.0.113.9", "2001:db8:1::7"), async (written, client) => {
      const headers = { "x-forwarded-for": `${written}, ${client}` };
      const answer = await app.inject({ url: "/", remoteAddress: PROXY, headers });
      assert.equal(answer.json().ip, client);
    }),
    { numRuns: 150 },
  );
  await app.close();
});

suite("behind HTTPS", async () => {
  const { gate } = await testApp();
  const reach = { https: true, trustedProxies: [PROXY] };
  const actors = openActors({ gate, https: true, origin: HERE });
  const { app, served } = await buildApp({ gate, actors, version: "test", origin: () => HERE, ...reach });
  const form = await buildFormApp({ gate, ...reach });
  const filled = (path: string) => path.replace(/:\w+/g, "0190a000-0000-7000-8000-000000000000");

  async function cookie(): Promise<string> {
    const secret = await inviteFirst(gate);
    const payload = { secret, name: "Testi Henkilö", login: "reach@example.fi", password: PASSWORD, language: "fi" };
    const answer = await app.inject({ method: "POST", url: "/api/invitation", headers: { origin: HERE }, payload });
    assert.equal(answer.statusCode, 201, answer.body);
    const [set] = [answer.headers["set-cookie"]].flat();
    assert.match(String(set), /^__Host-tietovirta=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    return String(set).split(";")[0] ?? "";
  }

  test("a session is bound to HTTPS, and only pages of PUBLIC_URL change something with it", async () => {
    const session = await cookie();
    const change = async (headers: Record<string, string>) => {
      const signed = { cookie: session, ...headers };
      const sent = { method: "PATCH", url: "/api/session", headers: signed, payload: { language: "sv" } } as const;
      return (await app.inject({ ...sent, remoteAddress: PROXY })).statusCode;
    };
    assert.equal(await change({ origin: HERE }), 200);
    assert.equal(await change({ origin: HERE, "sec-fetch-site": "same-origin" }), 200);
    const others: Record<string, string>[] = [
      {},
      { origin: "http://register.example" },
      { origin: "https://register.example:8443" },
      { origin: "https://evil.example", host: "evil.example" },
      { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
      { origin: "https://evil.example", "sec-fetch-site": "same-origin", "x-forwarded-host": "evil.example" },
      { origin: HERE, "sec-fetch-site": "same-site" },
      { origin: "https://form.example", "sec-fetch-site": "same-site" },
      { origin: "null" },
    ];
    for (const headers of others) assert.equal(await change(headers), 403, JSON.stringify(headers));
  });

  test("who guesses tokens waits, whatever address they claim", async () => {
    const guess = async (n: number, remoteAddress: string, claimed: string) => {
      const headers = { authorization: `Bearer ${"guess".repeat(8)}${n}`, "x-forwarded-for": claimed };
      return (await app.inject({ url: "/api/customers", remoteAddress, headers })).statusCode;
    };
    const statuses: number[] = [];
    for (let n = 0; n < 102; n++) statuses.push(await guess(n, "203.0.113.50", `198.51.100.${n}`));
    assert.ok(statuses.slice(0, 100).every((status) => status === 401));
    assert.deepEqual(statuses.slice(100), [429, 429]);
    assert.equal(await guess(200, PROXY, "203.0.113.51"), 401, "another client of the proxy does not wait for them");
    assert.equal(await guess(201, PROXY, "203.0.113.50"), 429, "the same client through the proxy does");
  });

  test("staff routes are not on the public listener, nor the form's on the staff's", async () => {
    const ofForm = Object.values<unknown>(formContracts).filter((one): one is Contract =>
      contracts.some((c) => c === one),
    );
    const ofStaff = contracts.filter((one) => !ofForm.includes(one));
    assert.ok(ofForm.length > 0 && ofStaff.length > 30, `${ofForm.length} and ${ofStaff.length} routes`);
    assert.ok(served.every((one) => !ofForm.includes(one)));
    for (const { method, path } of ofStaff)
      for (const url of [`/api${filled(path)}`, filled(path)]) {
        if (["/", "/notice", "/thanks"].includes(url)) continue;
        const { statusCode } = await form.inject({ method, url });
        assert.equal(statusCode, 404, `${method} ${url} on the public listener`);
      }
    for (const { method, path } of ofForm)
      for (const url of [`/api${filled(path)}`, filled(path)]) {
        const { statusCode } = await app.inject({ method, url });
        assert.equal(statusCode, 404, `${method} ${url} on the staff's listener`);
      }
    for (const url of ["/form.css", "/thanks", "/notice"])
      assert.equal((await app.inject({ url })).statusCode, 404, `${url} on the staff's listener`);
    for (const url of ["/api", "/api/openapi.json", "/assets/index.js", "/index.html"])
      assert.equal((await form.inject({ url })).statusCode, 404, `${url} on the public listener`);
  });

  test("both listeners tell browsers to come over HTTPS for a year, and the form sets no cookie", async () => {
    for (const one of [app, form]) {
      const { headers } = await one.inject({ url: "/" });
      assert.match(String(headers["strict-transport-security"]), /^max-age=31536000/);
    }
    assert.equal((await form.inject({ url: "/" })).headers["set-cookie"], undefined);
  });
});

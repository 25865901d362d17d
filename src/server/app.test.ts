import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { suite, test } from "node:test";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";

const golden = new URL("../../golden/openapi.json", import.meta.url);
const PLANTED = "Zyxwvutsrqpon-Kuukkeli";

suite("the app over HTTP", async () => {
  const lines: string[] = [];
  const { app, ask, as, gate, owner, served, putInForce, described } = await testApp({
    log: { write: (line) => void lines.push(line) },
  });
  const refusals = async () => (await rowsOf(owner, "audit_event")).filter(({ decision }) => decision === "refused");

  test("OpenAPI describes exactly what is served, with the act of each", async () => {
    const document = app.swagger() as unknown as { openapi: string; paths: Record<string, Record<string, object>> };
    assert.match(document.openapi, /^3\.1/);
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
    );
    const routes = served.map(({ method, path }) => `${method} /api${path.replace(/:(\w+)/g, "{$1}")}`);
    assert.ok(routes.length > 20, "too few routes for this test to mean anything");
    assert.deepEqual(described.map(({ route }) => route).sort(), routes.sort());
    assert.ok(described.every(({ operation }) => "x-act" in operation && "security" in operation));

    const text = `${JSON.stringify(document, null, 2)}\n`;
    if (process.env.GOLDEN === "write") writeFileSync(golden, text);
    assert.ok(text === readFileSync(golden, "utf8"), "golden/openapi.json has drifted: npm run golden");
  });

  test("a problem is told in the language asked for, without a value", async () => {
    for (const [language, title] of [
      ["fi-FI,fi;q=0.9", "Kirjaudu"],
      ["sv", "Logga in"],
      ["de, en;q=0.1", "Sign in"],
    ] as const) {
      const { status, body, headers } = await ask(null, "GET", "/api/customers", undefined, {
        "accept-language": language,
      });
      assert.equal(status, 401);
      assert.match(String(headers["content-type"]), /^application\/problem\+json/);
      assert.equal(headers["cache-control"], "no-store");
      assert.equal(body.type, "/problems/notSignedIn");
      assert.equal(body.status, 401);
      assert.ok(body.title.startsWith(title), `${language}: ${body.title}`);
    }
    const wrong = { kind: "person", name: 7, source: "phone", [PLANTED]: PLANTED };
    const { status, body } = await ask("sales", "POST", "/api/customers", wrong);
    assert.equal(status, 422);
    assert.deepEqual(body.errors[0], { path: "/name", code: "invalid_type" });
    assert.ok(!JSON.stringify(body.errors).includes(`"${PLANTED}"`));
  });

  test("three megabytes and broken JSON are refused, written down, and store nothing", async () => {
    const before = (await refusals()).length;
    const headers = { ...(await as("sales")), "content-type": "application/json" };
    const large = JSON.stringify({ kind: "person", name: "x".repeat(3 * 1024 * 1024), source: "phone" });
    const tooLarge = await app.inject({ method: "POST", url: "/api/customers", headers, payload: large });
    assert.equal(tooLarge.statusCode, 413);
    assert.equal(tooLarge.json().code, "tooLarge");
    const broken = await app.inject({ method: "POST", url: "/api/customers", headers, payload: '{"kind":' });
    assert.equal(broken.statusCode, 400);
    const written = (await refusals()).slice(before);
    assert.deepEqual(
      written.map(({ reason, verb, register }) => [reason, verb, register]),
      [
        ["tooLarge", "collect", "customers"],
        ["invalid", "collect", "customers"],
      ],
    );
    assert.deepEqual(await rowsOf(owner, "customer"), []);
  });

  test("a stranger's megabytes are not read, and other media are refused", async () => {
    const payload = "x".repeat(3 * 1024 * 1024);
    const json = { "content-type": "application/json" };
    const stranger = await app.inject({ method: "POST", url: "/api/customers", headers: json, payload });
    assert.equal(stranger.statusCode, 401);
    const headers = { ...(await as("sales")), "content-type": "text/plain" };
    const plain = await app.inject({ method: "POST", url: "/api/customers", headers, payload: "{}" });
    assert.equal(plain.statusCode, 415);
  });

  test("a wrong role is refused with the place; its line only for those who keep the description", async () => {
    const { status, body } = await ask("sales", "GET", "/api/audit-events");
    assert.equal(status, 403);
    assert.equal(body.code, "refused.keepingNotByRole");
    assert.equal(body.place, "roles.sales");
    assert.ok(!("at" in body));
    assert.deepEqual(body.why, {
      decider: "role",
      roles: ["responsiblePerson"],
      responsible: gate.inForce().description.responsiblePerson.name,
    });
    const keeper = await ask("responsiblePerson", "POST", "/api/customers", {
      kind: "person",
      name: PLANTED,
      source: "phone",
    });
    assert.equal(keeper.status, 403);
    assert.match(keeper.body.at, /^walttia\.yaml:\d+ roles\.responsiblePerson/);
    const events = await ask("responsiblePerson", "GET", "/api/audit-events?decision=refused&limit=2");
    assert.equal(events.status, 200);
    assert.deepEqual(
      events.body.items.map(({ reason }: { reason: string }) => reason),
      ["noRole", "keepingNotByRole"],
    );
    assert.equal(typeof events.body.next, "number");
  });

  test("unknown is 404, and what the description in force does not use is too", async () => {
    assert.equal((await ask("sales", "GET", "/api/nothing")).status, 404);
    assert.equal((await ask("sales", "GET", "/nothing")).body.code, "notFound");
    assert.equal((await ask("administration", "GET", "/api/audit-events")).status, 403);
    const without = described.replace("accounts, audit, retention", "accounts, retention");
    assert.notEqual(without, described);
    putInForce(without);
    assert.equal((await ask("administration", "GET", "/api/audit-events")).status, 404);
    putInForce(described);
  });

  test("pages may load only from here, and the API's page too", async () => {
    const page = await app.inject({ url: "/health" });
    const policy = String(page.headers["content-security-policy"]);
    assert.match(policy, /^default-src 'none';/);
    assert.ok(!policy.includes("script-src"), "an answer that is no page");
    assert.match(policy, /frame-ancestors 'none'/);
    assert.ok(!policy.includes("upgrade-insecure-requests"));
    const reference = await app.inject({ url: "/api/" });
    assert.equal(reference.statusCode, 200);
    const scripts = /script-src ([^;]*)/.exec(String(reference.headers["content-security-policy"]))?.[1] ?? "";
    assert.match(scripts, /^'self'( 'sha256-[A-Za-z0-9+/]{43}=')+$/);
    assert.ok(!/https?:\/\//.test(reference.body.replaceAll("http://www.w3.org", "")), "loads from elsewhere");
  });

  test("the log holds ids and patterns, nothing of a person", async () => {
    const made = await ask("sales", "POST", "/api/customers", { kind: "person", name: PLANTED, source: "phone" });
    assert.equal(made.status, 201);
    await ask("sales", "GET", `/api/customers?search=${PLANTED}`);
    await ask("sales", "GET", `/api/customers/${PLANTED}`);
    await ask("sales", "GET", `/${PLANTED}?q=${PLANTED}`);
    const text = lines.join("");
    assert.ok(text.includes('"route":"/api/customers"'), "the log tells the route");
    assert.ok(!text.includes(PLANTED) && !text.includes("Kuukkeli"));
  });
});

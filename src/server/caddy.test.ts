// deploy/Caddyfile in front of the running app, with a certificate of Caddy's own authority: sign-in over HTTPS, headers, and what may not pass.
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type IncomingHttpHeaders, get as plainly } from "node:http";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openActors } from "../actors/actors.ts";
import { inviteFirst } from "../registers/staff/accounts.ts";
import { testApp } from "../test/app.ts";
import { buildApp } from "./app.ts";
import { buildFormApp } from "./formApp.ts";
import { listen } from "./listen.ts";

const caddyfile = fileURLToPath(new URL("../../deploy/Caddyfile", import.meta.url));
const STAFF = "register.localhost";
const FORM = "form.localhost";
const PASSWORD = "a quiet harbour at noon";
const version = spawnSync("caddy", ["version"], { encoding: "utf8" });
const skip =
  version.status === 0 ? false : "Caddy is not installed here (apt-get install caddy): the proxy recipe was not tried";

const freePort = () =>
  new Promise<number>((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

/** A name of *.localhost makes Caddy sign with its own authority: the recipe is tried as it stands, without the network. */
async function startCaddy(folder: string, ports: Record<string, number>): Promise<ChildProcess> {
  const child = spawn("caddy", ["run", "--config", caddyfile, "--adapter", "caddyfile"], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
      TIETOVIRTA_CADDY_ADMIN: `unix/${join(folder, "admin.sock")}`,
      TIETOVIRTA_STAFF_HOST: STAFF,
      TIETOVIRTA_FORM_HOST: FORM,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [`TIETOVIRTA_${name}`, String(port)])),
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr?.on("data", (chunk) => {
    told += chunk;
  });
  const started = Date.now();
  while (
    !told.includes("serving initial configuration") ||
    !existsSync(join(folder, "caddy/pki/authorities/local/root.crt"))
  ) {
    if (child.exitCode !== null || Date.now() - started > 20_000)
      throw new Error(`Caddy did not start: ${told.slice(-600)}`);
    await new Promise((wait) => setTimeout(wait, 50));
  }
  return child;
}

suite("behind Caddy", { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-caddy-"));
  const { gate } = await testApp();
  const [http, https] = [await freePort(), await freePort()];
  const origin = `https://${STAFF}:${https}`;
  const actors = openActors({ gate, https: true, origin });
  const { app } = await buildApp({ gate, actors, version: "test", https: true, origin: () => origin });
  const form = await buildFormApp({ gate, https: true });
  const staffPort = await listen(app, { host: "127.0.0.1", port: 0, name: "PORT" });
  const formPort = await listen(form, { host: "127.0.0.1", port: 0, name: "PUBLIC_PORT" });
  let caddy: ChildProcess | undefined;
  after(async () => {
    if (caddy && caddy.exitCode === null) {
      const ended = new Promise((done) => caddy?.once("exit", done));
      caddy.kill("SIGTERM");
      await ended;
    }
    await app.close();
    await form.close();
    await rm(folder, { recursive: true, force: true });
  });
  caddy = await startCaddy(folder, {
    HTTP_PORT: http,
    HTTPS_PORT: https,
    STAFF_PORT: staffPort,
    FORM_PORT: formPort,
  });
  const ca = await readFile(join(folder, "caddy/pki/authorities/local/root.crt"), "utf8");

  type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
  const ask = (host: string, method: string, path: string, headers: Record<string, string> = {}, body?: object) =>
    new Promise<Answer>((done, failed) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const json =
        payload === undefined ? {} : { "content-type": "application/json", "content-length": payload.length };
      const options = { host: "127.0.0.1", servername: host, port: https, method, path, ca };
      const sent = request({ ...options, headers: { host: `${host}:${https}`, ...json, ...headers } }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk) => {
          text += chunk;
        });
        answer.once("end", () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
      });
      sent.once("error", failed);
      sent.end(payload);
    });

  test("a person signs in over HTTPS and the session holds", async () => {
    const secret = await inviteFirst(gate);
    const person = { secret, name: "Testi", login: "caddy@example.fi", password: PASSWORD, language: "fi" };
    const made = await ask(STAFF, "POST", "/api/invitation", { origin }, person);
    assert.equal(made.status, 201, made.body);
    const signIn = { login: "caddy@example.fi", password: PASSWORD };
    assert.equal((await ask(STAFF, "POST", "/api/session", { origin: "https://evil.example" }, signIn)).status, 403);
    const signed = await ask(STAFF, "POST", "/api/session", { origin }, signIn);
    assert.equal(signed.status, 200, signed.body);
    const [set = ""] = signed.headers["set-cookie"] ?? [];
    assert.match(set, /^__Host-tietovirta=.*; Secure; SameSite=Strict$/);
    const me = await ask(STAFF, "GET", "/api/session", { cookie: set.split(";")[0] ?? "" });
    assert.equal(me.status, 200);
    assert.match(me.headers["strict-transport-security"] ?? "", /max-age=31536000/);
    assert.equal(me.headers.server, undefined);
  });

  test("what a client claims of itself does not pass the proxy", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 101; n++) {
      const headers = { authorization: `Bearer ${"guess".repeat(8)}${n}`, "x-forwarded-for": `198.51.100.${n}` };
      statuses.push((await ask(STAFF, "GET", "/api/customers", headers)).status);
    }
    assert.equal(statuses[99], 401);
    assert.equal(statuses[100], 429, "a hundred guesses from one client count as one client's");
  });

  test("the form and the staff's pages stand on names of their own", async () => {
    const page = await ask(FORM, "GET", "/");
    assert.equal(page.status, 200);
    assert.match(page.body, /<form/);
    assert.equal((await ask(FORM, "GET", "/api/session")).status, 404);
    assert.equal((await ask(STAFF, "GET", "/thanks")).status, 404);
    await assert.rejects(ask("elsewhere.localhost", "GET", "/"), "a name that is nobody's gets no certificate");
  });

  test("plain HTTP only points to HTTPS", async () => {
    const { status, location } = await new Promise<{ status?: number; location?: string }>((done, failed) =>
      plainly({ host: "127.0.0.1", port: http, path: "/api/session", headers: { host: STAFF } }, (answer) => {
        answer.resume();
        done({ status: answer.statusCode ?? 0, location: answer.headers.location ?? "" });
      }).once("error", failed),
    );
    assert.equal(status, 308);
    assert.match(location ?? "", /^https:\/\/register\.localhost/);
  });
});

test("the recipes name both listeners and trust nothing that a client writes", () => {
  const caddy = readFileSync(caddyfile, "utf8");
  const nginx = readFileSync(new URL("../../deploy/nginx.conf", import.meta.url), "utf8");
  for (const text of [caddy, nginx]) for (const port of ["4700", "4701"]) assert.ok(text.includes(port));
  assert.equal(nginx.match(/X-Forwarded-For \$remote_addr;/g)?.length, 2);
  assert.ok(!nginx.includes("$proxy_add_x_forwarded_for"));
  assert.ok(!/^\s*log\b/m.test(caddy) && nginx.match(/access_log off;/g)?.length === 2);
});

// The app over HTTP (`app.inject`) on a real PostgreSQL, with keys in memory and a clock that tests set.
import { readFile } from "node:fs/promises";
import { after } from "node:test";
import type { FastifyInstance, InjectOptions } from "fastify";
import { openActors } from "../actors/actors.ts";
import { connectAll, type Db, disconnect } from "../db/connect.ts";
import { systemCaller } from "../gate/caller.ts";
import { type Gate, openGate } from "../gate/gate.ts";
import { memoryKeys } from "../keys/keyring.ts";
import { digest, randomToken } from "../keys/token.ts";
import { candidateOf } from "../registers/evidence/versions.ts";
import { addToken } from "../registers/staff/sessionStore.ts";
import { type AppParts, buildApp } from "../server/app.ts";
import { testDatabase } from "./database.ts";

export type TestApp = Awaited<ReturnType<typeof testApp>>;

/** The moment at which tests begin; `clock.set` moves it. */
export const FIRST_MOMENT = new Date("2026-11-22T10:00:00Z");

/**
 * `set` and `forward`: time really passes, as it does for a server that runs (back again: only what the clock says). `jump`: the clock is set wrong
 * while no time passes.
 */
export function testClock(first: Date = FIRST_MOMENT) {
  let now = first;
  let passed = 0;
  let latest = first.getTime();
  const set = (moment: Date | string) => {
    now = new Date(moment);
    passed += Math.max(0, now.getTime() - latest);
    latest = Math.max(latest, now.getTime());
  };
  return {
    now: () => now,
    monotonicMs: () => passed,
    set,
    forward: (ms: number) => set(new Date(now.getTime() + ms)),
    jump: (moment: Date | string) => {
      now = new Date(moment);
      latest = now.getTime();
    },
  };
}

/**
 * A whole app of its own: database, keys, description in force, actors, routes. `description` is a file's name in descriptions/, or `text` a
 * description of the test's own. `as(role)` gives headers with a bearer token of the role (made at the first call).
 */
export async function testApp({
  description = "walttia",
  text,
  statements,
  ...more
}: { description?: string; text?: string; statements?: (text: string) => void } & Partial<
  Pick<AppParts, "https" | "log" | "web" | "oidc" | "beside" | "demo">
> = {}) {
  const { config, owner } = await testDatabase();
  const databases = connectAll(config, { statements });
  const keys = await memoryKeys();
  const clock = testClock();
  const file = `${description}.yaml`;
  const described = text ?? (await readFile(new URL(`../../descriptions/${file}`, import.meta.url), "utf8"));
  const read = (yaml: string) => {
    const candidate = candidateOf(yaml, file, clock.now());
    if (!candidate) throw new Error(`${file} is no description`);
    return candidate.force;
  };
  let force = read(described);
  const gate = openGate({ databases, keys, clock, inForce: () => force });
  const actors = openActors({ gate, https: more.https ?? false });
  const { app, served, search } = await buildApp({
    gate,
    actors,
    version: "test",
    origin: () => "http://localhost:4700",
    versions: {
      takeForce: (next) => {
        force = next;
      },
    },
    ...more,
  });
  after(async () => {
    await app.close();
    await disconnect(databases);
    await keys.close();
  });

  await search.ready();

  const { as, ask } = asking(gate, app);
  return {
    app,
    served,
    search,
    gate,
    actors,
    keys,
    clock,
    /** As the application, as the gate's writers. */
    db: databases.write as Db,
    /** As the owner of the tables: what is really there. */
    owner,
    as,
    ask,
    /** As the server's own. */
    takeForce: (next: typeof force) => {
      force = next;
    },
    /** Another description in force, from now on. */
    putInForce: (yaml: string) => {
      force = read(yaml);
    },
    described,
  };
}

/** Requests to an app under tokens of its roles, made at the first call. */
export function asking(gate: Gate, app: FastifyInstance) {
  const tokens = new Map<string, Promise<string>>();
  /** Kept as a promise, so that requests at the same moment wait for one token to be written. */
  function tokenOf(role: string): Promise<string> {
    const made = tokens.get(role) ?? makeToken(role);
    tokens.set(role, made);
    return made;
  }
  async function makeToken(role: string): Promise<string> {
    const secret = randomToken();
    const caller = systemCaller("test");
    await gate.serving(caller, { register: "staff", verb: "collect", place: "roles", silent: true }, (grant) =>
      addToken(grant, { digest: digest(secret), name: `test ${role}`, role, by: "system:test" }),
    );
    return secret;
  }

  const as = async (role: string, purpose?: string) => ({
    authorization: `Bearer ${await tokenOf(role)}`,
    ...(purpose === undefined ? {} : { "tietovirta-purpose": purpose }),
  });
  /** One request as a role: status and parsed body. */
  async function ask(
    role: string | null,
    method: InjectOptions["method"] & string,
    url: string,
    payload?: object,
    headers = {},
  ) {
    const signed = role === null ? {} : await as(role);
    const answer = await app.inject({
      method: method as "GET",
      url,
      headers: { ...signed, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const json = /[/+]json/.test(answer.headers["content-type"]?.toString() ?? "");
    return { status: answer.statusCode, body: json ? answer.json() : answer.body, headers: answer.headers };
  }
  return { as, ask };
}

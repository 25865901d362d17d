// A colleague with an account and a session: for what only a person may do, which a program's token may not.
import assert from "node:assert/strict";
import type { InjectOptions } from "fastify";
import { systemCaller } from "../gate/caller.ts";
import { inviteAccount } from "../registers/staff/accounts.ts";
import type { TestApp } from "./app.ts";

const HERE = { "sec-fetch-site": "same-origin" };
let made = 0;

/** Makes the account and answers how to ask as its person. A session is opened at each ask, because tests move the clock past its hours. */
export async function person({ app, gate }: TestApp, roles: readonly string[]) {
  const caller = systemCaller("test");
  const { secret } = await inviteAccount(gate, caller, roles);
  const login = `colleague${++made}@example.fi`;
  const password = "a quiet harbour at noon";
  const body = { secret, name: `Colleague ${made}`, login, password, language: "fi" };
  const account = await app.inject({ method: "POST", url: "/api/invitation", headers: HERE, payload: body });
  assert.equal(account.statusCode, 201, account.body);
  const id: string = account.json().id;

  async function ask(method: "GET" | "POST" | "PATCH" | "DELETE", url: string, payload?: object, headers = {}) {
    const signed = await app.inject({
      method: "POST",
      url: "/api/session",
      headers: HERE,
      payload: { login, password },
      remoteAddress: `10.1.0.${made}`,
    });
    assert.equal(signed.statusCode, 200, signed.body);
    const cookie = String([signed.headers["set-cookie"]].flat()[0]).split(";")[0] ?? "";
    const asked: InjectOptions = { method, url, headers: { ...HERE, cookie, ...headers }, ...(payload && { payload }) };
    const answer = await app.inject(asked);
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
  }
  return { id, name: body.name, ask };
}

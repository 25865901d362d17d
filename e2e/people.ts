// Colleagues in a browser: accounts with chosen roles, made as a keeper of accounts makes them.
import assert from "node:assert/strict";
import type { Session } from "./browser.ts";
import { type Company, PASSWORD } from "./company.ts";

const headers = { "sec-fetch-site": "same-origin" };
type Made = Pick<Company, "app" | "address" | "session">;

/** A session of a new colleague. `endsOn`: their last day, which the people of another organisation need. */
export async function colleague(
  { app, address, session }: Made,
  { name, roles, endsOn }: { name: string; roles: readonly string[]; endsOn?: string },
): Promise<Session & { id: string; login: string }> {
  const given = await app.inject({
    method: "POST",
    url: "/api/accounts",
    headers: { ...headers, cookie: `${session.name}=${session.value}` },
    payload: { roles, ...(endsOn && { endsOn }) },
  });
  assert.equal(given.statusCode, 201, given.body);
  const secret = new URL(given.json().link).hash.split("=")[1];
  const login = `${name.toLowerCase().split(" ")[0]}@example.fi`;
  const payload = { secret, name, login, password: PASSWORD, language: "fi" };
  const made = await app.inject({ method: "POST", url: "/api/invitation", headers, payload });
  assert.equal(made.statusCode, 201, made.body);
  const [cookie] = made.cookies;
  assert.ok(cookie);
  return { name: cookie.name, value: cookie.value, url: address, id: made.json().id, login };
}

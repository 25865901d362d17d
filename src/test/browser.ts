// A browser over `app.inject`: it keeps cookies, and says that the page is our own.
import type { FastifyInstance, InjectOptions } from "fastify";

export type Browser = ReturnType<typeof browser>;

/** `address`: where it comes from. */
export function browser(app: FastifyInstance, { address = "10.2.0.1", agent = "" } = {}) {
  const cookies = new Map<string, string>();
  async function ask(method: "GET" | "POST" | "PATCH" | "DELETE", url: string, payload?: object, headers = {}) {
    const asked: InjectOptions = {
      method,
      url,
      remoteAddress: address,
      headers: {
        "sec-fetch-site": "same-origin",
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(agent && { "user-agent": agent }),
        ...headers,
      },
      ...(payload && { payload }),
    };
    const answer = await app.inject(asked);
    for (const { name, value, expires } of answer.cookies)
      if (value === "" || (expires && expires.getTime() === 0)) cookies.delete(name);
      else cookies.set(name, value);
    const json = /[/+]json/.test(String(answer.headers["content-type"]));
    return { status: answer.statusCode, body: json ? answer.json() : answer.body, headers: answer.headers };
  }
  return { ask, cookies };
}

// What every answer carries and how often one may ask.
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "../values/problem.ts";

const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  // The component library sets style attributes.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:", "blob:"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
} as const;

/** Programs may ask much: a limit against one that has run away, not against work. Strangers may not. */
const PER_MINUTE = { signedIn: 600_000, stranger: 600 } as const;

export async function secure(app: FastifyInstance, { https }: { https: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy() },
    referrerPolicy: { policy: "no-referrer" },
    hsts: https ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: true,
    max: (request: FastifyRequest) => (request.caller ? PER_MINUTE.signedIn : PER_MINUTE.stranger),
    timeWindow: 60_000,
    keyGenerator: (request: FastifyRequest) => request.caller?.actor.id ?? request.ip,
    errorResponseBuilder: (_, { ttl }) => new Problem("tooManyRequests", 429, { seconds: Math.ceil(ttl / 1000) }),
    addHeaders: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    addHeadersOnExceeding: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
    },
  });
  app.addHook("onSend", async (request, reply, payload) => {
    if (request.url.startsWith("/api")) reply.header("cache-control", "no-store");
    return payload;
  });
}

/** The policy, with sources added where one page needs more. */
export function contentPolicy(more: Partial<Record<keyof typeof POLICY, readonly string[]>> = {}) {
  const entries = Object.entries({ ...POLICY, ...more });
  return Object.fromEntries(entries.map(([directive, sources]) => [directive, [...sources]]));
}

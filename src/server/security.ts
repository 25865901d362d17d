// What every answer carries and how often one may ask.
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { digest } from "../keys/token.ts";
import { Problem } from "../values/problem.ts";

/** Of an answer that no page is made of: nothing may come of it in a browser. */
const NOTHING = {
  defaultSrc: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
} as const;

/** What a page of ours may load: from here alone. */
const PAGE = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "data:", "blob:"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
} as const;

/** Of the browser's powers only passkeys are used. */
const PERMISSIONS = [
  ...["accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media"],
  ...["geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi"],
  ...["otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb"],
  ...["window-management", "xr-spatial-tracking"],
]
  .map((feature) => `${feature}=()`)
  .concat("publickey-credentials-create=(self)", "publickey-credentials-get=(self)")
  .join(", ");

/** Programs may ask much: a limit against one that has run away, not against work. Strangers may not. */
const PER_MINUTE = { signedIn: 600_000, stranger: 600 } as const;

export async function secure(app: FastifyInstance, { https }: { https: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: listed(NOTHING) },
    referrerPolicy: { policy: "no-referrer" },
    hsts: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: true,
    // A first page is some thirty files, kept for a year: ten colleagues behind one address are no flood.
    allowList: (request: FastifyRequest) => request.url.startsWith("/assets/"),
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
    reply.header("permissions-policy", PERMISSIONS);
    if (!request.url.startsWith("/api")) return payload;
    reply.header("cache-control", "no-store");
    if (typeof payload === "string" && String(reply.getHeader("content-type")).startsWith("text/html"))
      await allow(reply, { ...NOTHING, styleSrc: hashesOf(payload, "style"), imgSrc: ["data:"] });
    return payload;
  });
}

/** What one page may load, instead of what the rest may. */
export async function allow(
  reply: FastifyReply,
  directives: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  await reply.helmet({ contentSecurityPolicy: { useDefaults: false, directives: listed(directives) } });
}

/** The policy of a page, with sources changed where one needs others. */
export const pagePolicy = (more: Readonly<Record<string, readonly string[]>> = {}) => ({ ...PAGE, ...more });

const listed = (directives: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(directives).map(([directive, sources]) => [directive, [...sources]]));

/** A page's own scripts or styles by what a browser finds in them: anything that a value could smuggle in has another hash. */
export function hashesOf(page: string, element: "script" | "style"): string[] {
  const found = page.matchAll(new RegExp(`<${element}(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${element}>`, "gi"));
  return [...found].flatMap(([, text]) => (text ? [`'sha256-${digest(text).toString("base64")}'`] : []));
}

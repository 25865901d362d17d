// Whom the server believes when a request says that it came from somebody else.

/** How people reach a listener. */
export type Reach = {
  /** Over TLS, by a proxy in front. */
  https?: boolean;
  /** Addresses and CIDR blocks of the proxies; this machine alone when absent. */
  trustedProxies?: readonly string[];
};

/** RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3. */
const THIS_MACHINE = ["127.0.0.0/8", "::1/128"];

/**
 * Fastify's `trustProxy`. Without a proxy in front nobody's X-Forwarded-… counts: whoever could name an address of their choice would never be made to
 * wait for guessing. Origins are compared with PUBLIC_URL and never with a header (`actors/sameOrigin.ts`).
 */
export const trustOf = ({ https = false, trustedProxies }: Reach): string[] | false =>
  https ? [...(trustedProxies ?? THIS_MACHINE)] : false;

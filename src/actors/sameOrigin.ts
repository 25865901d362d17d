// A browser sends a session's cookie by itself; what changes something must therefore come from our own pages.
import type { FastifyRequest } from "fastify";

const READING = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * True where the request only reads, or a browser says that our own page made it (Fetch Metadata; else the Origin header, RFC 6454). `ours` is the origin
 * at which people reach the web; where none is set (no proxy in front) the request's own Host stands for it.
 */
export function fromOurPages(request: FastifyRequest, ours?: string): boolean {
  if (READING.has(request.method)) return true;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  const { origin } = request.headers;
  if (origin === undefined) return site !== undefined;
  if (ours !== undefined) return origin === ours;
  return site !== undefined || isOurs(origin, request.host);
}

/** True where a browser says that another site's page made the request. Programs say nothing and pass. */
export function fromAnotherSite(request: FastifyRequest, ours?: string): boolean {
  const { origin } = request.headers;
  return (origin !== undefined || request.headers["sec-fetch-site"] !== undefined) && !fromOurPages(request, ours);
}

/** The same host and port; a default port may be written or left out. */
function isOurs(origin: string, host: string): boolean {
  const url = URL.parse(origin);
  return url !== null && url.host === URL.parse(`${url.protocol}//${host}`)?.host;
}

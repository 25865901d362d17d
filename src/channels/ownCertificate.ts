// When the certificate of PUBLIC_URL ends. A connection to that address and no other.
import { connect } from "node:tls";

const TIMEOUT_MS = 15_000;
const DAY_MS = 86_400_000;
/** Let's Encrypt renews a 90-day certificate when 30 days are left; under 14 something has kept failing. */
export const SOON_DAYS = 14;

/** Whole days until the end, negative after it; null where nobody answers (that the web is away is seen without us). */
export function certificateDays(publicUrl: string, now: Date): Promise<number | null> {
  const { hostname, port } = new URL(publicUrl);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((done) => {
    // An ended certificate must be read too, so the connection does not judge it; nothing is sent over it.
    const socket = connect({
      host,
      port: port === "" ? 443 : Number(port),
      servername: host,
      rejectUnauthorized: false,
    });
    const end = (days: number | null) => {
      socket.destroy();
      done(days);
    };
    socket.setTimeout(TIMEOUT_MS, () => end(null));
    socket.once("error", () => end(null));
    socket.once("secureConnect", () => {
      const endsAt = Date.parse(socket.getPeerCertificate().valid_to);
      end(Number.isNaN(endsAt) ? null : Math.floor((endsAt - now.getTime()) / DAY_MS));
    });
  });
}

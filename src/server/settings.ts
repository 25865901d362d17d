// What the environment says. Empty counts as unset; a value that cannot be meant stops the start.
import { Problem } from "../values/problem.ts";

export type Settings = {
  /** For the staff. */
  readonly port: number;
  /** For the public form: an origin of its own that knows no staff session. */
  readonly publicPort: number;
  readonly host: string;
  readonly dataDir: string;
  readonly description: string;
  /** Where people reach the server when a proxy with HTTPS stands in front of it. */
  readonly publicUrl?: string;
  /** Another PostgreSQL than the embedded one, as the owner and as the application. */
  readonly database?: { readonly ownerUrl: string; readonly appUrl: string };
};

/** Throws `Problem` `settings.…` with the name of the variable, never its value: a database URL holds a password. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const value = (name: string) => environment[name]?.trim() || undefined;
  const port = portOf("PORT", value("PORT") ?? "4700");
  const publicPort = portOf("PUBLIC_PORT", value("PUBLIC_PORT") ?? "4701");
  if (port === publicPort && port !== 0) throw new Problem("settings.samePort", 500, { name: "PUBLIC_PORT", port });
  const host = value("HOST") ?? "127.0.0.1";
  const publicUrl = urlOf("PUBLIC_URL", value("PUBLIC_URL"), ["https:"]);
  // Passwords and personal data would cross the network in the clear.
  if (!isLoopback(host) && publicUrl === undefined) throw new Problem("settings.needsHttps", 500, { host });
  const ownerUrl = urlOf("DATABASE_URL", value("DATABASE_URL"), ["postgres:", "postgresql:"]);
  const appUrl = urlOf("DATABASE_APP_URL", value("DATABASE_APP_URL"), ["postgres:", "postgresql:"]);
  if (appUrl !== undefined && ownerUrl === undefined) {
    throw new Problem("settings.missing", 500, { name: "DATABASE_URL", because: "DATABASE_APP_URL" });
  }
  return {
    port,
    publicPort,
    host,
    dataDir: value("DATA_DIR") ?? "./data",
    description: value("DESCRIPTION") ?? "descriptions/walttia.yaml",
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(ownerUrl === undefined ? {} : { database: { ownerUrl, appUrl: appUrl ?? ownerUrl } }),
  };
}

/** Port 0 takes a free one, for tests. */
function portOf(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new Problem("settings.port", 500, { name });
  return port;
}

function urlOf(name: string, text: string | undefined, protocols: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol)) {
    throw new Problem("settings.url", 500, { name, expected: `${protocols[0]}//` });
  }
  return text;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

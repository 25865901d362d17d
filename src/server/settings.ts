// What the environment says. Empty counts as unset; a value that cannot be meant stops the start.
import { isLoopback } from "../values/hosts.ts";
import { Problem } from "../values/problem.ts";
import {
  addressOf,
  fileOf,
  folderOf,
  issuerOf,
  portOf,
  proxiesOf,
  together,
  urlOf,
  webAddressOf,
} from "./settingValues.ts";

export type Settings = {
  /** For the staff. */
  readonly port: number;
  /** For the public form: an origin of its own that knows no staff session. */
  readonly publicPort: number;
  readonly host: string;
  readonly dataDir: string;
  readonly description: string;
  /** The file with the passphrase that opens the root key, where the keyring is to have one. */
  readonly rootPassphraseFile?: string;
  /** Where the staff reach the server when a proxy with HTTPS stands in front of it: an origin, without a path or a slash at its end. */
  readonly publicUrl?: string;
  /** Where people reach the public form; a host name of its own, so that no cookie of the staff goes there. */
  readonly publicFormUrl?: string;
  /** Whose X-Forwarded-… is believed, addresses and CIDR blocks: this machine alone when absent. */
  readonly trustedProxies?: readonly string[];
  /** Where backups go, and which declared helper that is. */
  readonly backup?: HelperFolder;
  /** Where the log's anchors go, and which declared helper that is. */
  readonly anchor?: HelperFolder;
  /** Who relays notices, from which address, and which declared helper that is. */
  readonly mail?: { readonly url: string; readonly from: string; readonly system: string };
  /** The company's own sign-in service, the file with the program's secret there, and which declared helper it is. */
  readonly oidc?: {
    readonly issuer: string;
    readonly clientId: string;
    readonly secretFile: string;
    readonly system: string;
  };
  /** Another PostgreSQL than the embedded one, as the owner and as the application. */
  readonly database?: { readonly ownerUrl: string; readonly appUrl: string };
};

/** `system`: the id of the description's helper that the folder is; empty where none is named, which is refused with those that the description offers. */
export type HelperFolder = { readonly dir: string; readonly system: string };

/** Throws `Problem` `settings.…` with the name of the variable, never its value: a database URL holds a password. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const value = (name: string) => environment[name]?.trim() || undefined;
  const port = portOf("PORT", value("PORT") ?? "4700");
  const publicPort = portOf("PUBLIC_PORT", value("PUBLIC_PORT") ?? "4701");
  if (port === publicPort && port !== 0) throw new Problem("settings.samePort", 500, { name: "PUBLIC_PORT", port });
  const host = value("HOST") ?? "127.0.0.1";
  const publicUrl = webAddressOf("PUBLIC_URL", value("PUBLIC_URL"));
  const publicFormUrl = webAddressOf("PUBLIC_FORM_URL", value("PUBLIC_FORM_URL"));
  // On one host name a fault in the form could reach the staff's session.
  if (publicUrl !== undefined && publicFormUrl !== undefined && sameHost(publicUrl, publicFormUrl))
    throw new Problem("settings.sameHost", 500, { name: "PUBLIC_FORM_URL", other: "PUBLIC_URL" });
  const proxies = value("TRUSTED_PROXIES");
  if (proxies !== undefined && publicUrl === undefined && publicFormUrl === undefined)
    throw new Problem("settings.missing", 500, { name: "PUBLIC_URL", because: "TRUSTED_PROXIES" });
  // Passwords and personal data would cross the network in the clear.
  if (!isLoopback(host) && publicUrl === undefined) throw new Problem("settings.needsHttps", 500, { host });
  const passphrase = value("ROOT_PASSPHRASE_FILE");
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
    ...(passphrase === undefined ? {} : { rootPassphraseFile: fileOf("ROOT_PASSPHRASE_FILE", passphrase) }),
    ...(proxies === undefined ? {} : { trustedProxies: proxiesOf("TRUSTED_PROXIES", proxies) }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(publicFormUrl === undefined ? {} : { publicFormUrl }),
    ...helpers(value),
    ...(ownerUrl === undefined ? {} : { database: { ownerUrl, appUrl: appUrl ?? ownerUrl } }),
  };
}

/** Each stands with the id of the helper that it is: nothing leaves to a place that the description does not know. */
function helpers(value: (name: string) => string | undefined): Pick<Settings, "backup" | "anchor" | "mail" | "oidc"> {
  const folder = (what: "BACKUP" | "ANCHOR"): HelperFolder | undefined => {
    const [name, system] = [`${what}_DIR`, value(`${what}_SYSTEM`)];
    const dir = value(name);
    if (dir !== undefined) return { dir: folderOf(name, dir), system: system ?? "" };
    if (system !== undefined) throw new Problem("settings.missing", 500, { name, because: `${what}_SYSTEM` });
    return undefined;
  };
  const { backup, anchor } = { backup: folder("BACKUP"), anchor: folder("ANCHOR") };
  const mail = {
    SMTP_URL: urlOf("SMTP_URL", value("SMTP_URL"), ["smtps:", "smtp:"]),
    MAIL_FROM: addressOf("MAIL_FROM", value("MAIL_FROM")),
  };
  const system = value("MAIL_SYSTEM");
  const relayed = together(system === undefined ? mail : { ...mail, MAIL_SYSTEM: system });
  const secretFile = value("OIDC_CLIENT_SECRET_FILE");
  const service = {
    OIDC_ISSUER: issuerOf("OIDC_ISSUER", value("OIDC_ISSUER")),
    OIDC_CLIENT_ID: value("OIDC_CLIENT_ID"),
    OIDC_CLIENT_SECRET_FILE: secretFile === undefined ? undefined : fileOf("OIDC_CLIENT_SECRET_FILE", secretFile),
  };
  const oidcSystem = value("OIDC_SYSTEM");
  const signsIn = together(oidcSystem === undefined ? service : { ...service, OIDC_SYSTEM: oidcSystem });
  return {
    ...(signsIn && service.OIDC_ISSUER && service.OIDC_CLIENT_ID && service.OIDC_CLIENT_SECRET_FILE
      ? {
          oidc: {
            issuer: service.OIDC_ISSUER,
            clientId: service.OIDC_CLIENT_ID,
            secretFile: service.OIDC_CLIENT_SECRET_FILE,
            system: oidcSystem ?? "",
          },
        }
      : {}),
    ...(backup && { backup }),
    ...(anchor && { anchor }),
    ...(relayed && mail.SMTP_URL !== undefined && mail.MAIL_FROM !== undefined
      ? { mail: { url: mail.SMTP_URL, from: mail.MAIL_FROM, system: system ?? "" } }
      : {}),
  };
}

const sameHost = (one: string, other: string): boolean => new URL(one).hostname === new URL(other).hostname;

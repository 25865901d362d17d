import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../values/problem.ts";
import { readSettings } from "./settings.ts";

const defaults = {
  port: 4700,
  publicPort: 4701,
  host: "127.0.0.1",
  dataDir: "./data",
  description: "descriptions/walttia.yaml",
};
const ownerUrl = "postgres://owner:secret@db.example/register";
const appUrl = "postgresql://app:secret@db.example/register";

const oidc = {
  OIDC_ISSUER: "https://login.example/x",
  OIDC_CLIENT_ID: "tietovirta",
  OIDC_CLIENT_SECRET_FILE: "/run/oidc",
};

test("what the environment says is what the server takes", () => {
  const cases: [Record<string, string | undefined>, object][] = [
    [{}, {}],
    [{ PORT: "", HOST: " ", DATA_DIR: "", DATABASE_URL: "", DESCRIPTION: undefined }, {}],
    [
      { PORT: "8080", PUBLIC_PORT: "8081" },
      { port: 8080, publicPort: 8081 },
    ],
    [
      { PORT: "0", PUBLIC_PORT: "0" },
      { port: 0, publicPort: 0 },
    ],
    [{ HOST: "::1" }, { host: "::1" }],
    [{ HOST: "localhost" }, { host: "localhost" }],
    [
      { HOST: "0.0.0.0", PUBLIC_URL: "https://r.example" },
      { host: "0.0.0.0", publicUrl: "https://r.example" },
    ],
    [
      { DATA_DIR: "/srv/t", DESCRIPTION: "own.yaml" },
      { dataDir: "/srv/t", description: "own.yaml" },
    ],
    [{ ROOT_PASSPHRASE_FILE: "/run/credentials/root" }, { rootPassphraseFile: "/run/credentials/root" }],
    [{ PUBLIC_URL: "https://r.example/" }, { publicUrl: "https://r.example" }],
    [
      { PUBLIC_URL: "https://R.example:8443", PUBLIC_FORM_URL: "https://form.example" },
      { publicUrl: "https://r.example:8443", publicFormUrl: "https://form.example" },
    ],
    [
      { PUBLIC_URL: "https://r.example", TRUSTED_PROXIES: "10.0.0.2, 192.168.4.0/24,2001:db8::/32" },
      { publicUrl: "https://r.example", trustedProxies: ["10.0.0.2", "192.168.4.0/24", "2001:db8::/32"] },
    ],
    [
      {
        BACKUP_DIR: "/mnt/copies",
        BACKUP_SYSTEM: "backupDisk",
        ANCHOR_DIR: "/mnt/stick",
        ANCHOR_SYSTEM: "anchorStick",
      },
      { backup: { dir: "/mnt/copies", system: "backupDisk" }, anchor: { dir: "/mnt/stick", system: "anchorStick" } },
    ],
    [
      { SMTP_URL: "smtps://u:p@mail.example", MAIL_FROM: "register@firm.example", MAIL_SYSTEM: "noticeRelay" },
      { mail: { url: "smtps://u:p@mail.example", from: "register@firm.example", system: "noticeRelay" } },
    ],
    [
      { ...oidc, OIDC_SYSTEM: "signInService" },
      {
        oidc: {
          issuer: "https://login.example/x",
          clientId: "tietovirta",
          secretFile: "/run/oidc",
          system: "signInService",
        },
      },
    ],
    [{ DATABASE_URL: ownerUrl }, { database: { ownerUrl, appUrl: ownerUrl } }],
    [{ DATABASE_URL: ownerUrl, DATABASE_APP_URL: appUrl }, { database: { ownerUrl, appUrl } }],
  ];
  for (const [environment, changes] of cases) {
    assert.deepEqual(readSettings(environment), { ...defaults, ...changes }, JSON.stringify(environment));
  }
});

test("a value that cannot be meant stops the start, and is not repeated", () => {
  const cases: [Record<string, string>, string][] = [
    [{ PORT: "http" }, "settings.port"],
    [{ PORT: "65536" }, "settings.port"],
    [{ PORT: "-1" }, "settings.port"],
    [{ PUBLIC_PORT: "4701.5" }, "settings.port"],
    [{ PUBLIC_PORT: "4700" }, "settings.samePort"],
    [{ HOST: "0.0.0.0" }, "settings.needsHttps"],
    [{ HOST: "127.0.0.1.example" }, "settings.needsHttps"],
    [{ HOST: "192.168.1.4", PUBLIC_URL: "http://192.168.1.4" }, "settings.url"],
    [{ DATABASE_URL: "mysql://root:hunter2@db" }, "settings.url"],
    [{ DATABASE_URL: "hunter2" }, "settings.url"],
    [{ DATABASE_APP_URL: appUrl }, "settings.missing"],
    [{ PUBLIC_URL: "https://r.example/register" }, "settings.origin"],
    [{ PUBLIC_URL: "https://u:hunter2@r.example" }, "settings.origin"],
    [{ PUBLIC_URL: "https://r.example", PUBLIC_FORM_URL: "https://r.example:8443" }, "settings.sameHost"],
    [{ TRUSTED_PROXIES: "10.0.0.1" }, "settings.missing"],
    [{ PUBLIC_URL: "https://r.example", TRUSTED_PROXIES: "proxy.example" }, "settings.proxies"],
    [{ PUBLIC_URL: "https://r.example", TRUSTED_PROXIES: "0.0.0.0/0" }, "settings.proxies"],
    [{ PUBLIC_URL: "https://r.example", TRUSTED_PROXIES: "10.0.0.0/33" }, "settings.proxies"],
    [{ PUBLIC_URL: "https://r.example", TRUSTED_PROXIES: "10.0.0.1,,::1" }, "settings.proxies"],

    [{ BACKUP_SYSTEM: "backupDisk" }, "settings.missing"],
    [{ BACKUP_DIR: "copies", BACKUP_SYSTEM: "backupDisk" }, "settings.folder"],
    [{ ANCHOR_SYSTEM: "anchorStick" }, "settings.missing"],
    [{ SMTP_URL: "smtps://u:hunter2@mail.example", MAIL_SYSTEM: "noticeRelay" }, "settings.missing"],
    [{ MAIL_SYSTEM: "noticeRelay" }, "settings.missing"],
    [{ OIDC_ISSUER: oidc.OIDC_ISSUER }, "settings.missing"],
    [{ OIDC_SYSTEM: "signInService" }, "settings.missing"],
    [{ ...oidc, OIDC_ISSUER: "http://login.example" }, "settings.url"],
    [{ ...oidc, OIDC_ISSUER: "https://u:hunter2@login.example" }, "settings.url"],
    [{ ...oidc, OIDC_CLIENT_SECRET_FILE: "oidc.secret" }, "settings.file"],
    [{ SMTP_URL: "http://mail", MAIL_FROM: "a@b.example", MAIL_SYSTEM: "m" }, "settings.url"],
    [{ SMTP_URL: "smtp://mail", MAIL_FROM: "nobody\r\nBcc: x@y.example", MAIL_SYSTEM: "m" }, "settings.address"],
  ];
  for (const [environment, code] of cases) {
    assert.throws(
      () => readSettings(environment),
      (error) => {
        assert.ok(error instanceof Problem);
        assert.equal(error.code, code, JSON.stringify(environment));
        assert.doesNotMatch(JSON.stringify(error.facts), /hunter2|secret/);
        return true;
      },
    );
  }
});

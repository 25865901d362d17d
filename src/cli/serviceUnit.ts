// The systemd unit: an account of its own, and of the machine only what the register needs. Pure.

export type ServicePlace = {
  /** The account that the server runs as. */
  user: string;
  /** Folder of the program. */
  root: string;
  node: string;
  dataDir: string;
  /** Other folders that it writes: backups, anchors. One that is not there (a disk not put in) does not stop the start. */
  writes: readonly string[];
  /** `NAME=value` lines, 0600. */
  environmentFile: string;
  /** File with the passphrase of the root key, handed over by systemd so that the account itself cannot read it at its place. */
  passphraseFile?: string;
};

const quoted = (path: string): string => (/^[\w/.@+-]+$/.test(path) ? path : `"${path.replace(/(["\\])/g, "\\$1")}"`);
/** systemd reads `%` as the beginning of a specifier. */
const plain = (path: string): string => quoted(path).replaceAll("%", "%%");

export function serviceUnit(place: ServicePlace): string {
  const { user, root, node, dataDir, writes, environmentFile, passphraseFile } = place;
  const passphrase = passphraseFile
    ? [`LoadCredential=passphrase:${plain(passphraseFile)}`, "Environment=ROOT_PASSPHRASE_FILE=%d/passphrase"]
    : [];
  return `${[
    "# Written by: npx tietovirta service install. Settings stand in the environment file, not here.",
    "[Unit]",
    "Description=Tietovirta, the customer register",
    "After=network-online.target",
    "Wants=network-online.target",
    "",
    "[Service]",
    "Type=simple",
    `User=${user}`,
    `Group=${user}`,
    `WorkingDirectory=${root.replaceAll("%", "%%")}`,
    `EnvironmentFile=${environmentFile}`,
    ...passphrase,
    `ExecStart=${plain(node)} ${plain(`${root}/src/main.ts`)}`,
    "Restart=on-failure",
    "RestartSec=5",
    "# The database is stopped in order; killing it would only cost a recovery.",
    "TimeoutStopSec=90",
    "KillMode=mixed",
    "UMask=0077",
    "# A dump of the memory would hold keys.",
    "LimitCORE=0",
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "AmbientCapabilities=",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    `ReadWritePaths=${[plain(dataDir), ...writes.map((path) => `-${plain(path)}`)].join(" ")}`,
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectKernelTunables=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelLogs=yes",
    "ProtectControlGroups=yes",
    "ProtectClock=yes",
    "ProtectHostname=yes",
    "ProtectProc=invisible",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "# V8 compiles as it runs.",
    "MemoryDenyWriteExecute=no",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged @resources",
    "SystemCallErrorNumber=EPERM",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ].join("\n")}\n`;
}

/** What a service has in its environment, out of its environment file and its unit; of the passphrase the file itself, which root alone reads. */
export function environmentOf(file: string, unit: string): Record<string, string> {
  const lines = [...file.matchAll(/^([A-Z_]+)=(?:"(.*)"|'(.*)'|(.*))$/gm)];
  const given = lines.map(([, name = "", ...values]) => [name, values.find((value) => value !== undefined) ?? ""]);
  const [, quotedPath, barePath] = /^LoadCredential=passphrase:(?:"(.*)"|(.*))$/m.exec(unit) ?? [];
  const passphrase = (quotedPath?.replace(/\\(.)/g, "$1") ?? barePath)?.replaceAll("%%", "%");
  return {
    ...(passphrase !== undefined && { ROOT_PASSPHRASE_FILE: passphrase }),
    ...Object.fromEntries(given),
  };
}

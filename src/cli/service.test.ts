import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { environmentOf, serviceUnit } from "./serviceUnit.ts";

const example = new URL("../../deploy/tietovirta.service", import.meta.url);
const place = {
  user: "tietovirta",
  root: "/opt/tietovirta",
  node: "/opt/tietovirta/node_modules/.bin/node",
  dataDir: "/var/lib/tietovirta",
  writes: ["/mnt/copies"],
  environmentFile: "/etc/tietovirta/environment",
};

/** Sections with every value of every key: some keys may stand more than once. */
function parseUnit(text: string): Record<string, Record<string, string[]>> {
  const sections: Record<string, Record<string, string[]>> = {};
  let section: Record<string, string[]> = {};
  for (const line of text.split("\n")) {
    const name = /^\[(\w+)\]$/.exec(line)?.[1];
    if (name) {
      section = {};
      sections[name] = section;
    } else if (line !== "" && !line.startsWith("#")) {
      const at = line.indexOf("=");
      assert.ok(at > 0, line);
      const values = section[line.slice(0, at)] ?? [];
      section[line.slice(0, at)] = [...values, line.slice(at + 1)];
    }
  }
  return sections;
}

test("the unit gives the server its own account and little of the machine", () => {
  const { Service = {}, Install = {} } = parseUnit(serviceUnit(place));
  const expected: Record<string, string> = {
    User: "tietovirta",
    NoNewPrivileges: "yes",
    ProtectSystem: "strict",
    ProtectHome: "yes",
    PrivateTmp: "yes",
    MemoryDenyWriteExecute: "no",
    LimitCORE: "0",
    CapabilityBoundingSet: "",
    RestrictAddressFamilies: "AF_UNIX AF_INET AF_INET6",
    ReadWritePaths: "/var/lib/tietovirta -/mnt/copies",
    EnvironmentFile: "/etc/tietovirta/environment",
    ExecStart: "/opt/tietovirta/node_modules/.bin/node /opt/tietovirta/src/main.ts",
    UMask: "0077",
  };
  for (const [key, value] of Object.entries(expected)) assert.deepEqual(Service[key], [value], key);
  assert.deepEqual(Service.SystemCallFilter, ["@system-service", "~@privileged @resources"]);
  assert.equal(Service.LoadCredential, undefined);
  assert.deepEqual(Install.WantedBy, ["multi-user.target"]);
});

test("a passphrase is handed over by systemd, and odd paths stay one word", () => {
  const unit = serviceUnit({ ...place, dataDir: "/srv/our data/100%", passphraseFile: "/etc/tietovirta/passphrase" });
  const { Service = {} } = parseUnit(unit);
  assert.deepEqual(Service.LoadCredential, ["passphrase:/etc/tietovirta/passphrase"]);
  assert.deepEqual(Service.Environment, ["ROOT_PASSPHRASE_FILE=%d/passphrase"]);
  assert.deepEqual(Service.ReadWritePaths, ['"/srv/our data/100%%" -/mnt/copies']);
});

test("deploy/tietovirta.service is the golden example of what install writes", () => {
  if (process.env.GOLDEN === "write") writeFileSync(example, serviceUnit(place));
  assert.equal(readFileSync(example, "utf8"), serviceUnit(place), "run with GOLDEN=write and review the change");
});

const analyze = spawnSync("systemd-analyze", ["--version"]).status === 0;
test("systemd reads the unit", {
  skip: analyze ? false : "systemd-analyze is not here: nobody but us has read the unit",
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-unit-"));
  try {
    const file = join(folder, "tietovirta.service");
    await writeFile(file, serviceUnit({ ...place, user: "nobody", root: folder, node: process.execPath }));
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", "--recursive-errors=no", file], {
      encoding: "utf8",
    });
    const ours = stderr.split("\n").filter((line) => line.includes("tietovirta.service") && !/nobody/.test(line));
    assert.deepEqual(ours, []);
    assert.ok(status === 0 || /Failed to (initialize|prepare|setup|load|start)|connect/i.test(stderr), stderr);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const service = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) =>
    execFile(
      process.execPath,
      [join(import.meta.dirname, "tietovirta.ts"), "service", ...args],
      { env: { PATH: process.env.PATH ?? "", LANG: "en" } },
      (error, out, err) => done({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    ),
  );

test("a dry run tells each step and does none", async () => {
  const before = existsSync("/etc/systemd/system/tietovirta.service");
  const { code, out, err } = await service("install", "--dry-run");
  assert.equal(code, 0, err);
  const lines = out.trim().split("\n");
  assert.equal(lines.length, 6);
  assert.ok(
    lines.every((line, n) => line.startsWith(`${n + 1}/6 would do: `)),
    out,
  );
  assert.equal(existsSync("/etc/systemd/system/tietovirta.service"), before);
  assert.equal((await service("remove", "--dry-run")).out.trim().split("\n").length, 2);
  for (const args of [["install", "--user", "Root; x"], ["start"], [], ["install", "now"]])
    assert.match((await service(...args)).err, /^tietovirta service install\|remove\|status/, args.join(" "));
});

const running = existsSync("/run/systemd/system");
test("without systemd the command says so", {
  skip: running ? "systemd runs here: installing for real is not tried by a test" : false,
}, async (t) => {
  t.diagnostic("No systemd runs here: install, remove and status were not carried out for real.");
  for (const what of ["install", "status"]) {
    const { code, err } = await service(what);
    assert.equal(code, 1);
    assert.match(err, /systemd|root/);
  }
});

test("an update knows the settings of the service, and where its passphrase lies", () => {
  const file = 'DATA_DIR=/var/lib/tietovirta\n# a remark\nPUBLIC_URL="https://x.example"\nEMPTY=\n';
  const settings = { DATA_DIR: "/var/lib/tietovirta", PUBLIC_URL: "https://x.example", EMPTY: "" };
  assert.deepEqual(environmentOf(file, serviceUnit(place)), settings);
  for (const passphraseFile of ["/etc/tietovirta/passphrase", '/etc/tieto "virta"/100 %'])
    assert.deepEqual(environmentOf(file, serviceUnit({ ...place, passphraseFile })), {
      ...settings,
      ROOT_PASSPHRASE_FILE: passphraseFile,
    });
});

// A command that was not given as it takes it says how it is given; nothing is opened for it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const main = join(import.meta.dirname, "tietovirta.ts");
const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((done) =>
    execFile(
      process.execPath,
      [main, ...args],
      { env: { PATH: process.env.PATH ?? "", LANG: "en", DATA_DIR: "/nonexistent" } },
      (error, out, err) => done({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    ),
  );

const WRONG: [command: string, ...args: string[]][] = [
  ["token"],
  ["token", "create", "--role", "sales"],
  ["token", "create", "--role"],
  ["print", "novel"],
  ["print", "notice", "--tone", "kind"],
  ["prove", "--slowly"],
  ["erase"],
  ["erase", "--due", "--all"],
  ["doctor", "--loud"],
  ["plan"],
  ["plan", "one.yaml", "two.yaml"],
  ["apply", "--yes"],
  ["apply", "one.yaml", "--force"],
  ["check", "--wrong"],
  ["service"],
  ["service", "begin"],
  ["update"],
  ["update", "--to", "1.0.0", "--from", "folder"],
  ["update", "--to", "newest"],
  ["migrate", "now"],
  ["log"],
  ["log", "export"],
  ["log", "verify", "folder"],
  ["log", "checkpoint", "--anchor", "file"],
  ["backup", "somewhere"],
  ["restore"],
  ["restore", "--from", "copies", "--keyring", "keys", "--at", "yesterday"],
  ["export"],
  ["export", "--all", "--recipient", "age1x", "--recipient-file", "keys.txt"],
  ["open", "export.tar.age"],
  ["drill", "now"],
  ["move"],
  ["move", "--to", "folder", "--back"],
  ["upgrade-database", "now"],
  ["upgrade-database", "--former", "folder", "--forget"],
  ["keys"],
  ["keys", "recovery-sheet", "--confirm", "a b c", "--renew"],
];

for (const args of WRONG)
  test(`tietovirta ${args.join(" ")}: the usage line and exit code 1`, async () => {
    const { code, out, err } = await run(...args);
    assert.equal(code, 1);
    assert.equal(out, "");
    assert.match(err, new RegExp(`^(Usage: )?tietovirta ${args[0]}[^\n]*\n$`));
  });

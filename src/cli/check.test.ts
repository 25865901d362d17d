import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "tietovirta-check-"));
after(() => rmSync(folder, { recursive: true }));

type Ran = { code: number; out: string; err: string };
const run = (...args: string[]): Promise<Ran> =>
  new Promise((resolve) =>
    execFile(
      process.execPath,
      [join(root, "src/cli/tietovirta.ts"), "check", ...args],
      { cwd: root },
      (error, out, err) => resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    ),
  );

function golden(name: string, text: string): void {
  const file = join(root, "golden", name);
  if (process.env.GOLDEN === "write") writeFileSync(file, text);
  assert.equal(text, readFileSync(file, "utf8"), "run with GOLDEN=write and review the change");
}

for (const language of ["fi", "sv", "en"])
  test(`what Walttia has to find out, in ${language}`, async () => {
    const { code, out, err } = await run("descriptions/walttia.yaml", "--language", language);
    assert.deepEqual([code, err], [0, ""]);
    golden(`check.walttia.${language}.txt`, out);
  });

test("a mistake is told by file, line, column, severity, code, words and the way out; the exit code is 1", async () => {
  const text = readFileSync(join(root, "descriptions/pyorapaja.yaml"), "utf8");
  const file = join(folder, "wrong.yaml");
  writeFileSync(file, text.replace("period: P6Y", "period: P5Y").replace("by: [sales]", "by: [sale]"));
  const { code, out } = await run(file, "--language", "fi");
  assert.equal(code, 1);
  golden("check.wrong.fi.txt", out.replaceAll(file, "wrong.yaml"));
  const told: unknown = JSON.parse((await run(file, "--json", "--language", "en")).out);
  assert.ok(
    typeof told === "object" && told !== null && "ok" in told && "findings" in told && Array.isArray(told.findings),
  );
  assert.equal(told.ok, false);
  assert.deepEqual(Object.keys(told.findings[0]).sort(), [
    "code",
    "col",
    "facts",
    "line",
    "message",
    "path",
    "severity",
    "wayOut",
  ]);
});

test("a file that is not there, is no description, or is not named: one clear line", async () => {
  const absent = await run(join(folder, "absent.yaml"), "--language", "en");
  assert.deepEqual([absent.code, absent.out], [1, ""]);
  assert.match(absent.err, /^The file .*absent\.yaml cannot be read \(ENOENT\)\.\n$/);
  assert.match((await run(folder, "--language", "sv")).err, /kan inte läsas \(EISDIR\)/);
  const usage = await run("--nonsense");
  assert.equal(usage.code, 1);
  assert.equal(usage.err.split("\n").length, 2);
  const file = join(folder, "list.yaml");
  writeFileSync(file, "- a\n");
  const list = await run(file, "--language", "en");
  assert.equal(list.code, 1);
  assert.match(list.out, /list\.yaml:1:1 error notADescription/);
});

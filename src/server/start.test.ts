// Starts that must not go on: one clear line, exit code 1, and everything as it was.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const walttia = fileURLToPath(new URL("../../descriptions/walttia.yaml", import.meta.url));

suite("a start that cannot go on", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-start-"));
  after(() => rm(folder, { recursive: true, force: true }));

  async function start(environment: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
    const env = { PATH: process.env.PATH ?? "", LANG: "en", PORT: "0", PUBLIC_PORT: "0", DESCRIPTION: walttia };
    // A start that does go on must not keep the test waiting.
    const child = spawn(process.execPath, [main], {
      timeout: 20_000,
      env: { ...env, DATA_DIR: join(folder, "data"), ...environment },
    });
    let told = "";
    child.stderr.on("data", (chunk) => {
      told += chunk;
    });
    child.stdout.resume();
    const code = await new Promise<number | null>((done) => child.once("close", done));
    return { code, lines: told.trimEnd().split("\n") };
  }
  const refused = async (environment: Record<string, string>, sentence: RegExp) => {
    const { code, lines } = await start(environment);
    assert.equal(code, 1);
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(lines[0] ?? "", sentence);
    assert.ok(!(await readdir(folder)).includes("data"), "nothing was made");
  };

  test("a taken port", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    await refused({ PORT: port }, new RegExp(`port ${port} is already in use`));
    other.close();
  });

  test("a description that is not there, is faulty, or is too large", async () => {
    await refused({ DESCRIPTION: join(folder, "nowhere.yaml") }, /cannot be read \(ENOENT\)/);
    const bad = join(folder, "bad.yaml");
    const text = await readFile(walttia, "utf8");
    const faulty = text.replace("kind: webForm", "kind: webFrom");
    assert.notEqual(faulty, text);
    await writeFile(bad, faulty);
    await refused({ DESCRIPTION: bad }, /bad\.yaml:\d+:\d+/);
    await writeFile(bad, "a: b\n".repeat(100_000));
    await refused({ DESCRIPTION: bad }, /256/);
  });

  test("a place of copies or anchors that the description does not know, before anything is made, with those that it offers", async () => {
    const copies = { BACKUP_DIR: folder };
    await refused(copies, /^BACKUP_SYSTEM is missing.* will do: backupDisk/);
    await refused({ ...copies, BACKUP_SYSTEM: "attic" }, /“attic”.* will do: backupDisk/);
    await refused(
      { ANCHOR_DIR: folder, ANCHOR_SYSTEM: "backupDisk" },
      /“backupDisk” is not a helper.* will do: anchorStick/,
    );
  });

  test("settings that cannot be meant", async () => {
    await refused({ PORT: "many" }, /PORT must be the number of a port/);
    await refused({ HOST: "0.0.0.0" }, /HTTPS/);
    await refused({ DATABASE_URL: "mysql://secret@example" }, /^DATABASE_URL(?!.*secret)/);
  });
});

test("Ctrl+C, which a terminal and whoever runs the program both pass on, stops it whole", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-stop-"));
  // Where the tests run as root the database has an account of its own, which must be able to enter.
  await chmod(folder, 0o755);
  t.after(() => rm(folder, { recursive: true, force: true }));
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH ?? "",
      LANG: "en",
      PORT: "0",
      PUBLIC_PORT: "0",
      DESCRIPTION: walttia,
      DATA_DIR: join(folder, "data"),
    },
  });
  t.after(() => child.kill("SIGKILL"));
  let told = "";
  const serves = new Promise<void>((done, fail) => {
    child.stdout.on("data", (chunk) => {
      told += chunk;
      if (told.includes("/welcome#")) done();
    });
    child.once("close", () => fail(new Error(told)));
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  await serves;
  const places = await readdir(join(folder, "data"), { recursive: true });
  const file = places.find((place) => place.endsWith("postmaster.pid"));
  assert.ok(file, "the database runs");
  const postmaster = Number((await readFile(join(folder, "data", file), "utf8")).split("\n")[0]);
  process.kill(postmaster, 0);
  child.kill("SIGINT");
  child.kill("SIGINT");
  await new Promise<void>((done) => child.stdout.once("data", () => done()));
  child.kill("SIGTERM");
  assert.equal(await ended, 0);
  assert.match(told, /Tietovirta has stopped\.\n$/);
  assert.throws(() => process.kill(postmaster, 0), { code: "ESRCH" });
});

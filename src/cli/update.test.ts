// Updates from a local folder, on a real data folder with its own PostgreSQL: one that is good, and two that are not and leave everything as it was.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { readSecrets } from "../db/embeddedSecrets.ts";
import { readSettings } from "../server/settings.ts";
import { Problem } from "../values/problem.ts";
import { lendPassphrase } from "./lentPassphrase.ts";
import { run } from "./steps.ts";
import { update } from "./update.ts";
import { copyCode, dataFolders, restoreHere, setAside } from "./updatePlace.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(repository, "node_modules");
const install = (folder: string) => symlink(modules, join(folder, "node_modules"));

suite("an update", async () => {
  const place = await mkdtemp(join(tmpdir(), "tietovirta-update-"));
  await chmod(place, 0o711);
  const [root, dataDir] = [join(place, "app"), join(place, "data")];
  await copyCode(repository, root);
  await install(root);
  const environment = { PATH: process.env.PATH ?? "", LANG: "en", DATA_DIR: dataDir, PORT: "1", PUBLIC_PORT: "2" };
  const command = (...args: string[]) =>
    run(process.execPath, [join(root, "src/cli/tietovirta.ts"), ...args], { cwd: root, env: environment });
  await command("migrate");
  after(async () => {
    const home = (await readSecrets(dataDir))?.home;
    if (home !== undefined) await rm(home, { recursive: true, force: true });
    await rm(place, { recursive: true, force: true });
  });

  async function made(version: string, change: (folder: string) => Promise<void>): Promise<string> {
    const folder = join(place, `version-${version}`);
    await copyCode(root, folder);
    const file = join(folder, "package.json");
    await writeFile(file, (await readFile(file, "utf8")).replace(/"version": "[^"]+"/, `"version": "${version}"`));
    await change(folder);
    return folder;
  }
  async function updateFrom(folder: string, env: NodeJS.ProcessEnv = environment) {
    const lines: string[] = [];
    const settings = readSettings(env);
    const say = (line: string) => void lines.push(line);
    // As root's shell has them: the passphrase stands in the settings of the service alone.
    const code = await update({ root, settings, environment, source: { folder }, language: "en", say, install });
    return { code, told: lines.join("\n") };
  }
  const versionNow = async () => JSON.parse(await readFile(join(root, "package.json"), "utf8")).version;
  const keyring = async () => {
    const files = (await readdir(join(dataDir, "keyring"))).filter((name) => !/lock/.test(name)).sort();
    const hash = createHash("sha256");
    for (const name of files) hash.update(name).update(await readFile(join(dataDir, "keyring", name)).catch(() => ""));
    return hash.digest("hex");
  };
  const nothingLeft = async () => {
    const left = (await readdir(place)).filter((name) => /(update|next)$/.test(name));
    assert.deepEqual(left, [], "nothing is left beside");
    for (const folder of await dataFolders(dataDir)) assert.ok(!existsSync(`${folder}.before-update`), folder);
  };
  const addMigration = async (folder: string, text: string) => {
    const names = (await readdir(join(folder, "migrations"))).sort();
    const number = String(names.length + 1).padStart(4, "0");
    await writeFile(join(folder, "migrations", `${number}_try_an_update.sql`), text);
  };

  test("whose migration fails leaves code and data as they were", async () => {
    const [version, keys] = [await versionNow(), await keyring()];
    const bad = await made("9.9.1", (folder) =>
      addMigration(folder, "create table tried_update (id int); select 1 / 0;\n"),
    );
    const { code, told } = await updateFrom(bad);
    assert.equal(code, 1, told);
    assert.match(told, /did not succeed/);
    assert.match(told, /no data is lost/);
    assert.equal(await versionNow(), version);
    assert.equal(await keyring(), keys);
    await nothingLeft();
    await command("migrate");
  });

  test("whose doctor finds something new is taken back, its tables too", async () => {
    const version = await versionNow();
    const bad = await made("9.9.2", async (folder) => {
      await addMigration(folder, "create table tried_update (id int);\n");
      const doctor = join(folder, "src/cli/doctorRegister.ts");
      const text = await readFile(doctor, "utf8");
      const changed = text.replace('good("inForce"', 'look("inForce"');
      assert.notEqual(changed, text, "the doctor has the line that is broken here");
      await writeFile(doctor, changed);
    });
    const { code, told } = await updateFrom(bad);
    assert.equal(code, 1, told);
    assert.match(told, /in force: version/);
    assert.equal(await versionNow(), version);
    await nothingLeft();
    // The old code refuses tables of a version that it does not know, so this would fail on what the new one left.
    await command("migrate");
  });

  test("of an installation whose root key has a passphrase opens it at each of its own starts", async () => {
    const passphrase = join(place, "passphrase");
    await writeFile(passphrase, "seitsemän veljestä ja yksi sisko\n", { mode: 0o600 });
    const withIt = { ...environment, ROOT_PASSPHRASE_FILE: passphrase };
    const inFolder = (env: NodeJS.ProcessEnv, ...args: string[]) =>
      run(process.execPath, [join(root, "src/cli/tietovirta.ts"), ...args], { cwd: root, env });
    await inFolder(withIt, "keys", "passphrase", "set");
    await assert.rejects(inFolder(environment, "migrate"), "without it nothing opens");
    const good = await made("9.9.3", async () => undefined);
    const { code, told } = await updateFrom(good, withIt);
    assert.equal(code, 0, told);
    assert.equal(await versionNow(), "9.9.3");
    await nothingLeft();
    await inFolder(withIt, "keys", "passphrase", "remove");
    await command("migrate");
  });

  test("that is good takes the new version into use, with the company's own description", async () => {
    await appendFile(join(root, "descriptions/walttia.yaml"), "# our own\n");
    const good = await made("9.9.4", (folder) => addMigration(folder, "create table tried_update (id int);\n"));
    await writeFile(join(good, "descriptions/walttia.yaml"), "another company's\n");
    const { code, told } = await updateFrom(good);
    assert.equal(code, 0, told);
    assert.equal(await versionNow(), "9.9.4");
    assert.match(await readFile(join(root, "descriptions/walttia.yaml"), "utf8"), /# our own\n$/);
    assert.match(told, /Done\./);
    await nothingLeft();
    await command("migrate");
  });

  test("is refused before anything is touched where it cannot be taken back", async () => {
    const settings = readSettings(environment);
    const parts = {
      root,
      settings,
      environment,
      source: { folder: place },
      language: "en",
      say: () => undefined,
    } as const;
    await assert.rejects(update(parts), (error) => error instanceof Problem && error.code === "updateNothing");
    const database = { ownerUrl: "postgres://x", appUrl: "postgres://x" };
    const operators = update({ ...parts, settings: { ...settings, database } });
    await assert.rejects(operators, (error) => error instanceof Problem && error.code === "updateOperators");
    await nothingLeft();
  });
});

test("folders set aside come back as they were, and two updates at once are refused", async () => {
  const place = await mkdtemp(join(tmpdir(), "tietovirta-aside-"));
  try {
    const folder = join(place, "data");
    await run("mkdir", ["-m", "700", folder]);
    await writeFile(join(folder, "key"), "first", { mode: 0o400 });
    await setAside([folder]);
    await assert.rejects(setAside([folder]), (error) => error instanceof Problem && error.code === "updateLeftover");
    await rm(join(folder, "key"), { force: true });
    await writeFile(join(folder, "new"), "x");
    await restoreHere([folder]);
    assert.deepEqual(await readdir(folder), ["key"]);
    assert.deepEqual(await readdir(place), ["data"]);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
});

test("a passphrase is lent to the account of the data alone, and taken back", async (t) => {
  const place = await mkdtemp(join(tmpdir(), "tietovirta-lent-"));
  try {
    const file = join(place, "passphrase");
    await writeFile(file, "koivu", { mode: 0o600 });
    assert.equal((await lendPassphrase(undefined, undefined)).file, undefined);
    assert.equal((await lendPassphrase(file, undefined)).file, file, "nobody else is meant");
    if (process.getuid?.() !== 0) return t.diagnostic("SKIPPED the other account: only root can lend");
    const account = { uid: 65534, gid: 65534 };
    const lent = await lendPassphrase(file, account);
    assert.ok(lent.file && lent.file !== file);
    assert.equal(await run("cat", [lent.file], account), "koivu");
    await assert.rejects(run("cat", [lent.file], { uid: 65533, gid: 65533 }));
    await lent.takeBack();
    assert.ok(!existsSync(lent.file));
    await assert.rejects(lendPassphrase(join(place, "none"), account));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
});

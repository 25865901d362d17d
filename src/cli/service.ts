// `npx tietovirta service install|remove|status [--user NAME] [--dry-run]`: the server as a service of systemd.
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Problem } from "../values/problem.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { environmentOf, serviceUnit } from "./serviceUnit.ts";
import { run, type Step, succeeds, takeSteps } from "./steps.ts";
import { cliWords } from "./words.ts";

const USAGE = "tietovirta service install|remove|status [--user NAME] [--dry-run]";
const UNIT = "/etc/systemd/system/tietovirta.service";
const SETTINGS = "/etc/tietovirta";
const ENVIRONMENT = join(SETTINGS, "environment");
const PASSPHRASE = join(SETTINGS, "passphrase");
const DATA_DIR = "/var/lib/tietovirta";
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export const serviceCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { user: { type: "string", default: "tietovirta" }, "dry-run": { type: "boolean", default: false } },
    });
    const [what, ...more] = positionals;
    const { user, "dry-run": dryRun } = values;
    if (more.length > 0 || !/^[a-z_][a-z0-9_-]{0,30}$/.test(user)) throw new UsageFault();
    const words = cliWords(personsLanguage());
    const say = (line: string) => void process.stdout.write(`${line}\n`);
    if (what === "status") return status(say);
    if (what !== "install" && what !== "remove") throw new UsageFault();
    if (!dryRun) await expectSystemd();
    const steps = what === "install" ? await installing(user) : removing();
    await takeSteps(steps, { words, say, dryRun });
    if (!dryRun)
      say(
        words(what === "install" ? "service.installed" : "service.removed", {
          environment: ENVIRONMENT,
          data: DATA_DIR,
        }),
      );
    return 0;
  });

/** The settings of the service that is installed here; none where there is no service. */
export async function serviceEnvironment(): Promise<Record<string, string>> {
  if (!existsSync(UNIT)) return {};
  return environmentOf(await readFile(ENVIRONMENT, "utf8"), await readFile(UNIT, "utf8"));
}

async function expectSystemd(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Problem("serviceNeedsRoot", 403);
  if (!existsSync("/run/systemd/system")) throw new Problem("serviceNeedsSystemd", 500);
}

async function status(say: (line: string) => void): Promise<number> {
  const words = cliWords(personsLanguage());
  if (!existsSync("/run/systemd/system")) throw new Problem("serviceNeedsSystemd", 500);
  const active = await succeeds("systemctl", ["is-active", "--quiet", "tietovirta"]);
  const enabled = await succeeds("systemctl", ["is-enabled", "--quiet", "tietovirta"]);
  say(
    words("service.status", {
      installed: existsSync(UNIT) ? "yes" : "no",
      active: active ? "yes" : "no",
      enabled: enabled ? "yes" : "no",
    }),
  );
  return active ? 0 : 1;
}

/** Every step may be done again: what stands as it should is left as it is. */
async function installing(user: string): Promise<Step[]> {
  const words = cliWords(personsLanguage());
  const environment = await readFile(ENVIRONMENT, "utf8").catch(() => null);
  const setting = (name: string) => environment?.match(new RegExp(`^${name}=["']?(.+?)["']?$`, "m"))?.[1];
  const dataDir = setting("DATA_DIR") ?? DATA_DIR;
  const brought = join(root, "node_modules", ".bin", "node");
  const unit = serviceUnit({
    user,
    root,
    node: existsSync(brought) ? brought : process.execPath,
    dataDir,
    writes: [setting("BACKUP_DIR"), setting("ANCHOR_DIR")].filter((path) => path !== undefined),
    environmentFile: ENVIRONMENT,
    ...(existsSync(PASSPHRASE) && { passphraseFile: PASSPHRASE }),
  });
  const ids = async () => {
    const id = async (flag: string) => Number((await run("id", [flag, user])).trim());
    return { uid: await id("-u"), gid: await id("-g") };
  };
  return [
    {
      what: words("service.user", { user }),
      work: async () => {
        if (await succeeds("id", ["-u", user])) return;
        const account = [
          "--system",
          "--user-group",
          "--home-dir",
          dataDir,
          "--no-create-home",
          "--shell",
          "/usr/sbin/nologin",
        ];
        await run("useradd", [...account, user]);
      },
    },
    {
      what: words("service.data", { folder: dataDir }),
      work: async () => {
        await mkdir(dataDir, { recursive: true, mode: 0o700 });
        const { uid, gid } = await ids();
        await chown(dataDir, uid, gid);
        await chmod(dataDir, 0o700);
      },
    },
    {
      what: words("service.environment", { file: ENVIRONMENT }),
      work: async () => {
        await mkdir(SETTINGS, { recursive: true, mode: 0o750 });
        if (environment === null)
          await writeBeside(
            ENVIRONMENT,
            `DATA_DIR=${dataDir}\nDESCRIPTION=${join(root, "descriptions/walttia.yaml")}\n`,
            0o600,
          );
        await chmod(ENVIRONMENT, 0o600);
      },
    },
    { what: words("service.pages"), work: () => buildPages(root) },
    { what: words("service.unit", { file: UNIT }), work: () => writeBeside(UNIT, unit, 0o644) },
    {
      what: words("service.start"),
      work: async () => {
        await run("systemctl", ["daemon-reload"]);
        await run("systemctl", ["enable", "tietovirta"]);
        await run("systemctl", ["restart", "tietovirta"]);
      },
    },
  ];
}

/** The service may not write into the program's folder, so the pages are built before it starts. */
export async function buildPages(folder: string): Promise<void> {
  if (!existsSync(join(folder, "scripts/buildWeb.mjs"))) return;
  const script =
    'import { buildWeb } from "./scripts/buildWeb.mjs"; process.exit((await buildWeb(process.execPath)) ? 0 : 1);';
  await run(process.execPath, ["--input-type=module", "-e", script], { cwd: folder });
}

async function writeBeside(file: string, text: string, mode: number): Promise<void> {
  await writeFile(`${file}.new`, text, { mode });
  await rename(`${file}.new`, file);
}

function removing(): Step[] {
  const words = cliWords(personsLanguage());
  return [
    {
      what: words("service.stop"),
      work: async () => {
        if (existsSync(UNIT)) await run("systemctl", ["disable", "--now", "tietovirta"]);
      },
    },
    {
      what: words("service.forget", { file: UNIT }),
      work: async () => {
        await rm(UNIT, { force: true });
        await run("systemctl", ["daemon-reload"]);
      },
    },
  ];
}

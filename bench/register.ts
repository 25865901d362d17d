// Our real server as its users run it: a process of its own on a data folder of its own, with a token from the command line.
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { clusterIn } from "../src/db/embeddedCluster.ts";
import { readSecrets } from "../src/db/embeddedSecrets.ts";

const fromRoot = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** A demo is filled first. */
const START_MS = 600_000;

export type Register = {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** All that it has said, on both outputs. */
  readonly said: () => string;
  /** SIGKILL, at once. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type RegisterOptions = {
  dataDir: string;
  description?: string;
  nodeFlags?: readonly string[];
  /** Of the server: `--demo`. */
  args?: readonly string[];
  /** Over our own settings: BACKUP_DIR, TMPDIR and the like. */
  env?: Readonly<Record<string, string>>;
};

/** Resolves when the server says where it is. Throws with what it said when it ends before. */
export async function startRegister(options: RegisterOptions): Promise<Register> {
  const { dataDir, description = "descriptions/walttia.yaml", nodeFlags = [], args = [], env = {} } = options;
  const child = spawn(process.execPath, [...nodeFlags, fromRoot("src/main.ts"), ...args], {
    cwd: fromRoot("."),
    env: { ...environment(dataDir, description), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the register did not start: ${said}`)), START_MS);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /^Tietovirta \S+: (http:\S+)$/m.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code, signal) => {
      clearTimeout(late);
      reject(new Error(`the register ended (${code ?? signal}): ${said}`));
    });
  });
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    said: () => said,
    kill: () => ended(child, "SIGKILL"),
    stop: () => ended(child, "SIGTERM"),
  };
}

export const environment = (dataDir: string, description: string): NodeJS.ProcessEnv => ({
  ...process.env,
  DATA_DIR: dataDir,
  // A path of its own stays as it is.
  DESCRIPTION: resolve(fromRoot("."), description),
  PORT: "0",
  PUBLIC_PORT: "0",
  HOST: "127.0.0.1",
  DATABASE_URL: "",
  DATABASE_APP_URL: "",
  PUBLIC_URL: "",
  BACKUP_DIR: "",
  BACKUP_SYSTEM: "",
  LANG: "en_GB.UTF-8",
  LC_ALL: "",
});

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill(signal);
  await exit;
}

/** `tietovirta token create`, as a person would type it beside the running server. */
export async function makeToken(
  dataDir: string,
  role: string,
  description = "descriptions/walttia.yaml",
): Promise<string> {
  const args = ["token", "create", "--role", role, "--name", `bench ${role}`];
  const { code, said } = await runCommand(args, { dataDir, description });
  if (code !== 0) throw new Error(`no token was made: ${said}`);
  return said.trim();
}

/** `input`: what the person types when asked. */
export type CommandOptions = Pick<RegisterOptions, "dataDir" | "description" | "env"> & { input?: string };

/** `tietovirta …` as a person would type it; `said` is both outputs. A command that is killed has no code. */
export function beginCommand(args: readonly string[], options: CommandOptions) {
  const { dataDir, description = "descriptions/walttia.yaml", env = {}, input = "" } = options;
  const child = spawn(process.execPath, [fromRoot("src/cli/tietovirta.ts"), ...args], {
    cwd: fromRoot("."),
    env: { ...environment(dataDir, description), ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const finished = new Promise<{ code: number | null; said: string }>((done) =>
    child.once("close", (code) => done({ code, said })),
  );
  return { pid: child.pid ?? 0, kill: () => ended(child, "SIGKILL"), finished };
}

export const runCommand = (args: readonly string[], options: CommandOptions) => beginCommand(args, options).finished;

/** Every process of the register's PostgreSQL runs in this folder. */
export async function clusterOf(dataDir: string): Promise<string> {
  const secrets = await readSecrets(dataDir);
  if (!secrets) throw new Error("no database in the folder");
  return clusterIn(secrets.home);
}

export async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(readFileSync(join(await clusterOf(dataDir), "postmaster.pid"), "utf8"), 10);
}

/** A folder for one run, gone with all in it afterwards, the cluster too where that had to be elsewhere. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-bench-"));
  // PostgreSQL's own account must be able to pass through.
  const { chmod } = await import("node:fs/promises");
  await chmod(folder, 0o711);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

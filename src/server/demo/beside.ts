// The made-up company beside a running register: a process of its own with its own folder, database, keys and ports, which lives no longer than its parent.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { removeDataFolder, stopLeft } from "../../db/leftBehind.ts";
import { Problem } from "../../values/problem.ts";
import type { DemoNow } from "./contract.ts";
import { DEMO_MARK } from "./demo.ts";
import { FromDemo, type ToDemo } from "./messages.ts";

export type Beside = {
  now(): Omit<DemoNow, "offered" | "empty">;
  /** Starts it where it does not run. Throws `demoNoRoom` and `demoNoMemory`; a later failure is told by `now`. */
  begin(): Promise<void>;
  /** A link into it that works once; its visitors go back to `home` (an origin). Throws `demoNotReady`. */
  link(home: string): Promise<string>;
  stop(): Promise<void>;
  /** Stops it and removes its folder, wherever its database is. */
  throwAway(): Promise<void>;
};

export type BesideOptions = {
  /** Of the demo alone; made at the first start. */
  folder: string;
  /** How large the made-up company is. */
  customers?: number;
  /** What the machine has left, in bytes; others in tests. */
  freeDisk?: () => Promise<number>;
  freeMemory?: () => number;
};

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
const DESCRIPTION = fileURLToPath(new URL("../../../descriptions/pyorapaja.yaml", import.meta.url));
const MB = 1024 ** 2;
/** A new PostgreSQL cluster with its log is 80 MB; the rest is room for the work. */
const DISK_MB = 500;
const MEMORY_MB = 300;
const LINK_MS = 10_000;
/** A clean stop of PostgreSQL takes seconds; after this it is ended the hard way. */
const STOP_MS = 30_000;
const CUSTOMERS = 600;

type Child = { process: ChildProcess; ended: Promise<void> };
type Told = Pick<DemoNow, "state" | "step" | "percent" | "problem">;
const NONE: Told = { state: "none", step: null, percent: 0, problem: null };

export function openBeside({
  folder,
  customers = CUSTOMERS,
  freeDisk = () => freeBelow(folder),
  freeMemory = () => process.availableMemory(),
}: BesideOptions): Beside {
  let told: Told = NONE;
  let child: Child | undefined;
  let halting = false;
  let waiting: ((url: string) => void)[] = [];
  const isWhole = () => existsSync(join(folder, DEMO_MARK));
  /** One after another: a press while it stops waits for the stop. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  async function expectRoom(): Promise<void> {
    const disk = await freeDisk();
    if (disk < DISK_MB * MB) throw new Problem("demoNoRoom", 507, { neededMB: DISK_MB, freeMB: Math.floor(disk / MB) });
    const memory = freeMemory();
    if (memory < MEMORY_MB * MB)
      throw new Problem("demoNoMemory", 507, { neededMB: MEMORY_MB, freeMB: Math.floor(memory / MB) });
  }

  async function begin(): Promise<void> {
    if (child) return;
    await expectRoom();
    told = { state: "starting", step: "database", percent: 0, problem: null };
    // What an earlier start left half made would pass for the whole.
    if (!isWhole()) await removeDataFolder(folder);
    child = launch();
  }

  function launch(): Child {
    const process = spawn(globalThis.process.execPath, [MAIN, "--demo", "--beside", String(customers)], {
      env: environment(folder),
      // Its end of the channel closes when we die, however we die; then it stops by itself.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const exited = new Promise<void>((done) => {
      process.once("error", () => done());
      process.once("exit", () => done());
    });
    const made: Child = { process, ended: exited.then(() => gone(made)) };
    process.on("message", (message) => {
      const heard = FromDemo.safeParse(message);
      if (heard.success && child === made) hear(heard.data);
    });
    return made;
  }

  function hear(message: FromDemo): void {
    if (message.told === "step") told = { ...told, step: message.step, percent: message.percent };
    else if (message.told === "ready") told = { state: "ready", step: null, percent: 100, problem: null };
    else if (message.told === "failed") fail(message.code, message.facts);
    else if (message.told === "leaving") told = { ...told, state: "stopping" };
    else for (const give of waiting.splice(0)) give(message.url);
  }

  function fail(code: string, facts: Problem["facts"] = {}): void {
    told = { state: "failed", step: null, percent: 0, problem: { code, facts } };
  }

  /** Whether it was asked to go or fell: nothing of it may stay behind. */
  async function gone(which: Child): Promise<void> {
    await stopLeft(folder).catch(() => undefined);
    if (child === which) child = undefined;
    waiting = [];
    if (told.state === "starting" || told.state === "ready") fail("demoStopped");
    else if (told.state === "stopping" && !halting) told = NONE;
  }

  async function halt(): Promise<void> {
    told = { ...NONE, state: "stopping" };
    const running = child;
    if (!running) return;
    say(running, { asked: "stop" });
    const late = setTimeout(() => running.process.kill("SIGKILL"), STOP_MS);
    await running.ended;
    clearTimeout(late);
  }

  /** Until the work is done it is said to be stopping. */
  const stopping = (work: () => Promise<void>) =>
    inTurn(async () => {
      halting = true;
      try {
        await halt();
        await work();
      } finally {
        halting = false;
        told = NONE;
      }
    });

  return {
    now: () => ({ ...told, made: isWhole() }),
    begin: () => inTurn(begin),
    stop: () => stopping(async () => undefined),
    throwAway: () => stopping(() => removeDataFolder(folder)),
    async link(home) {
      const running = child;
      if (!running || told.state !== "ready") throw new Problem("demoNotReady", 409);
      return new Promise((done, fail) => {
        const late = setTimeout(() => fail(new Problem("demoNotReady", 409)), LINK_MS);
        waiting.push((url) => {
          clearTimeout(late);
          done(url);
        });
        say(running, { asked: "link", home });
      });
    },
  };
}

function say({ process }: Child, message: ToDemo): void {
  if (process.connected) process.send(message, () => undefined);
}

/** Nothing of the register's own settings: neither its database, its keys nor its mail may be the demo's. */
function environment(folder: string): Record<string, string> {
  const own = ["PATH", "LANG", "LC_ALL", "LC_MESSAGES", "TZ", "HOME", "SystemRoot", "TEMP", "TMP", "TMPDIR"];
  const kept = own.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? ""]]));
  const address = { HOST: "127.0.0.1", PORT: "0", PUBLIC_PORT: "0" };
  return { ...Object.fromEntries(kept), ...address, DATA_DIR: folder, DESCRIPTION };
}

/** Of the disk where the folder is or will be, in bytes. */
async function freeBelow(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(existsSync(folder) ? folder : join(folder, ".."));
  return bavail * bsize;
}

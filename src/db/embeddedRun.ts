// Running PostgreSQL's programs as the account that owns the cluster, with nothing of our environment in theirs.
import { type ChildProcess, spawn } from "node:child_process";

/** PostgreSQL refuses to run as root; undefined means: as whoever we are. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number } | undefined;

type Finished = { readonly code: number | null; readonly output: string };

// Our own environment can hold keys and passwords; messages stay in English because we read them.
const environment = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

export function begin(account: Account, program: string, args: readonly string[]): ChildProcess {
  return spawn(program, args, {
    cwd: "/",
    env: environment,
    ...identity(account),
    // A group of its own: Ctrl-C in the terminal reaches us alone, and we say when the database stops.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

export function run(account: Account, program: string, args: readonly string[], input = ""): Promise<Finished> {
  return new Promise((resolve) => {
    const child = begin(account, program, args);
    const output = tailOf(child);
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output: output() }));
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

/** The end of what a process says, enough to name what went wrong. */
export function tailOf(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (piece: string) => {
      text = (text + piece).slice(-8_000);
    });
  }
  return () => text;
}

function identity(account: Account) {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}

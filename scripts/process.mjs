// Running a program in our place: its output, its signals and its exit code are ours.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./ensure.mjs";

/** Resolves with the exit code. `cwd` stays the caller's when the program takes file names from a person. */
export function runThrough(program, args, { cwd = root, env = process.env } = {}) {
  const child = spawn(program, args, { cwd, env, stdio: "inherit" });
  const forward = (signal) => child.kill(signal);
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, forward);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once("exit", (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

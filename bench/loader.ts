// The parent's end of the load process.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job, Told } from "./job.ts";
import { ended } from "./register.ts";

export type Loader = { run: (job: Job) => Promise<Told>; stop: () => Promise<void> };

export function startLoader(): Loader {
  const child = fork(fileURLToPath(new URL("load.ts", import.meta.url)), { execArgv: [] });
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error("the load process ended"));
        child.once("exit", gone);
        child.once("message", (message: { told?: Told; failed?: string }) => {
          child.off("exit", gone);
          if (message.told) resolve(message.told);
          else reject(new Error(message.failed));
        });
        child.send(job);
      }),
    stop: () => ended(child, "SIGTERM"),
  };
}

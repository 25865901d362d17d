// The two sides that are compared: ours, and the floor beside it.
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Told } from "./job.ts";
import type { Loader } from "./loader.ts";
import type { Program } from "./memory.ts";
import { ended, makeToken, type Register, startRegister } from "./register.ts";

export type Side = {
  readonly url: string;
  /** One that may make customers and orders, one that may also deliver and invoice (the administration). */
  readonly tokens: { readonly sales: string; readonly invoicing: string };
  /** Ids of the customers that are there. */
  readonly customers: readonly string[];
  readonly program: Program;
  readonly stop: () => Promise<void>;
};

export type Ours = Side & { readonly register: Register; readonly loaded: Told };

/** Starts our server and loads it with customers, by its API, with many at a time. */
export async function ours(
  folder: string,
  customers: number,
  loader: Loader,
  nodeFlags: readonly string[],
): Promise<Ours> {
  const dataDir = join(folder, "ours");
  await mkdir(dataDir, { mode: 0o711 });
  const register = await startRegister({ dataDir, nodeFlags });
  const tokens = { sales: await makeToken(dataDir, "sales"), invoicing: await makeToken(dataDir, "administration") };
  const work = { kind: "create", from: 0, keep: true } as const;
  const loaded = await loader.run({ url: register.url, token: tokens.sales, connections: 64, count: customers, work });
  return {
    url: register.url,
    tokens,
    customers: loaded.kept,
    program: register,
    register,
    loaded,
    stop: register.stop,
  };
}

export async function floor(folder: string, customers: number): Promise<Side> {
  const dataDir = join(folder, "floor");
  const program = fileURLToPath(new URL("floor.ts", import.meta.url));
  const child = spawn(process.execPath, [program, dataDir, String(customers)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the floor ended (${code})`)));
    child.stdout.on("data", (chunk: Buffer) => {
      const found = /Floor: (\S+)/.exec(chunk.toString())?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const ids: string[] = (await (await fetch(`${url}/api/ids`)).json()) as string[];
  return {
    url,
    tokens: { sales: "none", invoicing: "none" },
    customers: ids,
    program: { pid: child.pid ?? 0, dataDir },
    stop: () => ended(child, "SIGTERM"),
  };
}

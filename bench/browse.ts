// What leafing by name costs where names are sealed: making the order, keeping it in memory, a page of it beside a page of the newest, and what
// others wait meanwhile.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LETTERS } from "../src/values/Letters.ts";
import { percentile } from "./figures.ts";
import { startLoader } from "./loader.ts";
import { cpuOf, memoryOf } from "./memory.ts";
import { inTemporaryFolder } from "./register.ts";
import { ours } from "./sides.ts";

const PAGES = 300;

export async function browse(customers: number): Promise<Record<string, number | string>> {
  return inTemporaryFolder(async (folder) => {
    await using opened = new AsyncDisposableStack();
    const loader = startLoader();
    opened.defer(() => loader.stop());
    await mkdir(join(folder, "browse"), { mode: 0o711 });
    const side = await ours(join(folder, "browse"), customers, loader, []);
    opened.defer(() => side.stop());
    const headers = { authorization: `Bearer ${side.tokens.sales}` };
    const ask = async (path: string, init: RequestInit = {}) => {
      const began = performance.now();
      const answer = await fetch(`${side.url}/api${path}`, { headers, ...init });
      await answer.text();
      return { ms: performance.now() - began, status: answer.status };
    };
    const [id = ""] = side.customers;
    const before = await memoryOf(side.program);
    const spent = await cpuOf(side.program);

    // The order of the empty register was given up while it filled: the first look makes it anew.
    const began = performance.now();
    const beside: number[] = [];
    let made = false;
    const others = (async () => {
      while (!made) beside.push((await ask(`/customers/${id}`)).ms);
    })();
    while ((await ask("/customers?order=name&limit=50")).status === 503);
    const build = performance.now() - began;
    made = true;
    const used = await cpuOf(side.program);
    await others;

    const letters = LETTERS.map((letter) => `&letter=${encodeURIComponent(letter)}`);
    const pagesOf = async (path: (n: number) => string): Promise<number[]> => {
      const times: number[] = [];
      for (let n = 0; n < PAGES; n++) {
        const { ms, status } = await ask(path(n));
        if (status !== 200) throw new Error(`a page was answered with ${status}`);
        times.push(ms);
      }
      return times;
    };
    const byName = await pagesOf((n) => `/customers?order=name&limit=50${letters[n % letters.length]}`);
    const newest = await pagesOf(() => "/customers?limit=50");
    const renamed: number[] = [];
    for (let n = 0; n < 30; n++) {
      const body = JSON.stringify({ name: `Siirtyvä ${n}`, source: "phone" });
      const json = { ...headers, "content-type": "application/json" };
      await ask(`/customers/${side.customers[n * 7]}`, { method: "PATCH", headers: json, body });
      renamed.push((await ask("/customers?order=name&limit=50&letter=S")).ms);
    }
    const after = await memoryOf(side.program);
    return {
      customers,
      build_ms: build,
      // The reads beside it included.
      build_node_cpu_ms: used.node - spent.node,
      read_beside: beside.length,
      ids_mb: (customers * 16) / 2 ** 20,
      node_mb_before: before.node,
      node_mb_after: after.node,
      others_p95_ms: percentile(beside, 0.95),
      others_most_ms: Math.max(...beside),
      page_p50_ms: percentile(byName, 0.5),
      page_p95_ms: percentile(byName, 0.95),
      newest_p50_ms: percentile(newest, 0.5),
      after_rename_p50_ms: percentile(renamed, 0.5),
    };
  });
}

// kill -9 in the middle of writes: what was acknowledged must be there afterwards, open, and be found.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { customerAt, randomFrom } from "../src/test/people.ts";
import { percentile } from "./figures.ts";
import { inTemporaryFolder, makeToken, postmasterOf, type Register, startRegister } from "./register.ts";

export type Crashes = {
  cycles: number;
  acknowledged: number;
  /** Acknowledged, and not there afterwards. */
  lost: number;
  /** There, and some value does not open. */
  unopened: number;
  restart_p95_ms: number;
};

const WRITERS = 4;
const RECOVERY_MS = 60_000;

/** Kills the server and PostgreSQL by turns. Throws where one does not come back, or search does not. */
export async function crashes(cycles: number, print: (line: string) => void): Promise<Crashes> {
  return inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, "data");
    await mkdir(dataDir, { mode: 0o711 });
    const random = randomFrom(Date.now());
    /** Id to name, as the 201 said. */
    const acknowledged = new Map<string, string>();
    const restarts: number[] = [];
    let register = await startRegister({ dataDir });
    try {
      const token = await makeToken(dataDir, "sales");
      let next = 0;
      for (let cycle = 0; cycle < cycles; cycle++) {
        const writing = new AbortController();
        const fresh = new Map<string, string>();
        const keep = (id: string, name: string) => void fresh.set(id, name);
        const writers = Array.from({ length: WRITERS }, () =>
          write(register, token, () => next++, keep, writing.signal),
        );
        await pause(150 + random() * 600);
        const killed = performance.now();
        if (cycle % 2 === 0) {
          await register.kill();
          writing.abort();
          await Promise.all(writers);
          register = await startRegister({ dataDir });
        } else {
          process.kill(await postmasterOf(dataDir), "SIGKILL");
          await until("writes", async () => (await add(register, token, next++, keep)) !== null);
          writing.abort();
          await Promise.all(writers);
        }
        restarts.push(performance.now() - killed);
        for (const [id, name] of fresh) acknowledged.set(id, name);
        await searchAgain(register, token, fresh);
        const { lost, unopened } = await look(register, token, fresh);
        if (lost + unopened > 0) print(`# cycle ${cycle + 1}: lost=${lost} unopened=${unopened}`);
        if ((cycle + 1) % 10 === 0) print(`# ${cycle + 1} cycles, ${acknowledged.size} acknowledged`);
      }
      // A last start from nothing: all of them, and every row there is.
      await register.stop();
      register = await startRegister({ dataDir });
      const { lost, unopened } = await look(register, token, acknowledged);
      const strays = await lookAtAll(register, token);
      const told = { acknowledged: acknowledged.size, lost, unopened: unopened + strays };
      return { cycles, ...told, restart_p95_ms: Math.round(percentile(restarts, 0.95)) };
    } finally {
      await register.stop();
    }
  });
}

async function write(
  register: Register,
  token: string,
  number: () => number,
  keep: (id: string, name: string) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) if ((await add(register, token, number(), keep)) === null) await pause(20);
}

/** Null where no 201 came: the customer may be there or not. */
async function add(
  { url }: Register,
  token: string,
  n: number,
  keep: (id: string, name: string) => void,
): Promise<string | null> {
  const customer = customerAt(n);
  const answer = await ask(url, token, "/customers", customer);
  if (answer?.status !== 201) return null;
  const { id } = answer.body as { id: string };
  keep(id, customer.name);
  return id;
}

async function ask(url: string, token: string, path: string, body?: object) {
  try {
    const answer = await fetch(`${url}/api${path}`, {
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  } catch {
    return null;
  }
}

async function until(what: string, works: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + RECOVERY_MS;
  while (!(await works())) {
    if (Date.now() > end) throw new Error(`${what} did not come back`);
    await pause(20);
  }
}

/** The search index is lost with PostgreSQL and made again from the sealed values: somebody of this cycle is found by name. */
async function searchAgain({ url }: Register, token: string, fresh: ReadonlyMap<string, string>): Promise<void> {
  const [one] = fresh;
  if (!one) return;
  const [id, name] = one;
  const path = `/customers?limit=200&search=${encodeURIComponent(name)}`;
  await until("search", async () => {
    const found = await ask(url, token, path);
    const { items = [] } = (found?.body ?? {}) as { items?: { id: string }[] };
    return found?.status === 200 && items.some((item) => item.id === id);
  });
}

type Card = { name?: string; origins: Record<string, object>; masked: string[] };

/** Every card by the API: a category that has an origin and no value did not open. */
async function look({ url }: Register, token: string, wanted: ReadonlyMap<string, string | null>) {
  let [lost, unopened] = [0, 0];
  for (const [id, name] of wanted) {
    const answer = await ask(url, token, `/customers/${id}`);
    if (answer?.status === 404) lost += 1;
    else if (answer?.status !== 200) unopened += 1;
    else {
      const card = answer.body as Card & Record<string, unknown>;
      const closed = Object.keys(card.origins).filter((one) => card[one] === undefined && !card.masked.includes(one));
      if (closed.length > 0 || (name !== null && card.name !== name)) unopened += 1;
    }
  }
  return { lost, unopened };
}

/** Also what nobody acknowledged: rows and keyring agree in both directions that matter. */
async function lookAtAll(register: Register, token: string): Promise<number> {
  let unopened = 0;
  for (let after = ""; ; ) {
    const page = await ask(register.url, token, `/customers?limit=200${after === "" ? "" : `&after=${after}`}`);
    if (page?.status !== 200) throw new Error("the list could not be read");
    const { items, next } = page.body as { items: { id: string }[]; next?: string };
    const seen = await look(register, token, new Map(items.map(({ id }) => [id, null])));
    unopened += seen.unopened + seen.lost;
    if (next === undefined) return unopened;
    after = next;
  }
}

// What must hold after a crash: everything acknowledged is there and opens, what was erased is gone with its keys, invoice numbers run on
// without a gap, and the evidence log has sequenced every event exactly once.
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Acknowledged } from "./acknowledged.ts";
import { ask } from "./ask.ts";
import { inKeyringCopy } from "./keyringCopy.ts";
import { query } from "./superuser.ts";
import type { Desk } from "./writers.ts";

const REGISTERS = ["customers", "invoices", "contracts", "correspondence"];
const RECOVERY_MS = 60_000;

/** How many of each; all zero is what must be. */
export type Aftermath = {
  /** Acknowledged, and not there or another afterwards. */
  lost: number;
  /** There, and some value does not open. */
  unopened: number;
  /** Erased, and visible again. */
  returned: number;
};

export const nothing = (): Aftermath => ({ lost: 0, unopened: 0, returned: 0 });
export const add = (sum: Aftermath, more: Aftermath): void => {
  for (const key of ["lost", "unopened", "returned"] as const) sum[key] += more[key];
};
export const isClean = (found: Aftermath): boolean => found.lost + found.unopened + found.returned === 0;

/** Asks the running server for every one of the ids; what is lost is counted once and forgotten. */
export async function look({ url, token, acknowledged }: Desk, ids: readonly string[]): Promise<Aftermath> {
  const found = nothing();
  const lose = (id: string) => {
    if (acknowledged.forget(id)) found.lost += 1;
  };
  const one = async (id: string): Promise<void> => {
    const number = acknowledged.invoices.get(id);
    if (number !== undefined) {
      const told = await ask(url, token, "GET", `/invoices/${id}`);
      if (told?.status === 404 || (told?.status === 200 && told.body.number !== number)) lose(id);
      else if (told?.status !== 200 || told.body.buyerName === undefined) found.unopened += 1;
      return;
    }
    const names = acknowledged.names.get(id);
    const told = await ask(url, token, "GET", `/customers/${id}`);
    if (acknowledged.erased.has(id)) found.returned += told?.status === 404 ? 0 : 1;
    else if (told?.status === 404) lose(id);
    else if (told?.status !== 200 || !isWhole(told.body)) found.unopened += 1;
    else if (names && !names.has(String(told.body.name))) lose(id);
  };
  const waiting = [...ids];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) await one(id);
    }),
  );
  return found;
}

/** A category that has an origin and no value did not open. */
function isWhole(card: Record<string, unknown>): boolean {
  const { origins, masked } = card as { origins: Record<string, object>; masked: string[] };
  return Object.keys(origins).every((category) => card[category] !== undefined || masked.includes(category));
}

/** Also customers that nobody acknowledged: whatever is listed must open. */
export async function lookAtAll(desk: Desk): Promise<Aftermath> {
  const found = nothing();
  for (let after = ""; ; ) {
    const path = `/customers?limit=200${after === "" ? "" : `&after=${after}`}`;
    const page = await ask(desk.url, desk.token, "GET", path);
    if (page?.status !== 200) throw new Error("the list could not be read");
    const { items, next } = page.body as { items: { id: string }[]; next?: string };
    const seen = await look(
      desk,
      items.map(({ id }) => id),
    );
    add(found, seen);
    if (next === undefined) return found;
    after = next;
  }
}

/** The index is lost with PostgreSQL and made again from the sealed values. Throws where the customer is not found by name in the end. */
export async function searchAgain({ url, token, acknowledged }: Desk, id: string): Promise<void> {
  const names = [...(acknowledged.names.get(id) ?? [])];
  await until("search", async () => {
    for (const name of names) {
      const found = await ask(url, token, "GET", `/customers?limit=200&search=${encodeURIComponent(name)}`);
      const { items = [] } = (found?.body ?? {}) as { items?: { id: string }[] };
      if (found?.status === 200 && items.some((item) => item.id === id)) return true;
    }
    return false;
  });
}

export async function until(what: string, works: () => Promise<boolean>, milliseconds = RECOVERY_MS): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await works())) {
    if (Date.now() > end) throw new Error(`${what} did not come back`);
    await pause(20);
  }
}

/** How many of the erased still have a key on the disk: before a start, which would mend what a crash left. */
export const keysLeft = (dataDir: string, { erased }: Acknowledged): Promise<number> =>
  inKeyringCopy(join(dataDir, "keyring"), async (keys) => {
    let left = 0;
    for (const subject of erased) {
      const found = await Promise.all(REGISTERS.map((register) => keys.keysOf({ register, subject })));
      if (found.flat().length > 0) left += 1;
    }
    return left;
  });

/** Numbers of invoices that are doubled or skipped, in the database of a running register. */
export async function brokenNumbers(dataDir: string, { invoices }: Acknowledged): Promise<number> {
  const rows = await query(dataDir, "select number from invoice order by number");
  const numbers = rows.map(({ number }) => Number(number));
  const gaps = numbers.filter((number, n) => n > 0 && number !== (numbers[n - 1] ?? 0) + 1).length;
  const acknowledged = new Set(invoices.values());
  return gaps + (invoices.size - acknowledged.size);
}

/**
 * Leaves of the evidence log that are missing, doubled or out of line, with every event that was there when it was asked; the sequencer has
 * `RECOVERY_MS` to take the last ones. Null where this database has no such log.
 */
export async function brokenLeaves(dataDir: string): Promise<number | null> {
  const [there] = await query(dataDir, "select to_regclass('log_leaf') is not null as log");
  if (there?.log !== true) return null;
  const [last] = await query(dataDir, "select coalesce(max(id), 0)::text as id from audit_event");
  const waiting = `select count(*)::int as n from audit_event e where id <= ${String(last?.id)}
    and not exists (select from log_leaf l where l.event_id = e.id)`;
  const end = Date.now() + RECOVERY_MS;
  let missing = 1;
  while (missing > 0 && Date.now() < end) {
    missing = Number((await query(dataDir, waiting))[0]?.n);
    if (missing > 0) await pause(250);
  }
  const [line] = await query(
    dataDir,
    `select (count(*) - count(distinct event_id))::int as doubled,
       (count(*) - (coalesce(max(index), -1) + 1) + coalesce(min(index), 0))::int as skipped from log_leaf`,
  );
  return missing + Number(line?.doubled) + Math.abs(Number(line?.skipped));
}

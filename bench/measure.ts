// The measurements, one after another on one pair of servers; each prints its line as soon as it is known.
import { customerAt } from "../src/test/people.ts";
import { type Comparison, compare } from "./compare.ts";
import { line, percentile } from "./figures.ts";
import type { Told, Work } from "./job.ts";
import type { Loader } from "./loader.ts";
import { startLoader } from "./loader.ts";
import { memoryOf } from "./memory.ts";
import { inTemporaryFolder } from "./register.ts";
import { floor, type Ours, ours, type Side } from "./sides.ts";
import { countStatements } from "./statements.ts";

export type BenchOptions = {
  customers: number;
  seconds: number;
  pairs: number;
  /** Orders a run of deliver-to-invoice delivers and invoices. */
  orders: number;
  only?: string | undefined;
  nodeFlags?: readonly string[];
  print: (line: string) => void;
};

/** Answers the lines' figures by name. Throws nothing for a slow machine; errors of requests are counted and printed. */
export async function bench(options: BenchOptions): Promise<Map<string, Record<string, number>>> {
  return inTemporaryFolder(async (folder) => {
    await using opened = new AsyncDisposableStack();
    const loader = startLoader();
    opened.defer(() => loader.stop());
    const mine = await ours(folder, options.customers, loader, options.nodeFlags ?? []);
    opened.defer(() => mine.stop());
    const bare = await floor(folder, options.customers);
    opened.defer(() => bare.stop());
    return await measureAll(options, loader, mine, bare);
  });
}

const CLIENTS = 64;

async function measureAll(options: BenchOptions, loader: Loader, mine: Ours, bare: Side) {
  const { pairs, seconds, customers } = options;
  const results = new Map<string, Record<string, number>>();
  const say = (name: string, figures: Record<string, number>) => {
    results.set(name, figures);
    options.print(line(name, figures));
  };
  const wanted = (name: string) => options.only === undefined || options.only === name;
  const sides = { ours: mine, floor: bare };
  const against = (name: string, work: (side: Side, run: number) => Work) =>
    wanted(name)
      ? compare(loader, sides, { work, token: "sales", seconds, pairs }).then((told) => {
          complain(options, told);
          say(name, { ...told.figures, errors: told.errors });
        })
      : undefined;

  const { loaded } = mine;
  say("load", { customers: loaded.done, ...manyClients(loaded) });
  await against("read-customer", ({ customers: ids }) => ({ kind: "read", ids }));
  if (wanted("read-customer")) {
    const { node, postgres } = await memoryOf(mine.program);
    say("memory", { node_mb: node, postgres_mb: postgres, total_mb: node + postgres });
  }
  const words = threeLetters(customers);
  await against("search-customers", () => ({ kind: "search", words }));
  await against("create-customer", (_, run) => ({ kind: "create", from: 1_000_000 * (run + 1), keep: false }));
  if (wanted("create-customer")) {
    const many = await loader.run({
      ...{ url: mine.url, token: mine.tokens.sales, connections: CLIENTS, seconds },
      work: { kind: "create", from: 90_000_000, keep: false },
    });
    say("create-customer-64", manyClients(many));
  }
  if (wanted("deliver-to-invoice")) await invoices(options, loader, sides, say);
  if (wanted("statements_per_request")) await statements(mine, words, say);
  return results;
}

function complain({ print }: BenchOptions, { errors, firstError }: Pick<Comparison, "errors" | "firstError">): void {
  if (errors > 0) print(`# ${errors} requests failed, the first: ${firstError}`);
}

const manyClients = ({ done, errors, seconds, latencies }: Told) => ({
  clients: CLIENTS,
  errors,
  per_second: done / seconds,
  p95_ms: percentile(latencies, 0.95),
});

/** Three letters as somebody types them: the beginnings of words of names that are there. */
function threeLetters(customers: number): string[] {
  const names = Array.from({ length: 500 }, (_, n) => customerAt(Math.floor((n * customers) / 500)).name);
  return names.map((name, n) => (name.split(" ")[n % 2] ?? name).slice(0, 3).toLowerCase());
}

type Say = (name: string, figures: Record<string, number>) => void;

async function invoices(options: BenchOptions, loader: Loader, sides: { ours: Ours; floor: Side }, say: Say) {
  const { pairs, orders } = options;
  const ordersOf = async (side: Side, count: number): Promise<string[]> => {
    const work = { kind: "order", customers: side.customers } as const;
    const made = await loader.run({ url: side.url, token: side.tokens.sales, connections: 16, count, work });
    complain(options, { errors: made.errors, firstError: made.firstErrors[0] });
    return made.kept;
  };
  const ready = new Map<Side, string[]>();
  for (const side of [sides.ours, sides.floor]) ready.set(side, await ordersOf(side, orders * (pairs + 1)));
  const told = await compare(loader, sides, {
    work: (side, run) => ({ kind: "invoice", orders: ready.get(side)?.slice(run * orders, (run + 1) * orders) ?? [] }),
    // Delivery is the sales department's and invoicing the invoicing department's: the administration may both.
    token: "invoicing",
    count: orders,
    pairs,
  });
  complain(options, told);
  const more = await ordersOf(sides.ours, orders);
  const many = await loader.run({
    ...{ url: sides.ours.url, token: sides.ours.tokens.invoicing, connections: CLIENTS, count: more.length },
    work: { kind: "invoice", orders: more },
  });
  complain(options, { errors: many.errors, firstError: many.firstErrors[0] });
  const numbers = [...told.ours, many].flatMap(({ kept }) => kept.map(Number)).sort((a, b) => a - b);
  const gaps = numbers.filter((number, n) => n > 0 && number !== (numbers[n - 1] ?? 0) + 1).length;
  say("deliver-to-invoice", { ...told.figures, errors: told.errors, invoices: numbers.length, gaps });
  say("deliver-to-invoice-64", manyClients(many));
}

async function statements({ register, tokens, customers }: Ours, words: readonly string[], say: Say): Promise<void> {
  const ask = async (token: string, method: string, path: string, body?: object) => {
    const answer = await fetch(`${register.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  // Many: what the register does by itself meanwhile (it sequences the log twice a second) is divided among them.
  const times = 40;
  const count = async (work: (n: number) => Promise<unknown>) => {
    let n = 0;
    const all = await countStatements(register, async () => {
      for (let time = 0; time < times; time++) await work(n++);
    });
    return all / times;
  };
  const lines = [{ description: "Perushuolto", quantity: 1, unitPriceCents: 89_00, vatClass: "standard" }];
  const orders = await Promise.all(
    Array.from({ length: 2 * times }, (_, n) =>
      ask(tokens.sales, "POST", "/orders", { customerId: customers[n % customers.length], lines }),
    ),
  );
  const day = new Date().toISOString().slice(0, 10);
  say("statements_per_request", {
    read_customer: await count((n) => ask(tokens.sales, "GET", `/customers/${customers[n % customers.length]}`)),
    search_customers: await count((n) =>
      ask(tokens.sales, "GET", `/customers?search=${encodeURIComponent(words[n % words.length] ?? "")}`),
    ),
    create_customer: await count((n) => ask(tokens.sales, "POST", "/customers", customerAt(95_000_000 + n))),
    deliver_to_invoice: await count(async (n) => {
      await ask(tokens.invoicing, "POST", `/orders/${orders[n]?.id}/delivery`, { day });
      await ask(tokens.invoicing, "POST", `/orders/${orders[n]?.id}/invoice`);
    }),
  });
}

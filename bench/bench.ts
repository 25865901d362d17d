// npm run bench -- [--customers 100000] [--seconds 3] [--pairs 5] [--quick] [--only read-customer] [--profile FOLDER]
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { auditOverhead } from "./auditOverhead.ts";
import { browse } from "./browse.ts";
import { line } from "./figures.ts";
import { bench } from "./measure.ts";
import { restoreAll } from "./restore.ts";
import { scanSpeed } from "./scanSpeed.ts";

const { values } = parseArgs({
  options: {
    customers: { type: "string" },
    seconds: { type: "string" },
    pairs: { type: "string" },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    profile: { type: "string" },
  },
});
const { quick, only } = values;
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = Number(values.seconds ?? (quick ? 1 : 3));
const pairs = Number(values.pairs ?? (quick ? 1 : 5));
const customers = Number(values.customers ?? (quick ? 2_000 : 100_000));

/** Measurements with registers of their own. */
const apart: Record<string, () => Promise<Record<string, number | string>>> = {
  "byte-scan": async () => scanSpeed(),
  "audit-overhead": () => auditOverhead({ customers: Math.min(customers, 2_000), seconds, pairs }),
  browse: () => browse(customers),
  restore: () => restoreAll(customers, print),
};

print(line("machine", { cores: cpus().length, node: process.versions.node, load: loadavg()[0] ?? 0 }));
for (const [name, measure] of Object.entries(apart))
  if (only === undefined || only === name) print(line(name, await measure()));
if (only === undefined || apart[only] === undefined)
  await bench({
    customers,
    seconds,
    pairs,
    orders: Math.ceil(200 * seconds),
    only,
    nodeFlags: values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`],
    print,
  });

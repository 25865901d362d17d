// npm run bench -- [--customers 100000] [--seconds 3] [--pairs 5] [--quick] [--only read-customer] [--profile FOLDER]
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { line } from "./figures.ts";
import { bench } from "./measure.ts";

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
const { quick } = values;
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = Number(values.seconds ?? (quick ? 1 : 3));

print(line("machine", { cores: cpus().length, node: process.versions.node, load: loadavg()[0] ?? 0 }));
await bench({
  customers: Number(values.customers ?? (quick ? 2_000 : 100_000)),
  seconds,
  pairs: Number(values.pairs ?? (quick ? 1 : 5)),
  orders: Math.ceil(200 * seconds),
  only: values.only,
  nodeFlags: values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`],
  print,
});

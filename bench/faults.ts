// npm run test:faults -- [--cycles 50]: exit 1 where anything acknowledged was lost, or a control finds nothing.
import { parseArgs } from "node:util";
import { crashes } from "./crashes.ts";
import { line } from "./figures.ts";
import { powerCuts } from "./powerCuts.ts";

const { values } = parseArgs({ options: { cycles: { type: "string", default: "50" } } });
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const cuts = await powerCuts(200, { lies: false });
print(line("power-cuts", cuts));
const control = await powerCuts(20, { lies: true });
print(line("power-cuts-control-without-fsync", control));
const told = await crashes(Number(values.cycles), print);
print(line("crashes", told));
if (cuts.lost > 0 || control.lost === 0 || told.lost > 0 || told.unopened > 0) process.exitCode = 1;

// npm run test:faults -- [--only KIND] [--cycles N] [--quick]: one line a kind; exit 1 where anything acknowledged was lost, anything erased
// came back, or a control finds nothing.
import { parseArgs } from "node:util";
import { kinds } from "./faultKinds.ts";
import { line } from "./figures.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, cycles: { type: "string" }, quick: { type: "boolean", default: false } },
});
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const wanted = kinds.filter(({ name }) => values.only === undefined || values.only === name);
if (wanted.length === 0) {
  process.stderr.write(`No such kind. There are: ${kinds.map(({ name }) => name).join(", ")}\n`);
  process.exitCode = 2;
}
for (const { name, cycles, quick, run } of wanted) {
  const told = await run(Number(values.cycles ?? (values.quick ? quick : cycles)), print);
  if ("skipped" in told) print(`${name} SKIPPED: ${told.skipped}`);
  else {
    print(line(name, { ...told.figures, ok: told.ok ? "yes" : "NO" }));
    if (!told.ok) process.exitCode = 1;
  }
}

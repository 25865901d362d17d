// A parent to be killed in a test: starts a demo beside itself and says how far it is.
import { openBeside } from "./beside.ts";

const [, , folder = ""] = process.argv;
const beside = openBeside({ folder, customers: 40 });
await beside.begin();
setInterval(() => {
  const { state, step } = beside.now();
  process.stdout.write(`${state} ${step}\n`);
}, 50);

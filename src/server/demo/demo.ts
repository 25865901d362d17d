// npm run demo: a made-up workshop with a year of data, in a folder of its own, made at the first start only.
import { existsSync } from "node:fs";
import type { Gate } from "../../gate/gate.ts";
import { type DemoClock, demoClock } from "./clock.ts";
import { beforeTheDemo, fillDemo, type Tell } from "./fill.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The demo's own folder and description where the environment names no others. */
export const demoEnvironment = (environment: Environment): Environment => ({
  ...environment,
  DATA_DIR: environment.DATA_DIR?.trim() || "./data-demo",
  DESCRIPTION: environment.DESCRIPTION?.trim() || "descriptions/pyorapaja.yaml",
});

export type Demo = { clock: DemoClock; fill: (gate: Gate, tell: Tell) => Promise<void> };

/** Of another name than the register's own: on one machine a browser sends both to both. */
export const DEMO_COOKIE = "tietovirta-demo";
/** Written once the made-up year is whole. */
export const DEMO_MARK = "demo.json";

/** null where the folder is there already: what is in it stays as people left it. `customers`: another size than the usual. */
export function demoFor(dataDir: string, customers?: number): Demo | null {
  if (existsSync(dataDir)) return null;
  const clock = demoClock();
  clock.set(beforeTheDemo());
  const size = customers === undefined ? {} : { customers };
  return {
    clock,
    fill: async (gate, tell) => tell("demo.made", await fillDemo(gate, clock, tell, size)),
  };
}

// The demo's end of the channel to the register that it was started beside.
import { Problem } from "../../values/problem.ts";
import type { DemoStep } from "./contract.ts";
import { type FromDemo, ToDemo } from "./messages.ts";

export type Parent = {
  /** How many customers the parent wants made. */
  customers: number;
  tell(message: FromDemo): Promise<void>;
  step(step: DemoStep, percent?: number): void;
  /** Throws where the parent is gone: nobody waits for what is being made. */
  expect(): void;
  /** `link` is asked with where the visitor comes from. */
  onAsked(asked: { link: (home: string) => string; stop: () => void }): void;
};

/** null where nobody started this process beside itself (`--beside CUSTOMERS`). */
export function parentOf(flags: readonly string[]): Parent | null {
  const at = flags.indexOf("--beside");
  if (at === -1 || !process.send) return null;
  let asked: { link: (home: string) => string; stop: () => void } | undefined;
  let wantsStop = false;
  const stop = () => {
    wantsStop = true;
    asked?.stop();
  };
  const tell = (message: FromDemo) =>
    new Promise<void>((done) => {
      if (!process.connected || !process.send) done();
      else process.send(message, () => done());
    });
  // Also after `kill -9` of the parent: the kernel closes its end.
  process.once("disconnect", stop);
  process.on("message", (message) => {
    const heard = ToDemo.safeParse(message);
    if (!heard.success) return;
    if (heard.data.asked === "stop") stop();
    else if (asked) void tell({ told: "link", home: heard.data.home, url: asked.link(heard.data.home) });
  });
  return {
    customers: Number(flags[at + 1]) || 1,
    tell,
    step: (step, percent = 0) => void tell({ told: "step", step, percent }),
    expect: () => {
      if (wantsStop) throw new Problem("demoStopped", 503);
    },
    onAsked: (by) => {
      asked = by;
      if (wantsStop) by.stop();
    },
  };
}

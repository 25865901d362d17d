import type { Run } from "../backup/contract.ts";
import type { Drill } from "../backup/drill.ts";

type Context = { drill: Drill };

export const drillCommands = {
  /** Throws what the drill found wrong; `facts` of the answer are there. */
  drill: async ({ drill }: Context, _: undefined): Promise<Run> => {
    const { run, problem } = await drill.run();
    if (problem) throw problem;
    return run;
  },
} as const;

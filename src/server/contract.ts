import { z } from "zod";
import { contract } from "../api/contract.ts";

/** What everybody who uses the server should know of its state; no numbers, for it is answered to anybody. */
export const Condition = z.object({
  disk: z.enum(["ok", "warn", "readOnly", "unknown"]),
  /** `this`: everybody in this register is made up. `offered`: a made-up company can be opened beside it. */
  demo: z.enum(["none", "offered", "this"]),
});
export type Condition = z.infer<typeof Condition>;

export const readCondition = contract({
  method: "GET",
  path: "/condition",
  summary: "Whether the server saves what is given to it",
  act: { none: "a state of the machine, nothing of a person" },
  response: Condition,
});

// What the register and the demo beside it say to each other over the channel between parent and child.
import { z } from "zod";
import { DemoStep } from "./contract.ts";

const Facts = z.record(z.string(), z.union([z.string(), z.number()]));

export const FromDemo = z.discriminatedUnion("told", [
  z.object({ told: z.literal("step"), step: DemoStep, percent: z.number().int() }),
  z.object({ told: z.literal("ready"), origin: z.string() }),
  z.object({ told: z.literal("failed"), code: z.string(), facts: Facts }),
  z.object({ told: z.literal("link"), home: z.string(), url: z.string() }),
  z.object({ told: z.literal("leaving") }),
]);
export type FromDemo = z.infer<typeof FromDemo>;

export const ToDemo = z.discriminatedUnion("asked", [
  /** `home`: where the visitor comes from and goes back to. */
  z.object({ asked: z.literal("link"), home: z.string() }),
  z.object({ asked: z.literal("stop") }),
]);
export type ToDemo = z.infer<typeof ToDemo>;

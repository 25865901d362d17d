import { z } from "zod";
import { contract } from "../api/contract.ts";

/** What is due, as counts and ids: no values. Preview and run are the same computation. */
export const Due = z.object({
  day: z.iso.date(),
  /** At most this many subjects of a register a day; more waits for the next day or a second person. */
  items: z.array(
    z.object({
      register: z.string(),
      subjectId: z.uuid(),
      rule: z.string(),
      categories: z.array(z.string()),
      dueOn: z.iso.date(),
      atEnd: z.enum(["erase", "restrict", "anonymise"]),
    }),
  ),
  held: z.array(z.object({ register: z.string(), subjectId: z.uuid(), hold: z.string() })),
  limits: z.array(
    z.object({ register: z.string(), people: z.number().int(), limit: z.number().int(), due: z.number().int() }),
  ),
  clock: z.enum(["ok", "jumped"]),
});
export type Due = z.infer<typeof Due>;

export const previewRetention = contract({
  method: "GET",
  path: "/retention/preview",
  summary: "What has come to its end and would be erased today",
  act: { keeps: "retention", verb: "read" },
  response: Due,
});

export const DueRun = Due.extend({ erased: z.number().int() });

export const runRetention = contract({
  method: "POST",
  path: "/retention/run",
  summary: "Erase what has come to its end",
  act: { keeps: "retention", verb: "change" },
  /** `true`: somebody has looked at the server's clock and found it right. */
  query: z.object({ confirmClock: z.enum(["true", "false"]).default("false") }),
  response: DueRun,
});

import { z } from "zod";
import { contract } from "../../api/contract.ts";
import { isDay } from "../../values/Day.ts";

const DayText = z.string().refine(isDay);
const Seen = z.object({ allowed: z.number().int(), refused: z.number().int() });

/** A thing of the picture, in the order in which it is read: what the drawing names `data-part`, in sentences. */
export const PicturePart = z.object({
  part: z.string(),
  kind: z.enum(["source", "bringing", "system", "register", "flow", "end"]),
  title: z.string(),
  says: z.array(z.string()),
  /** Path in the description, and the line of the file: "walttia.yaml:84 flows.mail". */
  place: z.string(),
  at: z.string(),
  /** What to ask the log for; null where nothing in it is of this thing alone. */
  asked: z
    .object({ source: z.string().optional(), register: z.string().optional(), flow: z.string().optional() })
    .nullable(),
  /** null: the program could not have seen it, or the period was not asked for by whoever may read the log. */
  seen: Seen.nullable(),
  /** Parts that it is joined to. */
  near: z.array(z.string()),
});
export type PicturePart = z.infer<typeof PicturePart>;

export const readFlowPicture = contract({
  method: "GET",
  path: "/description/picture",
  summary:
    "The description drawn: sources, systems by their location, registers, flows and recipients, with what the log saw",
  act: { keeps: "description", verb: "read" },
  query: z.object({
    language: z.enum(["fi", "sv", "en"]).default("fi"),
    orientation: z.enum(["wide", "tall"]).default("wide"),
    /** Days in Finland, both included; thirty days up to today when absent. */
    from: DayText.optional(),
    to: DayText.optional(),
  }),
  response: z.object({
    language: z.string(),
    version: z.string(),
    hash: z.string(),
    /** null for those who may not read the log. `since`: older entries have been dropped, the numbers begin on this day. */
    period: z.object({ from: z.string(), to: z.string(), since: z.string().nullable() }).nullable(),
    /** A tree of SVG elements, each {tag, attrs, children, text?}; colours are CSS variables (`--flow-ink`). */
    drawing: z.json(),
    caption: z.array(z.string()),
    parts: z.array(PicturePart),
  }),
});

import { z } from "zod";
import { contract } from "../api/contract.ts";

const Language = z.enum(["fi", "sv", "en"]).default("fi");
const Step = z.union([z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/), z.number().int().min(0).max(1000)]);
const Path = z.array(Step).min(1).max(12);
const Value = z.json();

/** What somebody would change, on top of the version whose hash is `base`: elements, or the whole text. */
const Draft = z.object({
  base: z.string().regex(/^[0-9a-f]{64}$/),
  /** `value` absent: the element goes. */
  changes: z
    .array(z.object({ path: Path, value: Value.optional() }))
    .max(300)
    .optional(),
  text: z.string().max(400_000).optional(),
  /** Where the one in force is no whole number, the next has to be said. */
  version: z.string().min(1).max(40).optional(),
  language: Language,
});

export const readDescription = contract({
  method: "GET",
  path: "/description",
  summary: "Which description is in force, since when and by whom, and its parts",
  act: { keeps: "description", verb: "read" },
  query: z.object({ language: Language }),
  response: z.object({
    version: z.string(),
    hash: z.string(),
    file: z.string(),
    since: z.iso.datetime(),
    /** A colleague's name; null where the program or a command did it. */
    by: z.string().nullable(),
    /** `add`: what the button says that adds an element; null where nothing can be added. */
    parts: z.array(z.object({ heading: z.string(), label: z.string(), add: z.string().nullable(), many: z.boolean() })),
  }),
});

export const readDescriptionText = contract({
  method: "GET",
  path: "/description/text",
  summary: "The description in force as YAML, byte for byte",
  act: { keeps: "description", verb: "read" },
  response: z.string(),
  media: "text/plain",
});

/** A field of a form and the numbers of the fields within it; the first is the element itself. */
export const FormNode = z.object({
  kind: z.enum([
    "group",
    "list",
    "record",
    "oneOf",
    "text",
    "line",
    "email",
    "number",
    "day",
    "monthDay",
    "period",
    "yesNo",
    "choice",
    "choices",
    "fixed",
  ]),
  key: z.string(),
  label: z.string(),
  help: z.string().nullable(),
  required: z.boolean(),
  mayBeUnknown: z.boolean(),
  byDefault: Value.nullable(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  max: z.number().nullable(),
  fixed: Value.nullable(),
  children: z.array(z.number().int()),
});
export type FormNode = z.infer<typeof FormNode>;

export const readForm = contract({
  method: "POST",
  path: "/description/form",
  summary:
    "An element of the description as a form: its shape, its value under the changes so far, and what it can refer to",
  act: { keeps: "description", verb: "read" },
  body: Draft.omit({ text: true, version: true }).extend({ path: Path, isNew: z.boolean().default(false) }),
  response: z.object({
    /** The element that the path belongs to. Of a new one: its part. */
    path: z.array(z.string()),
    title: z.string(),
    part: z.string(),
    languages: z.array(z.enum(["fi", "sv", "en"])),
    nodes: z.array(FormNode),
    /** null: there is none yet. */
    value: Value.nullable(),
    /** Of a new element: the ids that are taken, or the ids that there are to choose from. */
    taken: z.array(z.string()),
    keys: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
    removable: z.boolean(),
  }),
});

/** People of one register whom a change endangers. A person who puts it in force says each of these back. */
export const Danger = z.object({
  what: z.enum(["held", "due", "left", "consented", "said", "moved"]),
  register: z.string(),
  people: z.number().int(),
});
export type Danger = z.infer<typeof Danger>;

const DescriptionFinding = z.object({
  path: z.string(),
  line: z.number().int(),
  col: z.number().int(),
  severity: z.enum(["error", "warning", "note"]),
  code: z.string(),
  message: z.string(),
  wayOut: z.string(),
  /** Not found in the version in force. */
  isNew: z.boolean(),
});

export const tryDescription = contract({
  method: "POST",
  path: "/description/trial",
  summary:
    "What changes of the description would do: findings, whom they touch, and what the documents would say. Nothing is changed",
  act: { keeps: "description", verb: "change" },
  body: Draft,
  response: z.object({
    text: z.string(),
    version: z.string(),
    /** The number of the next version has to be said. */
    asksVersion: z.boolean(),
    /** The text says what the one in force says. */
    isSame: z.boolean(),
    findings: z.array(DescriptionFinding),
    changes: z.array(
      z.object({
        path: z.string(),
        mark: z.enum(["asks", "stops"]).nullable(),
        sentence: z.string(),
        touches: z.array(z.string()),
      }),
    ),
    dangers: z.array(Danger.extend({ sentence: z.string() })),
    documents: z.array(
      z.object({
        kind: z.enum(["dataflow", "notice", "record", "staff"]),
        title: z.string(),
        sections: z.array(
          z.object({
            heading: z.string(),
            lines: z.array(z.object({ mark: z.enum(["gone", "new", "known", "lacking"]), text: z.string() })),
          }),
        ),
      }),
    ),
    /** Nothing stands against putting it in force but what `dangers` asks. */
    isPossible: z.boolean(),
  }),
});

export const putDescription = contract({
  method: "POST",
  path: "/description/versions",
  summary: "Put changes of the description in force, at once, as a new version",
  act: { keeps: "description", verb: "change" },
  fresh: true,
  body: Draft.extend({ agreed: z.array(Danger).max(50).default([]) }),
  response: z.object({ version: z.string(), hash: z.string(), since: z.iso.datetime(), resealed: z.number().int() }),
});

import { z } from "zod";
import { contract } from "../api/contract.ts";

/** How a statement of the description is kept, with the last probe. `nothing`: the description promises nothing that this control keeps. */
export const Proof = z.object({
  control: z.string(),
  state: z.enum(["proven", "failed", "notYet", "nothing"]),
  at: z.iso.datetime().nullable(),
  detail: z.string(),
});
export type Proof = z.infer<typeof Proof>;

export const listProofs = contract({
  method: "GET",
  path: "/proofs",
  summary: "Every control with its last probe",
  act: { keeps: "proofs", verb: "read" },
  response: z.object({ items: z.array(Proof), running: z.boolean() }),
});

export const proveNow = contract({
  method: "POST",
  path: "/proofs",
  summary: "Run every probe now",
  act: { keeps: "proofs", verb: "change" },
  response: z.object({ items: z.array(Proof) }),
});

export const DocumentKind = z.enum(["dataflow", "notice", "record", "staff"]);
const DocumentQuery = z.object({ language: z.enum(["fi", "sv", "en"]).default("fi") });
const DocumentParams = z.object({ kind: DocumentKind });

/** How a statement is kept: by a control with its last probe, by a task of people, by the company's word, or outside the program. */
const Kept = z.object({
  how: z.enum(["enforced", "task", "declared", "outside"]),
  state: Proof.shape.state.optional(),
  controls: z.array(z.object({ name: z.string(), label: z.string() })).optional(),
  words: z.string(),
});
const Statement = z.object({
  id: z.string(),
  term: z.string().optional(),
  text: z.string(),
  /** Path in the description. */
  place: z.string(),
  level: z.number(),
  kept: Kept.optional(),
  added: z.string().optional(),
  unknown: z.array(z.object({ place: z.string(), label: z.string() })).optional(),
});
const Cell = z.union([z.string(), z.array(z.string())]);
const Table = z.object({
  caption: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.object({ place: z.string(), cells: z.array(Cell) })),
});
const Section = z.object({
  id: z.string(),
  heading: z.string(),
  lead: z.string().optional(),
  statements: z.array(Statement),
  tables: z.array(Table),
});
const Fact = z.object({ label: z.string(), value: z.string() });

/** A printed document as data; src/documents/model.ts makes it. */
export const Printed = z.object({
  title: z.string(),
  language: z.string(),
  facts: z.array(Fact),
  legend: z.array(Fact),
  summary: z.array(z.string()),
  sections: z.array(Section),
  words: z.object({ added: z.string(), unknown: z.string() }),
});
export type Printed = z.infer<typeof Printed>;

export const readDocument = contract({
  method: "GET",
  path: "/documents/:kind",
  summary: "The data-flow description, the privacy notice, the Art. 30 record or the notice for staff as data",
  act: { keeps: "description", verb: "read" },
  params: DocumentParams,
  query: DocumentQuery,
  response: z.object({
    kind: DocumentKind,
    language: z.string(),
    version: z.string(),
    hash: z.string(),
    document: Printed,
  }),
});

export const printDocument = contract({
  method: "GET",
  path: "/documents/:kind/print",
  summary: "The same document as a page to print",
  act: { keeps: "description", verb: "read" },
  params: DocumentParams,
  query: DocumentQuery,
  response: z.string(),
  media: "text/html",
});

/** Words of the description that pages need: labels of registers, categories, purposes, roles, sources, systems in one language. */
export const readLabels = contract({
  method: "GET",
  path: "/labels",
  summary: "Labels of the description's elements in one language",
  act: { none: "words of the description, no person's data" },
  query: DocumentQuery,
  response: z.object({
    version: z.string(),
    company: z.string(),
    registers: z.record(z.string(), z.string()),
    categories: z.record(
      z.string(),
      z.object({
        label: z.string(),
        type: z.string(),
        risk: z.enum(["low", "high"]),
        own: z.boolean(),
        givenBy: z.array(z.string()),
        grounds: z.array(z.string()),
      }),
    ),
    purposes: z.record(z.string(), z.string()),
    roles: z.record(z.string(), z.string()),
    /** `spoken`: what to say to a person whose data comes from here (GDPR Art. 13). */
    sources: z.record(z.string(), z.object({ label: z.string(), kind: z.string(), spoken: z.array(z.string()) })),
    systems: z.record(z.string(), z.string()),
    flows: z.record(z.string(), z.string()),
    retention: z.record(z.string(), z.string()),
    holds: z.record(z.string(), z.string()),
    /** ISO 8601: what holds for an order that is given none of its own; null where the description promises none. */
    warranty: z.string().nullable(),
  }),
});

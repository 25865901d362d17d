// A document is a value: what it says, where in the description that stands, and how it is kept. Renderers only lay it out.
import type { ChannelKind, ControlName, RegisterKind } from "../description/terms.ts";
import type { Language } from "../values/Language.ts";
import type { Element } from "./flowPicture/tree.ts";

/** `nothing`: the description promises nothing that the control would keep, so there is nothing to try. */
export type ProofState = "proven" | "failed" | "notYet" | "nothing";
/** The last probe of every control; `at` is the ISO 8601 moment of the last successful run (of the failed one when `state` is "failed"), null before the first. */
export type Proofs = Readonly<Record<ControlName, { state: ProofState; at: string | null }>>;

/** What this build of the program really carries, told by the one that composes it. */
export type InUse = {
  /** Register kinds with tables of their own. */
  registers: readonly RegisterKind[];
  /** Channels that the program itself sends through. */
  channels: readonly ChannelKind[];
  /** Routes whose act the description in force does not allow, as "POST /api/orders". */
  routesNotInUse: readonly string[];
};

/** What a document is made from besides the description: the version in force and what the program shows of itself. */
export type Printing = {
  /** Of the description's text. */
  hash: string;
  /** ISO 8601 moment of printing. */
  date: string;
  /** ISO 8601 moment from which this version has been in force; null when it is not (printed from a file). */
  inForceAt: string | null;
  proofs: Proofs;
  inUse: InUse;
  /** The flow picture, already drawn; the data-flow description shows it. */
  picture?: { drawing: Element; caption: readonly string[] };
};

export type ControlState = { name: ControlName; label: string; state: ProofState; at: string | null };
/** How a statement is kept. `words` is the whole mark as a person reads it. */
export type Kept =
  | { how: "enforced"; state: ProofState; controls: readonly ControlState[]; words: string }
  | { how: "task"; every: string | null; roles: readonly string[]; words: string }
  | { how: "declared"; words: string }
  | { how: "outside"; words: string };

export type Missing = { place: string; label: string };
export type Statement = {
  id: string;
  /** What the statement is about; reads as its run-in heading. */
  term?: string;
  text: string;
  /** Path in the description ("flows.erpToInvoicing"). */
  place: string;
  /** 2: belongs to the statement above it. */
  level: 1 | 2;
  /** Absent in the notice: people outside are told what is done, not by which control. */
  kept?: Kept;
  /** Why it stands here although the company's earlier page did not say it. */
  added?: string;
  unknown?: readonly Missing[];
};

export type Cell = string | readonly string[];
export type Table = {
  caption: string;
  columns: readonly string[];
  rows: readonly { place: string; cells: readonly Cell[] }[];
};
export type Section = {
  id: string;
  heading: string;
  lead?: string;
  statements: readonly Statement[];
  tables: readonly Table[];
};
/** Label and value, in order: company, version, hash, dates. */
export type Fact = { label: string; value: string };

/** What the whole of the document says, at a glance. */
export type Picture = { heading: string; lead: string; drawing: Element; caption: readonly string[] };

/** `staff`: the notice for those who work with the register. */
export type DocumentKind = "dataflow" | "notice" | "record" | "staff";
export type PrintedDocument = {
  kind: DocumentKind;
  language: Language;
  title: string;
  company: string;
  version: string;
  hash: string;
  /** False while the description holds an `unknown`. */
  ready: boolean;
  facts: readonly Fact[];
  /** How to read the marks, and the words of the marks; empty where there are none. */
  legend: readonly Fact[];
  summary: readonly string[];
  picture?: Picture;
  sections: readonly Section[];
  words: { added: string; unknown: string; failed: string };
};

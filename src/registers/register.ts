// What every register answers for, so that a right or a retention rule reaches all of them and names no table.
import type { Gate, KeyUse, Steps } from "../gate/gate.ts";
import { type CustomerData, type Owned, type Owner, SEALED } from "../gate/owned.ts";
import type { EventDays } from "../policy/keepUntil.ts";
import type { Day } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import type { Words } from "../values/words.ts";

/** The language a package is read in, and its sentences (`locales/<language>/rights.json`). */
export type Voice = {
  language: Language;
  words: Words;
  /** What all registers together know of the subject, so that a period that another register starts is counted from there. */
  known: { days: EventDays; openInvoice: boolean };
};

/** One value or row of a subject in words a person can read; ids are those of the description. */
export type HeldItem = {
  category: string;
  value: string;
  source?: string;
  /** ISO moment. */
  at?: string;
  by?: string;
  purpose?: string;
  basis?: string;
  keepUntil?: Day | null;
};

/** What ends by itself: all that a subject has under one retention rule, or one row of it (an invoice). */
export type Part = {
  rule: string;
  row: string | null;
  items: readonly HeldCategory[];
  events: EventDays;
};
/** `basis`: legal basis of the collecting act; `ground`: a section 29 ground; null where the row has none of its own. */
export type HeldCategory = { category: string; basis: string | null; ground: string | null };

/** What one register holds of a subject, without a value: what decisions are made from. */
export type Holding = {
  kind: CustomerData;
  /** The register's id in the description. */
  register: string;
  parts: readonly Part[];
  openOrder: boolean;
  /** An invoice whose due day has passed unpaid. */
  openInvoice: boolean;
  /** Days that rules of other registers may be counted from. */
  tells: EventDays;
};

/** What of a part goes. `anonymise`: rows that can stand without the person stay, nobody's. */
export type Doomed = { rule: string; row: string | null; categories: readonly string[]; anonymise: boolean };
/** Keys taken out of use, rule by rule, for the ledger. */
export type Gone = { rule: string; categories: readonly string[]; keys: readonly string[] };

export type Count = { category: string; rule: string; people: number };

/** A part whose period has perhaps ended: found by an index, judged by `keepUntil` like everything else. */
export type Candidate = { subject: string; part: Part; openOrder: boolean };
/** Something that one register knows of subjects and another counts from. */
export type Told = { openInvoices: ReadonlySet<string>; days: ReadonlyMap<string, EventDays> };

export type Register = {
  readonly name: Owner;
  readonly tables: readonly Owned[Owner][];
  /** Tables that name a subject and are not exported or erased as the others, each with its reason. */
  readonly apart: Readonly<Record<string, string>>;
  /** Everything of the subject; empty where there is nothing. */
  exportOf(steps: Steps, voice: Voice): Promise<HeldItem[]>;
  /** null: the register holds nothing of the subject, or does not keep what customers tell. */
  holdingOf(steps: Steps): Promise<Holding | null>;
  /** Rows go now, keys are taken out of use; what stays under a rule is sealed anew, so that what went is unreadable in every copy. `all`: nothing of the subject is left in any register. */
  eraseOf(steps: Steps, doomed: readonly Doomed[], all: boolean): Promise<Gone[]>;
  /** Parts that may have come to their end before the day; at most `MOST_DUE` a rule, oldest first. */
  due(gate: Gate, day: Day, told: Told): Promise<Candidate[]>;
  /** How many subjects the register holds; the daily limit is counted from it. */
  people(gate: Gate): Promise<number>;
  /** How many subjects have something of each category under each rule; absent where nothing is sealed under rules. */
  counts?(gate: Gate): Promise<Count[]>;
  /** Subjects who have something that one of the counts names: at most `most`, ids after `after`, in order. */
  subjectsOf?(gate: Gate, counts: readonly Count[], after: string, most: number): Promise<string[]>;
  /** Seals what stands under another rule than the description gives it, and what shares its old keys; those are taken out of use. */
  settle?(steps: Steps): Promise<Gone[]>;
  /** Its columns that hold sealed values. */
  readonly sealed: readonly (readonly [table: string, column: string])[];
  /** Every key that one of them uses, page by page. */
  keysInUse(gate: Gate, see: (page: readonly KeyUse[]) => void): Promise<void>;
  /** Seals anew what stands under former versions of the subject's keys; those stay readable. Absent where nothing is sealed. */
  renew?(steps: Steps, isFormer: (key: string) => boolean): Promise<void>;
  /** E-mail addresses and telephone numbers of the subject, so that a refusal of marketing can be kept as a mark when they go; absent where the register has none. */
  contactOf?(steps: Steps): Promise<string[]>;
  /** What it knows of subjects that others count from; absent where nothing. */
  tells?(gate: Gate): Promise<Told>;
};

/** More than anybody erases in a day; a run that found more would only list it. */
export const MOST_DUE = 20_000;

/** For the registers that keep nothing under a retention rule. */
export const neverDue = { holdingOf: async () => null, due: async () => [], people: async () => 0 } as const;

/** What every register answers alike of its sealed columns. */
export const sealing = (name: Owner): Pick<Register, "sealed" | "keysInUse"> => ({
  sealed: SEALED[name],
  keysInUse: (gate, see) => gate.keysInUse(name, see),
});

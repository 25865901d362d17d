// Writes statements: the voice, the printing and the marks in one hand, so that a section says only what it has to say.
import type { Description, Text } from "../description/schema.ts";
import { UNKNOWN } from "../description/terms.ts";
import type { Language } from "../values/Language.ts";
import { type Keeping, keep, keepByTask } from "./kept.ts";
import type { Kept, Missing, Printing, Section, Statement, Table } from "./model.ts";
import { paragraph, say } from "./say.ts";

type Draft = {
  place: string;
  /** Tells several statements of one place apart. */
  aspect?: string;
  term?: string;
  text: string;
  /** Absent in documents for people outside. */
  kept?: Keeping | Kept;
  level?: 1 | 2;
  added?: Text | undefined;
  unknown?: readonly (Missing | undefined)[];
};

export type Scribe = ReturnType<typeof scribe>;

export function scribe(description: Description, printing: Printing, language: Language) {
  const voice = say(description, language);
  const isMark = (kept: Keeping | Kept): kept is Kept => typeof kept === "object" && "how" in kept;
  const state = ({ place, aspect, term, text, kept, level, added, unknown }: Draft): Statement => {
    const missing = unknown?.flatMap((each) => each ?? []) ?? [];
    return {
      id: aspect === undefined ? place : `${place}:${aspect}`,
      place,
      level: level ?? 1,
      ...(term === undefined ? {} : { term: term.charAt(0).toUpperCase() + term.slice(1) }),
      text: paragraph(text),
      ...(kept === undefined ? {} : { kept: isMark(kept) ? kept : keep(kept, printing, voice) }),
      ...(added === undefined ? {} : { added: paragraph(voice.text(added)) }),
      ...(missing.length === 0 ? {} : { unknown: missing }),
    };
  };
  /** What is said to be missing when the value is not known yet. */
  const missing = (value: unknown, place: string, what: string, of?: string): Missing | undefined =>
    value === UNKNOWN
      ? {
          place,
          label: of === undefined ? voice.w(`missing.${what}`) : `${of}: ${voice.inside(voice.w(`missing.${what}`))}`,
        }
      : undefined;
  const task = (every: string | null, roles: readonly string[]): Kept => keepByTask(every, roles, voice);
  const section = (
    id: string,
    statements: readonly (Statement | readonly Statement[] | undefined)[],
    tables: readonly Table[] = [],
    lead?: string,
  ): Section => ({
    id,
    heading: voice.w(`heading.${id}`),
    ...(lead === undefined ? {} : { lead }),
    statements: statements.flatMap((each) => each ?? []),
    tables,
  });
  return { ...voice, printing, inUse: printing.inUse, state, missing, task, section };
}

/** Entries of a part of the description, with the path of each. */
export const entriesOf = <T>(
  of: Readonly<Record<string, T>>,
  path: string,
): { id: string; place: string; value: T }[] =>
  Object.entries(of).map(([id, value]) => ({ id, place: `${path}.${id}`, value }));

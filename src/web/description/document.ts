// The printed document as this page reads it. The shape is the server's (`PrintedDocument`); the web may not import it, so what comes is
// checked here, and what a newer server adds is passed over.
import { z } from "zod";

const State = z.enum(["proven", "failed", "notYet", "nothing"]);
const Kept = z.object({
  how: z.enum(["enforced", "task", "declared", "outside"]),
  state: State.optional(),
  controls: z.array(z.object({ name: z.string(), label: z.string() })).optional(),
  words: z.string(),
});
const Statement = z.object({
  id: z.string(),
  term: z.string().optional(),
  text: z.string(),
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

export const PrintedDocument = z.object({
  title: z.string(),
  language: z.string(),
  facts: z.array(Fact),
  legend: z.array(Fact),
  summary: z.array(z.string()),
  sections: z.array(Section),
  words: z.object({ added: z.string(), unknown: z.string() }),
});
export type PrintedDocument = z.infer<typeof PrintedDocument>;
export type Statement = z.infer<typeof Statement>;
export type Table = z.infer<typeof Table>;
export type Section = z.infer<typeof Section>;
type Kept = z.infer<typeof Kept>;

/** How a statement is kept, as one word; a control that has said nothing yet is not proven. */
export type Mark = "proven" | "failed" | "notYet" | "nothing" | "task" | "declared" | "outside";
export const marks: readonly Mark[] = ["failed", "notYet", "proven", "nothing", "task", "declared", "outside"];
export const markOf = ({ how, state }: Kept): Mark => (how === "enforced" ? (state ?? "notYet") : how);

/** How many statements bear each mark. */
export function countMarks({ sections }: PrintedDocument): ReadonlyMap<Mark, number> {
  const counts = new Map<Mark, number>();
  for (const { kept } of sections.flatMap(({ statements }) => statements)) {
    if (kept) counts.set(markOf(kept), (counts.get(markOf(kept)) ?? 0) + 1);
  }
  return counts;
}

/** Only what bears the mark; sections with nothing left are left out. */
export function onlyMarked({ sections }: PrintedDocument, mark: Mark | null): readonly Section[] {
  if (mark === null) return sections;
  return sections
    .map((section) => ({
      ...section,
      tables: [],
      statements: section.statements.filter(({ kept }) => kept && markOf(kept) === mark),
    }))
    .filter(({ statements }) => statements.length > 0);
}

/** The names of controls in the document's words. */
export const controlLabels = ({ sections }: PrintedDocument): ReadonlyMap<string, string> =>
  new Map(
    sections
      .flatMap(({ statements }) => statements)
      .flatMap(({ kept }) => kept?.controls ?? [])
      .map(({ name, label }) => [name, label]),
  );

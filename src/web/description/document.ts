// The printed document as this page reads it.
import type { Printed } from "../../proofs/contract.ts";

export type PrintedDocument = Printed;
export type Section = Printed["sections"][number];
export type Statement = Section["statements"][number];
export type Table = Section["tables"][number];
type Kept = NonNullable<Statement["kept"]>;

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

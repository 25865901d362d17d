// What a document would say otherwise: the lines that go and the lines that come, heading by heading.
import type { PrintedDocument, Section } from "../documents/model.ts";

/** `known`, `lacking`: of the list of what the description does not know yet, where a line that goes is good news. */
export type Line = { mark: "gone" | "new" | "known" | "lacking"; text: string };

/** Only headings under which something differs. */
export function differences(before: PrintedDocument, after: PrintedDocument): { heading: string; lines: Line[] }[] {
  const ids = [...new Set([...before.sections, ...after.sections].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [was, now] = [before, after].map(({ sections }) => sections.find((section) => section.id === id));
    const all = changed(linesOf(was), linesOf(now));
    const lines = id === "missing" ? all.map(({ mark, text }) => ({ mark: OF_MISSING[mark], text })) : all;
    // Each version tells its own number: that says nothing.
    const heading = now?.heading ?? was?.heading ?? "";
    return lines.length === 0 || id.endsWith("version") ? [] : [{ heading, lines }];
  });
}

const OF_MISSING = { gone: "known", new: "lacking" } as const;

function linesOf(section: Section | undefined): string[] {
  if (!section) return [];
  const said = section.statements.flatMap(({ term, text, added }) => [
    term === undefined ? text : `${term}. ${text}`,
    ...(added === undefined ? [] : [added]),
  ]);
  const rows = section.tables.flatMap(({ rows }) =>
    rows.map(({ cells }) => cells.map((cell) => (typeof cell === "string" ? cell : cell.join("; "))).join(" · ")),
  );
  return [...said, ...rows];
}

/** By the longest common run of lines, so that what only moves down is not told. */
function changed(was: readonly string[], now: readonly string[]) {
  const common: number[][] = Array.from({ length: was.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = was.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = common[i];
      if (row) row[j] = was[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const lines: { mark: "gone" | "new"; text: string }[] = [];
  let [i, j] = [0, 0];
  while (i < was.length || j < now.length) {
    const [old, next] = [was[i], now[j]];
    if (old !== undefined && old === next) {
      i++;
      j++;
    } else if (old !== undefined && (next === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: "gone", text: old });
      i++;
    } else if (next !== undefined) {
      lines.push({ mark: "new", text: next });
      j++;
    }
  }
  return lines;
}

import type { Cell, PrintedDocument, Section, Statement, Table } from "./model.ts";

/** The document as CommonMark with pipe tables; nothing in a value can become markup. */
export function markdown(document: PrintedDocument): string {
  const parts = [
    `# ${plain(document.title)}`,
    document.facts.map(({ label, value }) => `- ${plain(label)}: ${plain(value)}`).join("\n"),
    document.summary.map(plain).join(" "),
    document.legend.map(({ label, value }) => `- **${plain(label)}**: ${plain(value)}`).join("\n"),
    ...document.sections.flatMap((section) => sectionParts(section, document)),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function sectionParts(section: Section, document: PrintedDocument): string[] {
  const statements = section.statements.map((statement) => item(statement, document)).join("\n");
  return [
    `## ${plain(section.heading)}`,
    section.lead === undefined ? "" : plain(section.lead),
    statements,
    ...section.tables.map(table),
  ];
}

function item(statement: Statement, { words }: PrintedDocument): string {
  const indent = statement.level === 2 ? "  " : "";
  const term = statement.term === undefined ? "" : `**${plain(statement.term)}.** `;
  const kept = statement.kept === undefined ? "" : ` _[${plain(statement.kept.words)}]_`;
  const added = statement.added === undefined ? "" : `\n${indent}  ${plain(words.added)}: ${plain(statement.added)}`;
  return `${indent}- ${term}${plain(statement.text)}${kept}${added}`;
}

function table({ caption, columns, rows }: Table): string {
  const cell = (value: Cell) => plain(typeof value === "string" ? value : value.join("; ")).replaceAll("|", "\\|");
  const line = (cells: readonly Cell[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [
    `${plain(caption)}:`,
    "",
    line(columns),
    line(columns.map(() => "---")),
    ...rows.map(({ cells }) => line(cells)),
  ].join("\n");
}

const plain = (text: string): string => text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>]/g, "\\$&");

// One self-contained page: no script, no outside resource, every value escaped.
import { write } from "./flowPicture/tree.ts";
import type { Cell, Fact, Kept, Picture, PrintedDocument, Section, Statement, Table } from "./model.ts";
import { STYLE } from "./style.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML, in elements and in quoted attributes alike. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

export { escaped as escape };

/** The shell of every printed page. `body` is HTML already; `title` and `lang` are text. `style` is added after the common stylesheet and must be our own constant. */
export const page = ({
  title,
  lang,
  body,
  style = "",
}: {
  title: string;
  lang: string;
  body: string;
  style?: string;
}): string =>
  `<!DOCTYPE html>
<html lang="${escaped(lang)}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="robots" content="noindex"/>
<title>${escaped(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;

export function html(document: PrintedDocument): string {
  const { title, company, language, summary, legend, facts } = document;
  const counted =
    summary.length === 0
      ? ""
      : `<p>${summary.map((line, n) => (n < 2 ? escaped(line) : warning(line))).join(" ")}</p>\n`;
  const body = `<header>
<h1>${escaped(title)}</h1>
${definitions("facts", facts)}${counted}${definitions("legend", legend)}</header>
${document.picture ? pictureHtml(document.picture) : ""}<main>
${document.sections.map((section, n) => sectionHtml(section, n, document)).join("\n")}
</main>`;
  return page({ title: `${title} – ${company}`, lang: language, body });
}

const pictureHtml = ({ heading, lead, drawing, caption }: Picture): string =>
  `<section class="picture" aria-labelledby="picture">
<h2 id="picture">${escaped(heading)}</h2>
<p>${escaped(lead)}</p>
<figure>
${write(drawing)}
<figcaption>${escaped(caption.join(" "))}</figcaption>
</figure>
</section>
`;

const warning = (line: string) => `<strong class="warning">${escaped(line)}</strong>`;

function definitions(name: string, facts: readonly Fact[]): string {
  if (facts.length === 0) return "";
  const rows = facts.map(({ label, value }) => `<dt>${escaped(label)}</dt><dd>${escaped(value)}</dd>`);
  return `<dl class="${name}">\n${rows.join("\n")}\n</dl>\n`;
}

function sectionHtml({ heading, lead, statements, tables }: Section, n: number, document: PrintedDocument): string {
  const marked = statements.some(({ kept }) => kept !== undefined);
  const items = statements.map((statement) => item(statement, document));
  const list =
    items.length === 0 ? "" : `<ol class="statements${marked ? "" : " plain"}">\n${items.join("\n")}\n</ol>\n`;
  const said = lead === undefined ? "" : `<p>${escaped(lead)}</p>\n`;
  return `<section aria-labelledby="h${n}">
<h2 id="h${n}">${escaped(heading)}</h2>
${said}${list}${tables.map(table).join("\n")}</section>`;
}

function item(statement: Statement, { words }: PrintedDocument): string {
  const { term, text, kept, added, level, unknown, place } = statement;
  const run = term === undefined ? "" : `<span class="term">${escaped(term)}.</span> `;
  const shown = unknown === undefined ? escaped(text) : markUnknown(escaped(text), escaped(words.unknown));
  const why =
    added === undefined ? "" : `<small class="added"><b>${escaped(words.added)}:</b> ${escaped(added)}</small>`;
  const mark = kept === undefined ? "" : keptHtml(kept);
  return `<li${level === 2 ? ' class="sub"' : ""} data-place="${escaped(place)}"><div class="said">${run}${shown}${why}</div>${mark}</li>`;
}

const markUnknown = (text: string, unknown: string): string => {
  const capital = unknown.charAt(0).toUpperCase() + unknown.slice(1);
  return [unknown, capital].reduce((all, word) => all.replaceAll(word, `<em class="unknown">${word}</em>`), text);
};

const keptHtml = (kept: Kept): string =>
  `<div class="kept ${kept.how === "enforced" ? kept.state : kept.how}">${escaped(kept.words)}</div>`;

function table({ caption, columns, rows }: Table): string {
  const cell = (value: Cell) => (typeof value === "string" ? escaped(value) : value.map(escaped).join("<br/>"));
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join("");
  const body = rows.map(({ place, cells }) => {
    const inner = cells.map((value, n) =>
      n === 0 ? `<th scope="row">${cell(value)}</th>` : `<td>${cell(value)}</td>`,
    );
    return `<tr data-place="${escaped(place)}">${inner.join("")}</tr>`;
  });
  return `<div class="wide"><table>
<caption>${escaped(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>`;
}

// The first page of an export: what is where, and how it is read; opens from a disk, asks nothing of a network, has no script.
import { page, escape as safe } from "../documents/html.ts";
import { say } from "../documents/say.ts";
import type { Everything } from "../gate/gate.ts";
import { dayInHelsinki, formatDay } from "../values/Day.ts";
import { type Language, languages, localeOf } from "../values/Language.ts";
import type { Words } from "../values/words.ts";
import type { About } from "./table.ts";
import { wayOutWords } from "./words.ts";

export const DOCUMENT_KINDS = ["dataflow", "notice", "record", "staff"] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export type Contents = {
  installation: string;
  hash: string;
  tables: readonly About[];
  years: readonly string[];
  versions: readonly { version: string; path: string; since: Date }[];
  bans: number;
  certificates: number;
  /** The tamper-evident log is in the folder log. */
  log: boolean;
};

/** "index.html" in the company's first language, "index.sv.html" in another. */
export const firstPageName = (all: Everything, language: Language): string =>
  language === firstLanguage(all) ? "index.html" : `index.${language}.html`;

export const firstLanguage = ({ description }: Everything): Language => description.languages[0] ?? "fi";

export function firstPage(all: Everything, contents: Contents, language: Language): string {
  const w = wayOutWords(language);
  const { description, at } = all;
  const company = description.controller.name;
  const facts: (readonly [string, string])[] = [
    [w("fact.company"), company],
    [w("fact.madeAt"), say(description, language).moment(at.toISOString())],
    [w("fact.description"), `${description.version} (${contents.hash.slice(0, 12)})`],
    [w("fact.installation"), contents.installation],
  ];
  const others = languages.filter((other) => other !== language);
  const links = others.map((other) => link(firstPageName(all, other), wayOutWords(other)("language.own")));
  const documents = DOCUMENT_KINDS.map((kind) => {
    const each = languages.map((other) => link(`documents/${kind}.${other}.html`, w(`language.${other}`)));
    return `<li>${safe(w(`document.${kind}`))}: ${each.join(", ")}</li>`;
  });
  const versions = contents.versions.map(({ version, path, since }) => {
    const day = formatDay(dayInHelsinki(since), language);
    return `<li>${link(path, w("versions.since", { version, day }))}</li>`;
  });
  const years = contents.years.map((year) => `<li>${link(`invoices/${year}.html`, w("invoices.year", { year }))}</li>`);
  const reading = ["csv", "json", "ids", "restricted", "erased"].map((key) => w(`read.${key}`));
  const notes = [...reading, w("read.bans", { count: contents.bans }), w("read.sums")];
  const body = `<header>
<h1>${safe(w("title", { company }))}</h1>
<p>${links.join(" · ")}</p>
<dl class="facts">${facts.map(([term, value]) => `<dt>${safe(term)}</dt><dd>${safe(value)}</dd>`).join("\n")}</dl>
<p>${safe(w("lead"))}</p>
<p class="warning">${safe(w("care"))}</p>
</header>
<main>
${section(w("tables.heading"), tables(contents.tables, all, language, w))}
${years.length === 0 ? "" : section(w("invoices.heading"), list(years))}
${section(w("documents.heading"), list(documents))}
${section(w("versions.heading"), list(versions))}
${section(w("certificates.heading"), `<p>${safe(w("certificates.text", { count: contents.certificates }))}</p>`)}
${contents.log ? section(w("log.heading"), `<p>${safe(w("log.text"))} ${link("log/checkpoints.txt", "checkpoints.txt")}</p>`) : ""}
${section(w("read.heading"), list(notes.map((note) => `<li>${safe(note)}</li>`)))}
</main>`;
  return page({ title: w("title", { company }), lang: language, body });
}

function tables(all: readonly About[], { description }: Everything, language: Language, w: Words): string {
  const head = ["table", "rows", "files", "columns"].map((key) => `<th scope="col">${safe(w(`tables.${key}`))}</th>`);
  const { text } = say(description, language);
  const labelled = (name: string, column: string) => {
    if (name !== "customers") return column;
    const [id = column, part] = column.split(".");
    const category = Object.hasOwn(description.categories, id) ? description.categories[id] : undefined;
    return category && part === undefined ? `${column} (${text(category.label)})` : column;
  };
  const count = new Intl.NumberFormat(localeOf(language));
  const rows = all.map(({ name, rows: many, columns }) => {
    const files = ["csv", "json"].map((ending) => link(`registers/${name}.${ending}`, ending.toUpperCase()));
    const cells = [
      count.format(many),
      files.join(" "),
      safe(columns.map((column) => labelled(name, column)).join(", ")),
    ];
    return `<tr><th scope="row">${safe(w(`table.${name}`))}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<div class="wide"><table><thead><tr>${head.join("")}</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table></div>`;
}

const link = (to: string, text: string): string => `<a href="${safe(to)}">${safe(text)}</a>`;
const list = (items: readonly string[]): string => `<ul>\n${items.join("\n")}\n</ul>`;
const section = (heading: string, inner: string): string =>
  `<section>\n<h2>${safe(heading)}</h2>\n${inner}\n</section>`;

/** README.txt: the company's first language first. */
export function readme(all: Everything): string {
  const company = all.description.controller.name;
  const order = [firstLanguage(all), ...languages.filter((language) => language !== firstLanguage(all))];
  const parts = order.map((language) => {
    const w = wayOutWords(language);
    const reading = ["csv", "json", "ids", "restricted", "erased"].map((key) => w(`read.${key}`));
    const title = w("title", { company });
    return [title, "=".repeat(title.length), w("readme.start"), w("lead"), w("care"), ...reading, w("read.sums")].join(
      "\n\n",
    );
  });
  return `${parts.join("\n\n\n")}\n`;
}

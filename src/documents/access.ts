// The access package as a page that its person can read (GDPR Art. 12(1), 15): pure, from the package to HTML.
import { dayInHelsinki, formatDay, isDay } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { page, escape as safe } from "./html.ts";
import { hasRightsWord, rightsWords } from "./rightsWords.ts";

type Item = {
  category: string;
  value: string;
  source?: string | undefined;
  at?: string | undefined;
  purpose?: string | undefined;
  basis?: string | undefined;
  keepUntil?: string | null | undefined;
};
export type AccessPage = {
  subject: string;
  madeAt: string;
  description: { version: string; hash: string };
  controller: string;
  registers: readonly { label: string; items: readonly Item[] }[];
  permissions: readonly { kind: string; what: string; at: string; ended: string | null }[];
  recipients: readonly { to: string; categories: readonly string[]; last: string; times: number }[];
  lookedAt: readonly { at: string; role: string; purpose: string; categories: readonly string[] }[];
  purposes: readonly { label: string; basis: string }[];
  lookThrough: readonly { label: string; register: string }[];
  rights: readonly { right: string; how: string }[];
};
/** The company's own labels, by id. */
export type Labels = Readonly<
  Record<"categories" | "sources" | "purposes" | "roles" | "registers", Readonly<Record<string, string>>>
>;

export function accessPage(data: AccessPage, labels: Labels, language: Language): string {
  const w = rightsWords(language);
  const of = (kind: keyof Labels, id: string) => (Object.hasOwn(labels[kind], id) ? (labels[kind][id] ?? id) : id);
  const category = (id: string) => (hasRightsWord(`category.${id}`) ? w(`category.${id}`) : of("categories", id));
  const categories = (ids: readonly string[]) => ids.map(category).join(", ");
  const day = (iso: string) =>
    isDay(iso) ? formatDay(iso, language) : formatDay(dayInHelsinki(new Date(iso)), language);
  const basis = (id: string) => (hasRightsWord(`basis.${id}`) ? w(`basis.${id}`) : id);
  const joined = (...parts: readonly (string | undefined)[]) => parts.filter((part) => part).join(", ");
  const columns = (...keys: readonly string[]) => keys.map((key) => w(`column.${key}`));

  const held = data.registers.map(({ label, items }) => {
    const rows = items.map(({ category: id, value, source, at, purpose, basis: ground, keepUntil }) => [
      category(id),
      value,
      joined(source === undefined ? undefined : of("sources", source), at === undefined ? undefined : day(at)),
      joined(
        purpose === undefined ? undefined : of("purposes", purpose),
        ground === undefined ? undefined : basis(ground),
      ),
      keepUntil === undefined ? "" : keepUntil === null ? w("access.noDay") : day(keepUntil),
    ]);
    return section(label, table(columns("category", "value", "origin", "use", "until"), rows));
  });
  const permissions = data.permissions.map(({ kind, what, at, ended }) => [
    `${w(`permission.${kind}`)}: ${what}`,
    day(at),
    ended === null ? "" : day(ended),
  ]);
  const recipients = data.recipients.map(({ to, categories: ids, last, times }) => [
    to,
    categories(ids),
    day(last),
    String(times),
  ]);
  const looked = data.lookedAt.map(({ at, role, purpose, categories: ids }) => [
    day(at),
    role === "system" || role === "subject" ? w(`access.by.${role}`) : of("roles", role),
    hasRightsWord(`purpose.${purpose}`) ? w(`purpose.${purpose}`) : of("purposes", purpose),
    categories(ids),
  ]);
  const sections = [
    ...(held.length > 0 ? held : [section(w("access.title"), paragraph(w("access.nothing")))]),
    permissions.length > 0
      ? section(w("access.permissions"), table(columns("what", "since", "ended"), permissions))
      : "",
    section(
      w("access.purposes"),
      table(
        columns("purpose", "basis"),
        data.purposes.map(({ label, basis: on }) => [label, on]),
      ),
    ),
    section(
      w("access.recipients"),
      recipients.length > 0
        ? table(columns("to", "categories", "last", "times"), recipients)
        : paragraph(w("access.noRecipients")),
    ),
    section(
      w("access.lookedAt"),
      looked.length > 0
        ? table(columns("when", "role", "purpose", "categories"), looked)
        : paragraph(w("access.notLookedAt")),
    ),
    data.lookThrough.length > 0
      ? section(
          w("access.lookThrough"),
          paragraph(w("access.lookThroughWhy")) +
            table(
              columns("system", "register"),
              data.lookThrough.map(({ label, register }) => [label, of("registers", register)]),
            ),
        )
      : "",
    section(
      w("access.rights"),
      table(
        columns("right", "how"),
        data.rights.map(({ right, how }) => [w(`right.${right}`), how]),
      ),
    ),
  ];
  const facts: [string, string][] = [
    [w("access.controller"), data.controller],
    [w("access.madeAt"), day(data.madeAt)],
    [w("access.subject"), data.subject],
    [w("access.description"), `${data.description.version} (${data.description.hash.slice(0, 12)})`],
  ];
  const title = w("access.title");
  const body = `<header>
<h1>${safe(title)}</h1>
<dl class="facts">${facts.map(([term, value]) => `<dt>${safe(term)}</dt><dd>${safe(value)}</dd>`).join("")}</dl>
<p class="warning">${safe(w("access.safely"))}</p>
</header>
<main>
${sections.join("\n")}
</main>`;
  return page({ title, lang: language, body });
}

const section = (heading: string, inner: string) => `<section><h2>${safe(heading)}</h2>\n${inner}</section>`;
const paragraph = (text: string) => `<p>${safe(text)}</p>\n`;

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${safe(column)}</th>`).join("");
  const cell = (text: string) => safe(text).replaceAll("\n", "<br/>");
  const body = rows.map((cells) => {
    const inner = cells.map((text, n) => (n === 0 ? `<th scope="row">${cell(text)}</th>` : `<td>${cell(text)}</td>`));
    return `<tr>${inner.join("")}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>\n`;
}

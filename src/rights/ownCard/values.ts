// What is held, value by value with its origin, and the way to mend it.
import { escape as safe } from "../../documents/html.ts";
import { readable } from "../../registers/readable.ts";
import type { OwnCard } from "./card.ts";
import type { Part, Saying } from "./saying.ts";

export function registerPart(s: Saying, { label, items }: OwnCard["data"]["registers"][number], n: number): Part {
  return { id: `register-${n}`, title: label, inner: items.map((item) => itemCard(s, item)).join("\n") };
}

function itemCard(s: Saying, item: OwnCard["data"]["registers"][number]["items"][number]): string {
  const { w, of, day } = s;
  const { category, value, source, at, purpose, basis, keepUntil } = item;
  const facts: [string, string][] = [];
  const from = [source === undefined ? "" : of("sources", source), at === undefined ? "" : day(at)];
  if (from.some(Boolean)) facts.push([w("value.source"), from.filter(Boolean).join(", ")]);
  if (purpose !== undefined) facts.push([w("value.why"), of("purposes", purpose)]);
  if (basis !== undefined) facts.push([w("value.basis"), s.basis(basis)]);
  if (keepUntil !== undefined)
    facts.push([
      w("value.until"),
      keepUntil === null ? w("value.noDay") : w("value.untilDay", { day: day(keepUntil) }),
    ]);
  const list = facts.map(([term, text]) => `<div><dt>${safe(term)}</dt><dd>${safe(text)}</dd></div>`).join("");
  const field = source === undefined ? undefined : s.page.card.fields.find((one) => one.category === category);
  return `<div class="card"><h3>${safe(s.category(category))}</h3>
<p class="value">${safe(value).replaceAll("\n", "<br>")}</p>${list === "" ? "" : `<dl>${list}</dl>`}
${field ? correctLink(s, category) : ""}${field ? proposedLine(s, category) : ""}</div>`;
}

const correctLink = ({ page, w, category }: Saying, id: string): string =>
  `<a class="act" href="/own/correct/${id}?lang=${page.language}" aria-label="${safe(w("correct.of", { label: category(id) }))}">${safe(w("correct"))}</a>`;

function proposedLine({ page, w, day }: Saying, category: string): string {
  const found = page.card.proposed.find((one) => one.category === category);
  if (!found) return "";
  const { at, value, answer } = found;
  const facts = { day: day(at.toISOString()), value: readable(value) };
  return `<p class="small">${safe(answer === null ? w("proposed.waits", facts) : w("proposed.refused", { ...facts, answer }))}</p>`;
}

/** What could be told and has not been. */
export function missingPart(s: Saying): Part {
  const { page, w } = s;
  const held = new Set(
    page.card.data.registers.flatMap(({ items }) => items.flatMap((one) => (one.source ? one.category : []))),
  );
  const missing = page.card.fields.filter(({ category }) => !held.has(category));
  if (missing.length === 0) return null;
  const lines = missing.map(
    ({ category, label }) =>
      `<li><a href="/own/correct/${category}?lang=${page.language}">${safe(w("add.of", { label }))}</a>${proposedLine(s, category)}</li>`,
  );
  return { id: "missing", title: w("add.title"), inner: `<ul>${lines.join("")}</ul>` };
}

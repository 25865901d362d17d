// The card itself as a page: every value with its origin, and what its person may do, each with one press.

import type { Labels } from "../../documents/access.ts";
import { escape as safe } from "../../documents/html.ts";
import { hasRightsWord, rightsWords } from "../../documents/rightsWords.ts";
import type { FormField } from "../../intake/form/offer.ts";
import { fieldOf } from "../../intake/form/page.ts";
import { readable } from "../../registers/readable.ts";
import { dayInHelsinki, formatDay, isDay } from "../../values/Day.ts";
import type { OwnCard } from "./card.ts";
import { type Frame, frame, told } from "./shell.ts";
import { ownCardWords } from "./words.ts";

export type CardPage = Frame & {
  card: OwnCard;
  labels: Labels;
  consentLabels: Readonly<Record<string, string>>;
  /** Goes with every form: it comes from this card. */
  mark: string;
  message?: string | undefined;
};

type Saying = ReturnType<typeof saying>;

export function cardPage(page: CardPage): string {
  const s = saying(page);
  const { w } = s;
  const parts = [
    ...page.card.data.registers.map((register, n) => registerPart(s, register, n)),
    missingPart(s),
    consentsPart(s),
    objectionsPart(s),
    recipientsPart(s),
    lookedPart(s),
    purposesPart(s),
    elsewherePart(s),
    takePart(s),
    erasePart(s),
    rightsPart(s),
  ].filter((part) => part !== null);
  const contents = parts.map(({ id, title }) => `<li><a href="#${id}">${safe(title)}</a></li>`).join("");
  const body = parts
    .map(
      ({ id, title, inner }) =>
        `<section aria-labelledby="${id}"><h2 id="${id}">${safe(title)}</h2>\n${inner}</section>`,
    )
    .join("\n");
  return frame(
    { ...page, path: "/own" },
    `${told(page.message)}<p>${safe(w("lead"))}</p>
${s.press("done", w("done"), { quiet: true })}
<nav aria-label="${safe(w("on.page"))}" class="small"><ul>${contents}</ul></nav>
${body}
${s.press("done", w("done"))}`,
  );
}

/** What the value should be, said by its person. */
export function correctPage({
  field,
  now,
  mark,
  problem,
  typed,
  ...parts
}: Frame & {
  field: FormField;
  now: string | null;
  mark: string;
  problem?: string | undefined;
  typed?: Readonly<Record<string, string>> | undefined;
}): string {
  const { language } = parts;
  const w = ownCardWords(language);
  const path = `/own/correct/${field.category}`;
  return frame(
    { ...parts, path },
    `${told(problem, true)}<section aria-labelledby="correct"><h2 id="correct">${safe(w(now === null ? "add.of" : "correct.of", { label: field.label }))}</h2>
<p>${safe(w("correct.text"))}</p>
${now === null ? "" : `<p>${safe(w("correct.now", { value: readable(now) }))}</p>`}
<form method="post" action="${path}?lang=${language}"><input type="hidden" name="mark" value="${safe(mark)}">
${fieldOf(field, typed ?? partsOf(field.category, now), w)}
<p><button type="submit">${safe(w("correct.send"))}</button></p>
</form></section>
<p><a class="act" href="/own?lang=${language}">${safe(w("cancel"))}</a></p>`,
  );
}

function saying(page: CardPage) {
  const { language, labels, mark } = page;
  const [w, r] = [ownCardWords(language), rightsWords(language)];
  const of = (kind: keyof Labels, id: string) => (Object.hasOwn(labels[kind], id) ? (labels[kind][id] ?? id) : id);
  return {
    page,
    w,
    r,
    of,
    category: (id: string) => (hasRightsWord(`category.${id}`) ? r(`category.${id}`) : of("categories", id)),
    basis: (id: string) => (hasRightsWord(`basis.${id}`) ? r(`basis.${id}`) : id),
    day: (iso: string) => formatDay(isDay(iso) ? iso : dayInHelsinki(new Date(iso)), language),
    /** A form of one button. `about`: what a screen reader hears of it. */
    press: (
      act: string,
      label: string,
      { about, fields = {}, quiet }: { about?: string; fields?: Record<string, string>; quiet?: boolean } = {},
    ) => {
      const hidden = Object.entries({ mark, ...fields })
        .map(([name, value]) => `<input type="hidden" name="${name}" value="${safe(value)}">`)
        .join("");
      const name = about === undefined ? "" : ` aria-label="${safe(about)}"`;
      return `<form class="inline" method="post" action="/own/${act}?lang=${language}">${hidden}<button type="submit"${
        quiet ? ' class="quiet"' : ""
      }${name}>${safe(label)}</button></form>`;
    },
  };
}

type Part = { id: string; title: string; inner: string } | null;

function registerPart(s: Saying, { label, items }: OwnCard["data"]["registers"][number], n: number): Part {
  return { id: `register-${n}`, title: label, inner: items.map((item) => itemCard(s, item)).join("\n") };
}

function itemCard(s: Saying, item: OwnCard["data"]["registers"][number]["items"][number]): string {
  const { w, of, day } = s;
  const { category, value, source, at, purpose, basis, keepUntil } = item;
  const facts: [string, string][] = [];
  const from = [source === undefined ? "" : of("sources", source), at === undefined ? "" : day(at)];
  if (from.some(Boolean)) facts.push([w("value.source"), from.filter(Boolean).join(", ")]);
  const why = [purpose === undefined ? "" : of("purposes", purpose), basis === undefined ? "" : s.basis(basis)];
  if (why.some(Boolean)) facts.push([w("value.why"), why.filter(Boolean).join(", ")]);
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
function missingPart(s: Saying): Part {
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

function consentsPart(s: Saying): Part {
  const { page, w, day, press } = s;
  const { consents, offered } = page.card;
  const label = (id: string) => (Object.hasOwn(page.consentLabels, id) ? (page.consentLabels[id] ?? id) : id);
  const given = consents.map(({ consent, givenAt, withdrawnAt }) => {
    const since =
      withdrawnAt === null
        ? w("consent.given", { day: day(givenAt) })
        : w("consent.withdrawn", { day: day(withdrawnAt) });
    const act =
      withdrawnAt === null
        ? press("withdraw", w("consent.withdraw"), {
            about: w("consent.withdrawOf", { label: label(consent) }),
            fields: { consent },
          })
        : "";
    return `<li class="row"><span>${safe(label(consent))}<br><span class="small">${safe(since)}</span></span>${act}</li>`;
  });
  const open = offered.map(
    ({ id, text, version }) =>
      `<li class="row"><span>${safe(label(id))}<br><span class="small">${safe(text)}</span></span>${press(
        "consent",
        w("consent.give"),
        {
          about: w("consent.giveOf", { label: label(id) }),
          fields: { consent: id, version: String(version) },
          quiet: true,
        },
      )}</li>`,
  );
  const none = given.length === 0 ? `<p>${safe(w("consents.none"))}</p>` : "";
  const all = [...given, ...open];
  return {
    id: "consents",
    title: w("consents"),
    inner: `${none}${all.length > 0 ? `<ul class="plain">${all.join("")}</ul>` : ""}`,
  };
}

function objectionsPart({ page, w, of, press }: Saying): Part {
  const { objected, objectable } = page.card;
  if (objected.length + objectable.length === 0) return null;
  const lines = [
    ...objectable.map(
      (id) =>
        `<li class="row"><span>${safe(of("purposes", id))}</span>${press("object", w("object"), {
          about: w("object.of", { label: of("purposes", id) }),
          fields: { purpose: id },
          quiet: true,
        })}</li>`,
    ),
    ...objected.map(
      (id) => `<li class="row"><span>${safe(of("purposes", id))}</span><strong>${safe(w("objected"))}</strong></li>`,
    ),
  ];
  return {
    id: "objections",
    title: w("objections"),
    inner: `<p>${safe(w("objections.text"))}</p><ul class="plain">${lines.join("")}</ul>`,
  };
}

function recipientsPart({ page, w, category, day }: Saying): Part {
  const lines = page.card.data.recipients.map(
    ({ to, categories, last, times }) =>
      `<li><strong>${safe(to)}</strong>: ${safe(categories.map(category).join(", "))} (${safe(w("recipient.times", { day: day(last), times }))})</li>`,
  );
  const inner = lines.length > 0 ? `<ul>${lines.join("")}</ul>` : `<p>${safe(w("recipients.none"))}</p>`;
  return { id: "recipients", title: w("recipients"), inner };
}

/** So many are shown at once; the rest stands behind a press that needs no script. */
const SHOWN = 20;

function lookedPart({ page, w, of, day }: Saying): Part {
  const known = new Set(["read", "change", "disclose", "erase"]);
  const lines = page.card.looked.map(({ day: on, role, system, own, purpose, verb, times }) => {
    const roles = role
      .split(", ")
      .map((id) => of("roles", id))
      .join(", ");
    const who = own ? w("looked.you") : system ? w("looked.program") : roles;
    const what = w("looked.times", { what: known.has(verb) ? w(`verb.${verb}`) : verb, times });
    const why = own ? w("own.purpose") : of("purposes", purpose);
    return `<li><strong>${safe(day(on))}</strong> ${safe(who)}: ${safe(what)} (${safe(why)})</li>`;
  });
  if (lines.length === 0) return { id: "looked", title: w("looked"), inner: `<p>${safe(w("looked.none"))}</p>` };
  const older = lines.slice(SHOWN);
  const more =
    older.length === 0
      ? ""
      : `<details><summary>${safe(w("looked.older"))}</summary><ul>${older.join("")}</ul></details>`;
  return {
    id: "looked",
    title: w("looked"),
    inner: `<p>${safe(w("looked.text"))}</p><ul>${lines.slice(0, SHOWN).join("")}</ul>${more}`,
  };
}

function purposesPart({ page, w }: Saying): Part {
  const lines = page.card.data.purposes.map(
    ({ label, basis }) => `<li><strong>${safe(label)}</strong>: ${safe(basis)}</li>`,
  );
  return lines.length === 0 ? null : { id: "purposes", title: w("purposes"), inner: `<ul>${lines.join("")}</ul>` };
}

function elsewherePart({ page, w, of }: Saying): Part {
  const lines = page.card.data.lookThrough.map(
    ({ label, register }) => `<li>${safe(label)} (${safe(of("registers", register))})</li>`,
  );
  if (lines.length === 0) return null;
  return {
    id: "elsewhere",
    title: w("elsewhere"),
    inner: `<p>${safe(w("elsewhere.text"))}</p><ul>${lines.join("")}</ul>`,
  };
}

const takePart = ({ page, w }: Saying): Part => ({
  id: "take",
  title: w("take"),
  inner: `<p>${safe(w("take.text"))}</p><p><a class="act" href="/own/data.json?lang=${page.language}" download>${safe(w("take.download"))}</a></p>`,
});

function erasePart({ page, w, day }: Saying): Part {
  const { card, mark, language } = page;
  if (!card.data.rights.some(({ right }) => right === "erasure")) return null;
  const title = w("erase");
  const text = `<p>${safe(w("erase.text"))}</p>`;
  if (card.asked) {
    const { askedOn, dueOn } = card.asked;
    return { id: "erase", title, inner: `<p>${safe(w("erase.asked", { day: day(askedOn), due: day(dueOn) }))}</p>` };
  }
  return {
    id: "erase",
    title,
    inner: `${text}<form method="post" action="/own/erasure?lang=${language}"><input type="hidden" name="mark" value="${safe(mark)}">
<p class="tick"><input type="checkbox" id="sure" name="sure" value="yes" required><label for="sure">${safe(w("erase.sure"))}</label></p>
<p><button type="submit" class="quiet">${safe(w("erase.send"))}</button></p></form>`,
  };
}

function rightsPart({ page, w, r }: Saying): Part {
  const lines = page.card.data.rights.map(
    ({ right, how }) => `<li><strong>${safe(r(`right.${right}`))}</strong>: ${safe(how)}</li>`,
  );
  return lines.length === 0 ? null : { id: "rights", title: w("rights"), inner: `<ul>${lines.join("")}</ul>` };
}

/** The value as the form's fields take it: an address in its parts. */
function partsOf(category: string, now: string | null): Record<string, string> {
  if (now === null) return {};
  if (!now.startsWith("{")) return { [category]: now };
  const parts = JSON.parse(now) as Record<string, string>;
  return Object.fromEntries(Object.entries(parts).map(([part, text]) => [`${category}.${part}`, text]));
}

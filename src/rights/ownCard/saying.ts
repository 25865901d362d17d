// What every part of the card says alike: words, labels, days, and a form of one button.
import type { Labels } from "../../documents/access.ts";
import { escape as safe } from "../../documents/html.ts";
import { hasRightsWord, rightsWords } from "../../documents/rightsWords.ts";
import { dayInHelsinki, formatDay, isDay } from "../../values/Day.ts";
import type { OwnCard } from "./card.ts";
import type { Frame } from "./shell.ts";
import { ownCardWords } from "./words.ts";

export type CardPage = Frame & {
  card: OwnCard;
  labels: Labels;
  consentLabels: Readonly<Record<string, string>>;
  /** Goes with every form: it comes from this card. */
  mark: string;
  message?: string | undefined;
};

export type Saying = ReturnType<typeof saying>;
/** A part of the page with a heading of its own; null: there is nothing to say. */
export type Part = { id: string; title: string; inner: string } | null;

export function saying(page: CardPage) {
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

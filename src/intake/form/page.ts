// The form as a page: no script, works in any browser and with a screen reader; every text of a person or a company is escaped.

import { isAddress } from "../../description/terms.ts";
import { escape as escaped } from "../../documents/html.ts";
import type { FormNotice } from "../../documents/short.ts";
import type { Language } from "../../values/Language.ts";
import type { Words } from "../../values/words.ts";
import type { FormField, FormOffer } from "./offer.ts";
import { PARTS } from "./submit.ts";

export type PageParts = {
  language: Language;
  words: Words;
  company: string;
  offer: FormOffer;
  notice: FormNotice;
  /** People's own cards are open here. */
  cards?: boolean;
  submission: string;
  /** What was typed before a mistake was found, by field name. */
  typed?: Readonly<Record<string, string>>;
  problem?: string;
};

export function formPage(parts: PageParts): string {
  const { words, offer, notice, typed = {}, problem, language } = parts;
  const fields = offer.fields.map((field) => fieldOf(field, typed, words)).join("");
  const consents = offer.consents
    .map(
      ({ id, version, text }) =>
        `<p class="tick"><input type="checkbox" id="c-${id}" name="consent.${id}" value="${version}"${
          typed[`consent.${id}`] === undefined ? "" : " checked"
        }><label for="c-${id}">${escaped(text)}</label></p>`,
    )
    .join("");
  return shell(
    parts,
    `${problem === undefined ? "" : `<p class="problem" role="alert">${escaped(problem)}</p>`}
<p>${escaped(words("lead"))}</p>
<form method="post" action="/?lang=${language}">
<input type="hidden" name="submission" value="${escaped(parts.submission)}"><input type="hidden" name="source" value="${escaped(offer.source)}">
${fields}
${consents === "" ? "" : `<fieldset><legend>${escaped(words("consents"))}</legend>${consents}</fieldset>`}
<p class="away" aria-hidden="true"><label for="website">Website</label><input id="website" name="website" tabindex="-1" autocomplete="off"></p>
<section aria-labelledby="notice"><h2 id="notice">${escaped(words("notice"))}</h2>${notice.short
      .map((line) => `<p>${escaped(line)}</p>`)
      .join("")}<p><a href="/notice?lang=${language}">${escaped(words("notice.whole"))}</a></p>${
      parts.cards ? `<p><a href="/own?lang=${language}">${escaped(words("ownCard"))}</a></p>` : ""
    }</section>
<p><button type="submit">${escaped(words("send"))}</button></p>
</form>`,
  );
}

export function thanksPage(parts: Pick<PageParts, "language" | "words" | "company">): string {
  return shell(parts, `<p role="status">${escaped(parts.words("thanks"))}</p>`);
}

function shell({ language, words, company }: Pick<PageParts, "language" | "words" | "company">, body: string): string {
  const others = (["fi", "sv", "en"] as const)
    .filter((other) => other !== language)
    .map(
      (other) => `<a href="/?lang=${other}" lang="${other}" hreflang="${other}">${escaped(words(`in.${other}`))}</a>`,
    )
    .join(" ");
  const title = escaped(words("title", { company }));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/form.css"></head>
<body><header><nav aria-label="${escaped(words("languages"))}">${others}</nav></header>
<main><h1>${title}</h1>${body}</main></body></html>
`;
}

const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  name: "name",
  email: "email",
  phone: "tel",
  street: "street-address",
  postalCode: "postal-code",
  town: "address-level2",
};

export function fieldOf(
  { category, type, fixed, label }: FormField,
  typed: Readonly<Record<string, string>>,
  words: Words,
): string {
  if (isAddress(type)) {
    const parts = PARTS.map((part) => input(`${category}.${part}`, words(part), part, typed)).join("");
    return `<fieldset><legend>${escaped(label)}</legend>${parts}</fieldset>`;
  }
  const needed = fixed === "name" ? "required" : "";
  return input(category, label, type, typed, needed);
}

function input(name: string, label: string, kind: string, typed: Readonly<Record<string, string>>, more = ""): string {
  const id = `f-${name.replace(".", "-")}`;
  const value = escaped(typed[name] ?? "");
  const known = AUTOCOMPLETE[kind];
  const complete = known === undefined ? "" : ` autocomplete="${known}"`;
  const type = kind === "email" ? "email" : kind === "phone" ? "tel" : "text";
  const control =
    kind === "longText"
      ? `<textarea id="${id}" name="${escaped(name)}" rows="4" maxlength="1000">${value}</textarea>`
      : `<input id="${id}" name="${escaped(name)}" type="${type}" maxlength="200" value="${value}"${complete} ${more}>`;
  return `<p><label for="${id}">${escaped(label)}</label>${control}</p>`;
}

export const FORM_STYLE = `:root{color-scheme:light dark}
body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0;padding:1rem}
main,header{max-width:38rem;margin:0 auto}
nav a{margin-right:1rem}
h1{font-size:1.6rem;line-height:1.2}
h2{font-size:1.1rem}
label{display:block;font-weight:600;margin-bottom:.25rem}
input:not([type=checkbox]),textarea{font:inherit;width:100%;box-sizing:border-box;padding:.6rem;border:1px solid #767676;border-radius:.4rem}
fieldset{border:1px solid #767676;border-radius:.4rem;margin:1rem 0;padding:.5rem 1rem}
.tick{display:flex;gap:.75rem;align-items:flex-start}
.tick input{width:1.25rem;height:1.25rem;flex:none;margin-top:.15rem}
.tick label{font-weight:400}
section{font-size:.9375rem}
.problem{border-left:.3rem solid #b3261e;padding:.5rem 1rem}
.away{position:absolute;left:-200vw}
button{font:inherit;font-weight:600;padding:.7rem 1.4rem;border:0;border-radius:.4rem;background:#0b5c6b;color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #0b5c6b;outline-offset:2px}
`;

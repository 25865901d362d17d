// The frame of every page of the own card, and its look: no script needed, readable on an old phone.
import { escape as safe } from "../../documents/html.ts";
import { FORM_STYLE } from "../../intake/form/page.ts";
import type { Language } from "../../values/Language.ts";
import { ownCardWords } from "./words.ts";

export type Frame = { language: Language; company: string; path: string };

/** `body` is HTML already. `script`: the page may read the secret that stands in its own address. */
export function frame({ language, company, path }: Frame, body: string, { script = false } = {}): string {
  const w = ownCardWords(language);
  const others = (["fi", "sv", "en"] as const)
    .filter((other) => other !== language)
    .map((other) => `<a href="${path}?lang=${other}" lang="${other}" hreflang="${other}">${safe(w(`in.${other}`))}</a>`)
    .join(" ");
  const title = safe(w("title", { company }));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><link rel="stylesheet" href="/own.css">${script ? '<script src="/own.js" defer></script>' : ""}</head>
<body><header><nav aria-label="${safe(w("languages"))}">${others}</nav></header>
<main><h1>${title}</h1>
${body}</main></body></html>
`;
}

/** A sentence in answer to what was done; `wrong`: it was not done. */
export const told = (text: string | undefined, wrong = false): string =>
  text === undefined
    ? ""
    : `<p class="${wrong ? "problem" : "told"}" role="${wrong ? "alert" : "status"}">${safe(text)}</p>\n`;

export const OWN_CARD_STYLE = `${FORM_STYLE}
:root{--paper:#fff;--ink:#1b1f22;--link:#0b5c6b}
@media (prefers-color-scheme:dark){:root{--paper:#14191c;--ink:#eceff1;--link:#8fd3e0}}
html,body{background:var(--paper);color:var(--ink)}
a{color:var(--link)}
input:not([type=checkbox]),textarea{background:var(--paper);color:var(--ink)}
:focus-visible{outline-color:var(--link)}
main{padding-bottom:3rem}
section{font-size:1rem;margin:2.25rem 0}
h2{font-size:1.25rem;margin:0 0 .5rem}
h3{font-size:1.0625rem;margin:0;overflow-wrap:anywhere}
.told{border-left:.3rem solid #2c7a4b;padding:.5rem 1rem}
.card{border:1px solid #8a8a8a;border-radius:.5rem;padding:.75rem 1rem;margin:.75rem 0}
.card .value{font-size:1.125rem;margin:.25rem 0;overflow-wrap:anywhere}
dl{margin:.5rem 0 0;font-size:.9375rem}
dl div{display:flex;flex-wrap:wrap;gap:0 .5rem}
dt{font-weight:600}
dt::after{content:":"}
dd{margin:0;overflow-wrap:anywhere}
ul{padding-left:1.25rem}
li{margin:.4rem 0;overflow-wrap:anywhere}
.plain{list-style:none;padding:0}
.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;border-bottom:1px solid #8a8a8a;padding:.6rem 0;margin:0}
.row>span,.row>div{flex:1 1 14rem}
.row p{margin:.2rem 0}
form.inline{margin:0}
a.act{display:inline-block;padding:.6rem 0;font-weight:600}
.quiet{background:none;color:inherit;border:2px solid #767676;padding:.55rem 1.2rem}
.small{font-size:.9375rem}
summary{padding:.6rem 0;cursor:pointer;font-weight:600}
.tick{margin:.75rem 0}
`;

/** Takes the secret out of the address and its history before anybody else can read it there; a person presses the button themselves. */
export const OWN_CARD_SCRIPT = `(function () {
  var secret = location.hash.slice(1);
  var field = document.getElementById("code");
  if (!secret || !field) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = secret;
  document.getElementById("open").focus();
})();
`;

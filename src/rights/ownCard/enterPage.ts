// The pages before a card is open: where a code is typed, and where one is asked for.
import { escape as safe } from "../../documents/html.ts";
import { CODE_MS } from "../../values/safety.ts";
import { type Frame, frame, told } from "./shell.ts";
import { ownCardWords } from "./words.ts";

export type Enter = Frame & {
  byMail: boolean;
  /** Whom to ask for a link. */
  contact: string;
  problem?: string | undefined;
  message?: string | undefined;
};

export function enterPage({ byMail, contact, problem, message, ...parts }: Enter): string {
  const { language } = parts;
  const w = ownCardWords(language);
  const mail = byMail
    ? `<p>${safe(w("mail.text"))}</p>
<form method="post" action="/own/mail?lang=${language}">
<p><label for="email">${safe(w("mail.address"))}</label><input id="email" name="email" type="email" maxlength="254" autocomplete="email" required></p>
<p><button type="submit" class="quiet">${safe(w("mail.send"))}</button></p>
</form>`
    : `<p>${safe(w("mail.off"))}</p>`;
  return frame(
    { ...parts, path: "/own" },
    `${told(problem, true)}${told(message)}<p>${safe(w("enter.lead"))}</p>
<section aria-labelledby="by-link"><h2 id="by-link">${safe(w("link.title"))}</h2>
<p>${safe(w("link.text"))}</p>
<form method="post" action="/own/link?lang=${language}">
<p><label for="code">${safe(w("link.code"))}</label><input id="code" name="code" type="text" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" required></p>
<p><button type="submit" id="open">${safe(w("link.open"))}</button></p>
</form></section>
<section aria-labelledby="by-mail"><h2 id="by-mail">${safe(w("mail.title"))}</h2>
${mail}</section>
<p class="small">${safe(w("contact", { contact }))}</p>
<p class="small"><a href="/notice?lang=${language}">${safe(w("notice"))}</a></p>`,
    { script: true },
  );
}

/** The same whoever asked and whatever came of it. */
export function codePage({ problem, ...parts }: Frame & { problem?: string | undefined }): string {
  const { language } = parts;
  const w = ownCardWords(language);
  return frame(
    { ...parts, path: "/own/code" },
    `${told(problem, true)}<section aria-labelledby="type"><h2 id="type">${safe(w("code.title"))}</h2>
<p>${safe(w("code.text", { minutes: CODE_MS / 60_000 }))}</p>
<form method="post" action="/own/code?lang=${language}">
<p><label for="code">${safe(w("code.label"))}</label><input id="code" name="code" type="text" inputmode="numeric" maxlength="20" autocomplete="one-time-code" required></p>
<p><button type="submit">${safe(w("link.open"))}</button></p>
</form></section>
<p><a class="act" href="/own?lang=${language}">${safe(w("code.again"))}</a></p>`,
  );
}

// The page on which a person writes what a value of theirs should be.
import { escape as safe } from "../../documents/html.ts";
import type { FormField } from "../../intake/form/offer.ts";
import { fieldOf } from "../../intake/form/page.ts";
import { readable } from "../../registers/readable.ts";
import { type Frame, frame, told } from "./shell.ts";
import { ownCardWords } from "./words.ts";

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

/** The value as the form's fields take it: an address in its parts. */
function partsOf(category: string, now: string | null): Record<string, string> {
  if (now === null) return {};
  if (!now.startsWith("{")) return { [category]: now };
  const parts = JSON.parse(now) as Record<string, string>;
  return Object.fromEntries(Object.entries(parts).map(([part, text]) => [`${category}.${part}`, text]));
}

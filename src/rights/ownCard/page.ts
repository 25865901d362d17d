// The card itself as a page: every value with its origin, and what its person may do, each with one press.
import { escape as safe } from "../../documents/html.ts";
import { consentsPart, objectionsPart } from "./permitted.ts";
import { type CardPage, saying } from "./saying.ts";
import { frame, told } from "./shell.ts";
import { elsewherePart, erasePart, lookedPart, purposesPart, recipientsPart, rightsPart, takePart } from "./told.ts";
import { missingPart, registerPart } from "./values.ts";

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

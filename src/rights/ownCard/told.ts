// What a person is told beside their values (GDPR Art. 15(1)), and what they may take along or ask for.
import { escape as safe } from "../../documents/html.ts";
import type { Part, Saying } from "./saying.ts";

export function recipientsPart({ page, w, category, day }: Saying): Part {
  const lines = page.card.data.recipients.map(
    ({ to, categories, last, times }) =>
      `<li><strong>${safe(to)}</strong>: ${safe(categories.map(category).join(", "))} (${safe(w("recipient.times", { day: day(last), times }))})</li>`,
  );
  const inner = lines.length > 0 ? `<ul>${lines.join("")}</ul>` : `<p>${safe(w("recipients.none"))}</p>`;
  return { id: "recipients", title: w("recipients"), inner };
}

/** So many are shown at once; the rest stands behind a press that needs no script. */
const SHOWN = 20;

export function lookedPart({ page, w, of, day }: Saying): Part {
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

export function purposesPart({ page, w }: Saying): Part {
  const lines = page.card.data.purposes.map(
    ({ label, basis }) => `<li><strong>${safe(label)}</strong>: ${safe(basis)}</li>`,
  );
  return lines.length === 0 ? null : { id: "purposes", title: w("purposes"), inner: `<ul>${lines.join("")}</ul>` };
}

export function elsewherePart({ page, w, of }: Saying): Part {
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

export const takePart = ({ page, w }: Saying): Part => ({
  id: "take",
  title: w("take"),
  inner: `<p>${safe(w("take.text"))}</p><p><a class="act" href="/own/data.json?lang=${page.language}" download>${safe(w("take.download"))}</a></p>`,
});

export function erasePart({ page, w, day }: Saying): Part {
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

export function rightsPart({ page, w, r }: Saying): Part {
  const lines = page.card.data.rights.map(
    ({ right, how }) => `<li><strong>${safe(r(`right.${right}`))}</strong>: ${safe(how)}</li>`,
  );
  return lines.length === 0 ? null : { id: "rights", title: w("rights"), inner: `<ul>${lines.join("")}</ul>` };
}

// What the person has allowed and refused, each taken back or given with one press.
import { escape as safe } from "../../documents/html.ts";
import type { Part, Saying } from "./saying.ts";

export function consentsPart(s: Saying): Part {
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

export function objectionsPart({ page, w, of, press }: Saying): Part {
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

// The first layer of the notice: what fits on a form, and what fits in a phone call (GDPR Art. 12(1), 13).
import type { Description } from "../description/schema.ts";
import type { Language } from "../values/Language.ts";
import { type Say, say, sentence } from "./say.ts";

/** `short`: sentences to stand on a public form. `spoken`: two sentences for a phone call or a meeting. */
export type FormNotice = { short: readonly string[]; spoken: readonly [string, string] };

/** Whom to write to; the company where the person's own address is not known. */
export function contactOf(s: Say): string {
  const { responsiblePerson: person, controller } = s.description;
  const email = person.email === "unknown" ? controller.email : person.email;
  return s.w("fact", { label: s.w("controller.email"), value: s.known(email) });
}

/** On a form a contact that nobody knows yet is left out; the notice itself says that it is missing. */
function contactLine(s: Say): string[] {
  const { responsiblePerson: person, controller } = s.description;
  if (person.name === "unknown") return [];
  const line = s.w("short.contact", { name: person.name });
  return [person.email === "unknown" && controller.email === "unknown" ? line : `${line}. ${contactOf(s)}`];
}

/** Purposes that data from the source may serve: the source's own list, else what the categories it gives are for. */
function purposesOf(description: Description, sourceId: string | undefined): string[] {
  const all = Object.keys(description.purposes);
  const source = sourceId === undefined ? undefined : description.sources[sourceId];
  if (sourceId === undefined || source === undefined) return all;
  if (source.purposes !== undefined) return source.purposes;
  const given = Object.values(description.categories).filter((category) => category.givenBy.includes(sourceId));
  const consented = (id: string) => description.purposes[id]?.kind === "raffle";
  return all.filter((id) => !consented(id) && given.some((category) => category.purposes.includes(id)));
}

export function shortNotice(s: Say, sourceId?: string): string[] {
  const { w, description, labels } = s;
  const { controller } = description;
  const ids = purposesOf(description, sourceId);
  const bases = [...new Set(ids.flatMap((id) => description.purposes[id]?.legalBasis ?? []))];
  const outside = Object.keys(description.processors);
  const source = sourceId === undefined ? undefined : description.sources[sourceId];
  return [
    w("short.who", { company: controller.name, businessId: s.known(controller.businessId) }),
    w("short.why", { purposes: labels(description.purposes, ids), count: ids.length }),
    w("short.basis", { bases: s.list(bases.map((basis) => w("basis.name", { basis }))), count: bases.length }),
    ...(source?.from === "thirdParty" ? [w("short.thirdParty", { source: s.inside(s.text(source.label)) })] : []),
    ...(outside.length > 0 ? [w("short.recipients", { recipients: labels(description.processors, outside) })] : []),
    w("short.retention"),
    w("short.rights"),
    w("short.complaint", { authority: s.text(description.notice.supervisoryAuthority) }),
    ...contactLine(s),
  ].map(sentence);
}

/** The short text of the notice for one source of data: a public form, a phone call, a referral. An unknown source gets the text of all purposes. */
export function formNotice(description: Description, sourceId: string, language: Language): FormNotice {
  const s = say(description, language);
  const ids = purposesOf(description, sourceId);
  const { name } = description.controller;
  const spoken = [
    sentence(
      s.w("spoken.why", {
        company: name,
        purposes: s.labels(description.purposes, ids.slice(0, 3)),
        count: Math.min(ids.length, 3),
      }),
    ),
    sentence(s.w("spoken.rights")),
  ] as const;
  return { short: shortNotice(s, sourceId), spoken };
}

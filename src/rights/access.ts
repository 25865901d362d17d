// The access package (GDPR Art. 15): every value with its origin, and what Art. 15(1)(a)-(h) asks beside it, from rows and events rather than from promises.
import type { z } from "zod";
import type { Description } from "../description/schema.ts";
import { inLanguage } from "../description/text.ts";
import { rightsWords } from "../documents/rightsWords.ts";
import type { Gate, Steps } from "../gate/gate.ts";
import { registerOfKind } from "../policy/decide.ts";
import { registers } from "../registers/all.ts";
import { actsOn } from "../registers/evidence/seen.ts";
import { historyOf, type Past } from "../registers/permissions/state.ts";
import type { HeldItem, Voice } from "../registers/register.ts";
import { formatDay, parseDay } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { notFound } from "../values/problem.ts";
import type { AccessPackage } from "./contract.ts";
import { labelIn } from "./labels.ts";
import { recipientsOf } from "./recipients.ts";

type Package = z.input<typeof AccessPackage>;

/** @throws Problem `notFound` where nothing at all is held of the subject */
export async function accessPackage(gate: Gate, steps: Steps, language: Language): Promise<Package> {
  const { description, hash } = gate.inForce();
  const words = rightsWords(language);
  const held: Package["registers"] = [];
  const { known, categories } = await knownOf(steps);
  for (const { name, exportOf } of registers) {
    // Permissions have a part of their own in the package.
    if (name === "permissions") continue;
    const items = await exportOf(steps, { language, words, known });
    const id = name === "customers" || name === "invoices" ? (registerOfKind(description, name) ?? name) : name;
    // Who wrote a value down is the company's own matter (CJEU C-579/21); where it came from is the person's.
    if (items.length > 0)
      held.push({
        register: id,
        label: registerLabel(description, id, language),
        items: withPurpose(description, id, items).map(({ by: _, ...item }) => item),
      });
  }
  const past = await historyOf(steps.permissions());
  if (held.length === 0 && past.length === 0) throw notFound();
  const acts = await actsOn(steps);
  return {
    subject: steps.subject,
    madeAt: steps.at.toISOString(),
    description: { version: description.version, hash },
    controller: description.controller.name,
    registers: held,
    permissions: past.map((one) => permissionOf(description, one, language)),
    recipients: recipientsOf(description, acts, language, categories),
    lookedAt: acts
      .filter(({ verb, flow }) => verb === "read" && flow === null)
      .map(({ at, roles, system, own, purpose, categories }) => ({
        at: at.toISOString(),
        role: system ? "system" : own ? "subject" : (roles[0] ?? ""),
        purpose: purpose ?? "",
        categories: [...categories],
      })),
    purposes: purposesOf(description, held, past, language),
    lookThrough: lookThroughOf(description, language),
    rights: Object.entries(description.rights).map(([right, { how }]) => ({
      right,
      how: inLanguage(description, how, language),
    })),
  };
}

/** Requests have a heading of their own in the description. */
const registerLabel = (description: Description, id: string, language: Language): string =>
  id === "requests" && description.requests
    ? inLanguage(description, description.requests.label, language)
    : labelIn(description, description.registers, id, language);

async function knownOf(steps: Steps): Promise<{ known: Voice["known"]; categories: Set<string> }> {
  const known = { days: {}, openInvoice: false };
  const categories = new Set<string>();
  for (const { holdingOf } of registers) {
    const holding = await holdingOf(steps);
    Object.assign(known.days, holding?.tells);
    known.openInvoice ||= holding?.openInvoice ?? false;
    for (const { items } of holding?.parts ?? []) for (const { category } of items) categories.add(category);
  }
  return { known, categories };
}

/**
 * What has no purpose of its own is held for that of its category which rests on the basis of the rule that keeps it (a voucher: bookkeeping);
 * what is no category (the kind of customer) for that of the person's values beside it.
 */
function withPurpose(
  { retention, categories, purposes }: Description,
  register: string,
  items: readonly HeldItem[],
): HeldItem[] {
  const beside = items.find(({ purpose }) => purpose !== undefined);
  return items.map((item) => {
    const { category } = item;
    if (item.purpose !== undefined || category === "eventDays") return item;
    const keeps = Object.values(retention).find(
      (rule) => rule.register === register && rule.categories.includes(category),
    );
    const id = categories[category]?.purposes.find((one) => purposes[one]?.legalBasis === keeps?.basis);
    const basis = id === undefined ? undefined : purposes[id]?.legalBasis;
    if (id !== undefined && basis !== undefined) return { ...item, purpose: id, basis };
    return category === "customerKind" && beside?.purpose !== undefined && beside.basis !== undefined
      ? { ...item, purpose: beside.purpose, basis: beside.basis }
      : item;
  });
}

function permissionOf(
  description: Description,
  { kind, of, at, ended, wording, purposes, until }: Past,
  language: Language,
): Package["permissions"][number] {
  const words = rightsWords(language);
  const label = labelIn(
    description,
    {
      consent: description.consents,
      objection: description.purposes,
      restriction: description.registers,
      hold: description.holds,
    }[kind],
    of,
    language,
  );
  const only = purposes?.map((id) => labelIn(description, description.purposes, id, language)).join(", ");
  const what =
    wording === undefined
      ? only
        ? `${label} (${only})`
        : label
      : words("permission.wording", { label, version: wording });
  const shown = until ? words("permission.until", { what, day: formatDay(parseDay(until), language) }) : what;
  return { kind, what: shown, at: at.toISOString(), ended: ended?.toISOString() ?? null };
}

/** Purposes for which what is held may be used today, and those it was collected for; one that rests on consent only where there is a consent. */
function purposesOf(
  description: Description,
  held: Package["registers"],
  past: readonly Past[],
  language: Language,
): Package["purposes"] {
  const items = held.flatMap((register) => register.items);
  const collectedFor = new Set(items.map(({ purpose }) => purpose));
  const neededFor = new Set(items.flatMap(({ category }) => description.categories[category]?.purposes ?? []));
  const consented = past.flatMap(({ kind, of, ended }) => (kind === "consent" && ended === null ? [of] : []));
  return Object.entries(description.purposes)
    .filter(([id, { legalBasis }]) => {
      if (collectedFor.has(id)) return true;
      if (!neededFor.has(id)) return false;
      return legalBasis !== "consent" || consented.some((consent) => description.consents[consent]?.purpose === id);
    })
    .map(([purpose, { label, legalBasis, ground }]) => {
      const basis = rightsWords(language)(`basis.${legalBasis}`);
      const why = groundText(description, ground, language);
      return { purpose, label: inLanguage(description, label, language), basis: why ? `${basis}: ${why}` : basis };
    });
}

function groundText(
  description: Description,
  ground: Description["purposes"][string]["ground"],
  language: Language,
): string {
  if ("statute" in ground) return inLanguage(description, ground.statute, language);
  if ("contract" in ground) return inLanguage(description, ground.contract, language);
  if ("consent" in ground) return labelIn(description, description.consents, ground.consent, language);
  return ground.balancingTest === "unknown" ? "" : inLanguage(description, ground.balancingTest, language);
}

function lookThroughOf(description: Description, language: Language): Package["lookThrough"] {
  return Object.entries(description.registers).flatMap(([register, { systems }]) =>
    systems
      .filter((id) => description.systems[id]?.kind !== "builtIn")
      .map((system) => ({ system, label: labelIn(description, description.systems, system, language), register })),
  );
}

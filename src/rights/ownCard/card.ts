// What a person sees and does on their own card: each an act of their own right, through the gate, with its event in the log.
import type { z } from "zod";
import type { Description } from "../../description/schema.ts";
import { inLanguage } from "../../description/text.ts";
import type { Gate, Steps } from "../../gate/gate.ts";
import { ASKABLE, type FormConsent, type FormField } from "../../intake/form/offer.ts";
import { valuesGiven } from "../../intake/form/submit.ts";
import { decide, registerOfKind, type SubjectKind, sourceOfKind, strayOf } from "../../policy/decide.ts";
import { kinds } from "../../registers/all.ts";
import { type Proposed, propose, proposedBy, standing, takeBack } from "../../registers/customers/corrections/store.ts";
import { entriesOf, fieldsOf } from "../../registers/customers/fields.ts";
import { objectableIn, objectTo, withdrawOf } from "../../registers/permissions/acts.ts";
import { type Held, heldOf } from "../../registers/permissions/held.ts";
import { consentsOffered, type Offered, reaches } from "../../registers/permissions/offered.ts";
import { addConsents } from "../../registers/permissions/store.ts";
import { type Asked, openErasure, waitingErasure } from "../../registers/requests/ownCard.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { invalid, notFound } from "../../values/problem.ts";
import { accessPackage } from "../access.ts";
import type { AccessPackage } from "../contract.ts";
import { type LookedAt, lookedAt } from "../lookedAt.ts";
import type { Open } from "./ways.ts";
import { ownCardWords } from "./words.ts";

export type OwnCard = {
  data: z.input<typeof AccessPackage>;
  looked: readonly LookedAt[];
  consents: Held["consents"];
  /** Purposes that the person has objected to, and those they still may. */
  objected: readonly string[];
  objectable: readonly string[];
  /** Consents that the description lets a person give here. */
  offered: readonly FormConsent[];
  /** Categories that a person may correct here. */
  fields: readonly FormField[];
  proposed: readonly Proposed[];
  /** An erasure that they have asked for and that nobody has answered. */
  asked: Asked | null;
};

/** @throws Problem `notFound` where nothing is held of the person any more */
export async function readCard(gate: Gate, open: Open, language: Language): Promise<OwnCard> {
  return right(gate, open, "access", async (steps) => {
    const { description } = gate.inForce();
    const kind = await kindIn(steps);
    const held = await heldOf(steps.permissions());
    const active = new Set(held.consents.filter((one) => one.withdrawnAt === null).map(({ consent }) => consent));
    const objected = held.objections.filter((one) => one.liftedAt === null).map(({ purpose }) => purpose);
    return {
      data: withoutCode(description, await accessPackage(gate, steps, language), language),
      looked: await lookedAt(steps),
      consents: held.consents,
      objected,
      objectable: kind === null ? [] : objectableIn(description).filter((purpose) => !objected.includes(purpose)),
      offered: (await offeredTo(steps, description, language)).filter(({ id }) => !active.has(id)),
      fields: kind === null ? [] : correctable(description, kind, language),
      proposed: kind === null ? [] : await proposedBy(steps.of("customers")),
      asked: await waitingErasure(steps),
    };
  });
}

/** Everything that is held, for the person to take with them; the same that the card shows. */
export const downloadCard = async (gate: Gate, open: Open, language: Language): Promise<OwnCard["data"]> =>
  right(gate, open, "access", async (steps) =>
    withoutCode(gate.inForce().description, await accessPackage(gate, steps, language), language),
  );

/** The field and what stands in it now. @throws Problem `notFound` where the person may not correct it here */
export async function readField(
  gate: Gate,
  open: Open,
  { category, language }: { category: string; language: Language },
): Promise<{ field: FormField; now: string | null }> {
  return right(gate, open, "access", async (steps) => {
    const field = await fieldIn(gate, steps, category, language);
    return { field, now: await standing(steps.of("customers"), category) };
  });
}

/** Written down for the staff to look at; nothing changes yet. Said as it stands already: what was proposed is taken back. @throws Problem `invalid.…`, `notFound` */
export async function correct(
  gate: Gate,
  open: Open,
  { category, typed, language }: { category: string; typed: Readonly<Record<string, string>>; language: Language },
): Promise<void> {
  await right(gate, open, "rectification", async (steps) => {
    const field = await fieldIn(gate, steps, category, language);
    const [entry] = entriesOf([field], valuesGiven({ fields: [field] }, { ...typed }), dayInHelsinki(steps.at));
    if (entry?.value == null) throw invalid("empty");
    const grant = steps.of("customers");
    if ((await standing(grant, category)) === entry.value) await takeBack(grant, category);
    else await propose(grant, { category, value: entry.value });
  });
}

export const withdraw = (gate: Gate, open: Open, consent: string) =>
  right(gate, open, "withdrawal", (steps) => withdrawOf(steps, consent));

export const objectToPurpose = (gate: Gate, open: Open, purpose: string) =>
  right(gate, open, "objection", (steps) => objectTo(steps, gate.inForce().description, purpose));

/** Written in the book of requests, once; whoever answers requests takes it from there. @throws Problem `notFound` where they are not in the register */
export const askErasure = (gate: Gate, open: Open): Promise<void> =>
  right(gate, open, "erasure", async (steps) => {
    if ((await kindIn(steps)) === null) throw notFound();
    if ((await waitingErasure(steps)) !== null) return;
    await openErasure(steps, gate.inForce().description, await nameAndAddress(gate, steps));
  });

/** In the wording that was shown. @throws Problem `notFound` where the description lets nobody give it here, or its wording has changed meanwhile */
export async function giveConsent(
  gate: Gate,
  { caller, subject }: Open,
  { consent, version, language }: { consent: string; version: number; language: Language },
): Promise<void> {
  const { description } = gate.inForce();
  const source = sourceOfKind(description, "ownCard");
  if (source === undefined) throw notFound();
  const offered = inWords(description, consentsOffered(description, source, dayInHelsinki(gate.clock.now())), language);
  const found = offered.find((one) => one.id === consent && one.version === version);
  if (!found) throw notFound();
  const ask = { register: "permissions", verb: "collect", subject, place: `sources.${source}` } as const;
  await gate.serving(caller, ask, async (grant) => {
    const { consents } = await heldOf(grant);
    if (consents.some((one) => one.consent === consent && one.withdrawnAt === null)) return;
    const { purpose, channels, text } = found;
    await addConsents(grant, [{ consent, purpose, channels, wording: { version, text }, language, source }]);
  });
}

/** What the source of the own card may bring and reaches the person, in the wording of the day. */
async function offeredTo(steps: Steps, description: Description, language: Language): Promise<FormConsent[]> {
  const source = sourceOfKind(description, "ownCard");
  if (source === undefined || !steps.kinds.includes("customers")) return [];
  const held = await steps.of("customers").selectFrom("customer_value").select("category").execute();
  const known = held.map(({ category }) => category);
  const offered = consentsOffered(description, source, dayInHelsinki(steps.at));
  return inWords(
    description,
    offered.filter(({ declared }) => reaches(description, declared.channels, known)),
    language,
  );
}

const inWords = (description: Description, offered: readonly Offered[], language: Language): FormConsent[] =>
  offered.map(({ id, declared, wording }) => ({
    ...{ id, purpose: declared.purpose, channels: declared.channels, version: wording.version },
    text: inLanguage(description, wording.text, language),
  }));

const VERBS = {
  access: "read",
  rectification: "change",
  erasure: "change",
  withdrawal: "change",
  objection: "change",
} as const;

const right = <T>(
  gate: Gate,
  { caller, subject }: Open,
  kind: keyof typeof VERBS,
  work: (steps: Steps) => Promise<T>,
) => gate.right(caller, { right: kind, verb: VERBS[kind], subject, kinds }, work);

/** For the book of requests: who asks, and where the answer goes. */
async function nameAndAddress(gate: Gate, steps: Steps): Promise<{ name: string; replyTo: string }> {
  const { description } = gate.inForce();
  const fields = fieldsOf(description, registerOfKind(description, "customers") ?? "");
  const held = async (fixed: "name" | "email") => {
    const category = fields.find((field) => field.fixed === fixed)?.category;
    return category === undefined ? "" : ((await standing(steps.of("customers"), category)) ?? "");
  };
  return { name: await held("name"), replyTo: await held("email") };
}

/** null where the register of customers holds nothing of the person (any more). */
async function kindIn(steps: Steps): Promise<SubjectKind | null> {
  if (!steps.kinds.includes("customers")) return null;
  const row = await steps.of("customers").selectFrom("customer").select("kind").executeTakeFirst();
  return row ? (row.kind as SubjectKind) : null;
}

async function fieldIn(gate: Gate, steps: Steps, category: string, language: Language): Promise<FormField> {
  const kind = await kindIn(steps);
  const { description } = gate.inForce();
  const field = kind && correctable(description, kind, language).find((one) => one.category === category);
  if (!field) throw notFound();
  return field;
}

/** What the source of the own card may bring of such a subject: low-risk values that a person writes, as on the public form. */
function correctable(description: Description, kind: SubjectKind, language: Language): FormField[] {
  const [register, source] = [registerOfKind(description, "customers"), sourceOfKind(description, "ownCard")];
  if (register === undefined || source === undefined || description.rights.rectification === undefined) return [];
  const actor = { kind: "subject", id: "subject", source } as const;
  const decision = decide(description, { actor, register, verb: "collect", source, subjectKind: kind });
  if (decision.outcome === "refused") return [];
  return fieldsOf(description, register).flatMap((field) => {
    const declared = description.categories[field.category];
    const may =
      decision.categories.includes(field.category) &&
      declared?.risk === "low" &&
      ASKABLE.has(field.type) &&
      strayOf(description, { register, kind }, [field.category]) === null;
    return may ? [{ ...field, label: inLanguage(description, declared.label, language) }] : [];
  });
}

/** A card that is opened on a phone, or by somebody who got hold of its link, tells nobody's personal identity code: who asks in person is told it. */
function withoutCode(description: Description, data: OwnCard["data"], language: Language): OwnCard["data"] {
  const mask = ownCardWords(language)("masked");
  const isCode = (category: string) => description.categories[category]?.type === "personalIdentityCode";
  return {
    ...data,
    registers: data.registers.map((register) => ({
      ...register,
      items: register.items.map((item) => (isCode(item.category) ? { ...item, value: mask } : item)),
    })),
  };
}

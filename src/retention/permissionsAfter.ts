// What a request does to consents, objections and refusals of marketing: pure. The proof of a consent and the refusal of marketing outlive the person's data (GDPR Art. 7(1), 21(3)).
import type { Description } from "../description/schema.ts";
import type { ErasureGround } from "../description/terms.ts";
import { inLanguage } from "../description/text.ts";
import { rightsWords } from "../documents/rightsWords.ts";
import { addPeriod, type Day } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";

/** One line of the answer, in the shape of an erasure decision. */
export type Line = {
  register: string;
  categories: string[];
  outcome: "erased" | "kept";
  until?: Day;
  reason: string;
  ground: string;
  place: string;
};
export type ConsentState = { id: string; consent: string; purpose: string; withdrawnOn: Day | null };
export type PermissionPlan = {
  decisions: Line[];
  /** Ids of consents withdrawn now. */
  withdraw: string[];
  /** Ids of consents whose proof nothing asks to keep. */
  forget: string[];
  /** Purposes objected to now. */
  object: string[];
  /** Purposes of the ban entry; empty: none is made. */
  ban: string[];
};

export function permissionsAfter(asked: {
  description: Description;
  ground: ErasureGround;
  today: Day;
  /** In which the grounds are told; the company's first when absent. */
  language?: Language | undefined;
  consents: readonly ConsentState[];
  /** Purposes objected to earlier. */
  objections: readonly string[];
  /** The person's contact data goes, so that a refusal can only be kept as a mark. */
  contactGoes: boolean;
  /** There is an address from which a mark can be made. */
  hasAddress: boolean;
}): PermissionPlan {
  const { description, ground, today, language, consents, contactGoes } = asked;
  const marketing = marketingPurposes(description);
  const ends = (purpose: string) => ground !== "directMarketing" || marketing.includes(purpose);
  const withdrawn = consents.filter(({ withdrawnOn, purpose }) => withdrawnOn === null && ends(purpose));
  const refused =
    ground === "directMarketing"
      ? marketing
      : ground === "objection"
        ? Object.keys(description.purposes).filter(
            (id) => description.purposes[id]?.legalBasis === "legitimateInterest",
          )
        : [];
  const object = refused.filter((purpose) => !asked.objections.includes(purpose));
  const toShow = (consent: string) =>
    rightsWords(language ?? description.languages[0] ?? "fi")("consentProof.ground", { consent });
  const plan: PermissionPlan = { decisions: [], withdraw: withdrawn.map(({ id }) => id), forget: [], object, ban: [] };

  for (const one of consents) {
    const endedOn = one.withdrawnOn ?? (ends(one.purpose) ? today : null);
    const consent = Object.hasOwn(description.consents, one.consent) ? description.consents[one.consent] : undefined;
    if (endedOn === null) continue;
    const line = { register: "permissions", categories: ["consentProof"], place: `consents.${one.consent}` };
    const ground = consent ? inLanguage(description, consent.label, language) : one.consent;
    const until = consent?.proofKept === undefined ? null : addPeriod(endedOn, consent.proofKept);
    if (until !== null && until >= today)
      plan.decisions.push({ ...line, outcome: "kept", until, reason: "consentProof", ground: toShow(ground) });
    else if (contactGoes) {
      plan.forget.push(one.id);
      plan.decisions.push({ ...line, outcome: "erased", reason: "proofNotNeeded", ground });
    }
  }

  const { banList } = description;
  const said = [
    ...asked.objections,
    ...refused,
    ...(ground === "consentWithdrawn" ? withdrawn.map((one) => one.purpose) : []),
  ];
  const ban = banList?.purposes.filter((purpose) => said.includes(purpose)) ?? [];
  if (banList && contactGoes && asked.hasAddress && ban.length > 0) {
    plan.ban = ban;
    plan.decisions.push({
      register: "permissions",
      categories: ["marketingBan"],
      outcome: "kept",
      reason: "ban",
      ground: inLanguage(description, banList.ground, language),
      place: "banList",
    });
  }
  return plan;
}

/** Direct marketing in the sense of Art. 21(2): also offers to one's own customers. */
const marketingPurposes = ({ purposes, banList }: Description): string[] =>
  Object.keys(purposes).filter(
    (id) =>
      ["directMarketing", "offers"].includes(purposes[id]?.kind ?? "") || (banList?.purposes.includes(id) ?? false),
  );

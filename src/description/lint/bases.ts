// Why it is lawful: basis and what stands behind it agree; consent is consent; marketing and raffles keep to themselves.
import type { Description } from "../schema.ts";
import { OPEN_CHANNELS } from "../terms.ts";
import { error, type Lint, own, purposeKind, warning } from "./issue.ts";

export const BEHIND = {
  consent: "consent",
  contract: "contract",
  legalObligation: "statute",
  vitalInterest: "statute",
  publicTask: "statute",
  legitimateInterest: "balancingTest",
} as const;

/** What follows from the contract or the law is not a matter of consent (GDPR Art. 6(1), 7(4)). */
const NOT_BY_CONSENT = new Set([
  "customerManagement",
  "serviceProvision",
  "invoicing",
  "bookkeeping",
  "warranty",
  "debtCollection",
  "rightsHandling",
]);

export const bases: Lint = function* (d) {
  for (const [id, purpose] of Object.entries(d.purposes)) {
    const path = ["purposes", id];
    const expected = BEHIND[purpose.legalBasis];
    if (!(expected in purpose.ground))
      yield error("groundMismatch", [...path, "ground"], { purpose: id, basis: purpose.legalBasis, expected });
    if (purpose.legalBasis === "consent" && NOT_BY_CONSENT.has(purpose.kind))
      yield error("consentForContract", [...path, "legalBasis"], { purpose: id });
    if (
      purpose.kind === "directMarketing" &&
      purpose.legalBasis !== "consent" &&
      purpose.legalBasis !== "legitimateInterest"
    )
      yield error("marketingBasis", [...path, "legalBasis"], { purpose: id });
    if ("consent" in purpose.ground) {
      const { consent } = purpose.ground;
      const declared = own(d.consents, consent);
      if (declared && declared.purpose !== id)
        yield error("consentOfOtherPurpose", [...path, "ground", "consent"], { consent, purpose: declared.purpose });
    }
  }
};

/** GDPR Art. 4(11), 7: free, specific, by an act of one's own, as easily withdrawn, provable. */
export const consents: Lint = function* (d) {
  for (const [id, consent] of Object.entries(d.consents)) {
    const path = ["consents", id];
    if (consent.preTicked) yield error("preTicked", [...path, "preTicked"], { consent: id });
    if (consent.conditionOf !== "nothing") yield error("conditionalConsent", [...path, "conditionOf"], { consent: id });
    if (consent.proofKept === undefined) yield warning("proofMissing", path, { consent: id });
    const basis = own(d.purposes, consent.purpose)?.legalBasis;
    if (basis !== undefined && basis !== "consent" && basis !== "legitimateInterest")
      yield error("consentWhereOtherBasis", [...path, "purpose"], { consent: id, purpose: consent.purpose, basis });
    const versions = consent.wording.map((wording) => wording.version);
    const repeated = versions.findIndex((version, n) => versions.indexOf(version) !== n);
    if (repeated >= 0) yield error("wordingRepeated", [...path, "wording", repeated], { consent: id });
  }
};

/** Act on Electronic Communications Services (917/2014) sections 200–202. */
export const marketing: Lint = function* (d) {
  const people = Object.values(d.subjects).some((group) => group.kind === "person");
  for (const [n, { purpose, channel, rule }] of d.channelPermissions.entries()) {
    const path = ["channelPermissions", n];
    if (OPEN_CHANNELS.has(channel) && rule === "unlessRefused" && people)
      yield error("marketingUnasked", [...path, "rule"], { purpose, channel });
    const stage = own(d.purposes, purpose)?.fromStage;
    if (rule === "softOptIn" && own(d.purposes, purpose) && stage !== "customer" && stage !== "former")
      yield error("softOptInStage", [...path, "rule"], { purpose });
  }
  for (const [id, flow] of Object.entries(d.flows)) {
    const kind = purposeKind(d, flow.purpose);
    if (!OPEN_CHANNELS.has(flow.channel) || (kind !== "directMarketing" && kind !== "offers")) continue;
    if (flow.requiresConsent === undefined && !permitted(d, flow.purpose, flow.channel))
      yield error("marketingWithoutPermission", ["flows", id], { flow: id, channel: flow.channel });
  }
  const markets = Object.values(d.purposes).some(({ kind }) => kind === "directMarketing" || kind === "offers");
  if (markets && !d.banList) yield warning("banListMissing", ["purposes"]);
};

const permitted = (d: Description, purpose: string, channel: string): boolean =>
  d.channelPermissions.some(
    (permission) => permission.purpose === purpose && permission.channel === channel && permission.rule === "softOptIn",
  );

const FROM_OTHERS = new Set(["referral", "publicRegister", "partner"]);

/** A raffle's data serves the raffle, or what the entrant separately consented to (GDPR Art. 5(1)(b)); other people's data needs Art. 14. */
export const sources: Lint = function* (d) {
  for (const [id, source] of Object.entries(d.sources)) {
    const path = ["sources", id];
    if (FROM_OTHERS.has(source.kind) && source.from === "subject")
      yield error("sourceNotSubject", [...path, "from"], { source: id });
    if (!Object.values(d.categories).some((category) => category.givenBy.includes(id)))
      yield warning("sourceUnused", path, { source: id });
    if (source.kind !== "raffle") continue;
    if (!source.purposes?.some((purpose) => purposeKind(d, purpose) === "raffle")) {
      yield error("raffleWithoutPurpose", source.purposes ? [...path, "purposes"] : path, { source: id });
      continue;
    }
    for (const [n, purpose] of source.purposes.entries()) {
      const known = own(d.purposes, purpose);
      if (known && known.kind !== "raffle" && known.legalBasis !== "consent")
        yield error("rafflePurposeMixed", [...path, "purposes", n], { source: id, purpose });
    }
  }
};

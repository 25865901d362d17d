// The closed words of the description language, in the terms of the GDPR, W3C DPV and Finnish law. Code knows only these; everything else is an id of the company's own.
import { z } from "zod";

/** What can be done to personal data (GDPR Art. 4(2), cut to five). */
export const Verb = z.enum(["collect", "read", "change", "disclose", "erase"]);
export type Verb = z.infer<typeof Verb>;

/** GDPR Art. 6(1) a–f. */
export const LegalBasis = z.enum([
  "consent",
  "contract",
  "legalObligation",
  "vitalInterest",
  "publicTask",
  "legitimateInterest",
]);
export type LegalBasis = z.infer<typeof LegalBasis>;

export const RiskClass = z.enum(["low", "high"]);
export type RiskClass = z.infer<typeof RiskClass>;

/**
 * Where personal data comes from. `referral`, `publicRegister` and `partner` are not the data subject (GDPR Art. 14). `ownCard`: the person themselves, on
 * their own card, which is open to people only where a description has such a source.
 */
export const SourceKind = z.enum([
  "email",
  "meeting",
  "webForm",
  "raffle",
  "phone",
  "referral",
  "event",
  "letter",
  "message",
  "publicRegister",
  "partner",
  "import",
  "ownCard",
]);
export type SourceKind = z.infer<typeof SourceKind>;

/** What a purpose is for; the routes of the program name these, the company names its own purposes. */
export const PurposeKind = z.enum([
  "customerManagement",
  "serviceProvision",
  "invoicing",
  "bookkeeping",
  "warranty",
  "offers",
  "directMarketing",
  "raffle",
  "creditControl",
  "debtCollection",
  "legalClaims",
  "rightsHandling",
  "security",
  "feedback",
  "other",
]);
export type PurposeKind = z.infer<typeof PurposeKind>;

/**
 * `builtIn` is Tietovirta itself; `connected` is reached over a channel; `paper` stands in a room; `carried` goes with a person; `helper` serves
 * the program and holds no register: where its backups go, who relays its mail.
 */
export const SystemKind = z.enum(["builtIn", "connected", "paper", "carried", "helper"]);
export type SystemKind = z.infer<typeof SystemKind>;

/** What a helper does for the program: keeps its backups, relays its notices, keeps the log's anchors, stamps the time, tells who signs in. */
export const HelperService = z.enum(["backup", "relay", "anchor", "timestamp", "signIn"]);
export type HelperService = z.infer<typeof HelperService>;

/** What of the register itself a role looks after. */
export const Keep = z.enum(["description", "accounts", "audit", "retention", "proofs", "backups", "keys"]);

export const RegisterKind = z.enum(["customers", "invoices", "contracts", "correspondence", "staff", "other"]);
export type RegisterKind = z.infer<typeof RegisterKind>;

/** The types of value that code can validate, show and search. The first row has fixed names in the API; a company's own categories use any type. */
export const CategoryType = z.enum([
  "name",
  "email",
  "phone",
  "billingAddress",
  "deliveryAddress",
  "personalIdentityCode",
  "businessId",
  "orders",
  "invoices",
  "text",
  "longText",
  "number",
  "day",
  "yesNo",
  "iban",
  "identifier",
  "document",
  "message",
  "calendarEntry",
  "paymentHistory",
]);
export type CategoryType = z.infer<typeof CategoryType>;

/** A value of these types is an address in its parts, kept as JSON. */
export const isAddress = (type: CategoryType): boolean => type === "billingAddress" || type === "deliveryAddress";

export const ChannelKind = z.enum([
  "internal",
  "email",
  "secureMail",
  "sms",
  "letter",
  "byHand",
  "phone",
  "portal",
  "api",
]);
export type ChannelKind = z.infer<typeof ChannelKind>;

/** What starts a flow. */
export const FlowTrigger = z.enum(["deliveryAccepted", "manual", "schedule", "request", "signing", "message"]);
export type FlowTrigger = z.infer<typeof FlowTrigger>;

/** Days that the program itself writes down; a company adds its own under `events`. */
export const BuiltInEvent = z.enum([
  "collected",
  "lastContact",
  "delivery",
  "warrantyEnd",
  "financialYearEnd",
  "receivableSettled",
  "contractEnd",
  "consentWithdrawn",
  "objection",
  "raffleDraw",
  "entry",
]);
export type BuiltInEvent = z.infer<typeof BuiltInEvent>;

export const AfterPeriod = z.enum(["erase", "restrict", "anonymise"]);
/** What an erasure request (GDPR Art. 17) does before the period has ended. */
export const OnRequest = z.enum(["erase", "restrict", "keep"]);

/** GDPR Art. 13–22 and 77. */
export const RightKind = z.enum([
  "information",
  "access",
  "rectification",
  "erasure",
  "restriction",
  "portability",
  "objection",
  "withdrawal",
  "complaint",
]);
export type RightKind = z.infer<typeof RightKind>;

/** What a person can ask (GDPR Art. 15–18, 20, 21 and 7(3)); the other rights are told of, or turned to the authority. */
export const RequestedRight = z.enum([
  "access",
  "rectification",
  "erasure",
  "restriction",
  "portability",
  "objection",
  "withdrawal",
]);
export type RequestedRight = z.infer<typeof RequestedRight>;

/** GDPR Art. 17(1) in the words of the API. */
export const ErasureGround = z.enum(["consentWithdrawn", "objection", "directMarketing", "noLongerNeeded", "unlawful"]);
export type ErasureGround = z.infer<typeof ErasureGround>;

/** Data Protection Act (1050/2018) section 29: when a personal identity code may be processed. */
export const Section29Ground = z.enum([
  "credit",
  "collection",
  "rental",
  "statutoryTask",
  "rightsAndObligations",
  "consent",
]);
export type Section29Ground = z.infer<typeof Section29Ground>;

/** How far the relationship has come; a category may be allowed only from a stage on. */
export const Stage = z.enum(["contact", "prospect", "customer", "former"]);
export type Stage = z.infer<typeof Stage>;

/** What an inspector of the program can see it do by itself; a measure names one when Tietovirta keeps it. */
export const ControlName = z.enum([
  "accessByRole",
  "categoriesByRole",
  "purposeByRole",
  "declaredSources",
  "declaredFlows",
  "secureChannel",
  "sealedValues",
  "auditBeforeAnswer",
  "identityCodeGround",
  "consentRecorded",
  "retentionRun",
  "erasureOnRequest",
  "accessPackage",
  "restrictionHides",
  "ownPassword",
  "systemsRisk",
  "restoreDrill",
  "requestsInTime",
  "ownCard",
  "twoFactors",
]);
export type ControlName = z.infer<typeof ControlName>;

/** Where a company stays silent because nobody knows yet: printed as such, and the description is not "ready". */
export const UNKNOWN = "unknown";

/** Channels that anybody on the way may read: high-risk data never goes over them. */
export const OPEN_CHANNELS: ReadonlySet<string> = new Set<ChannelKind>(["email", "sms"]);

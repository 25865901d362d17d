// The description language: the page that the program obeys and prints, in the order of the page's own headings. Strict: an unknown key is an error.
import { z } from "zod";
import {
  AfterPeriod,
  BuiltInEvent,
  CategoryType,
  ChannelKind,
  ControlName,
  ErasureGround,
  FlowTrigger,
  HelperService,
  Keep,
  LegalBasis,
  OnRequest,
  PurposeKind,
  RegisterKind,
  RightKind,
  RiskClass,
  Section29Ground,
  SourceKind,
  Stage,
  SystemKind,
  UNKNOWN,
  Verb,
} from "./terms.ts";

const Id = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/)
  .describe("An id: a small letter, then letters and digits.");
const record = <T extends z.ZodType>(value: T) => z.record(Id, value);
const ids = z.array(Id).max(100);
const Unknown = z.literal(UNKNOWN);
const orUnknown = <T extends z.ZodType>(value: T) => z.union([value, Unknown]);
const line = z.string().min(1).max(2000);

/** Words for people: one line in the company's first language, or one a language. */
export const Text = z.union([line, z.strictObject({ fi: line.optional(), sv: line.optional(), en: line.optional() })]);
export type Text = z.infer<typeof Text>;

/** ISO 8601 duration: years, months, weeks, days or hours. */
const Period = z.string().regex(/^P(?=.)(\d{1,3}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?(T\d{1,5}H)?$/);
const Day = z.iso.date();

/** Marks what the company's own page does not say; the text says why it stands here. */
const added = Text.optional().describe("Why this stands here although the company's earlier page did not say it.");

const Place = z.union([
  z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/) }),
  z.strictObject({ area: z.enum(["EEA", "world"]) }),
  z.strictObject({ premises: Text }),
  z.strictObject({ carried: Text }),
]);

const Address = z.strictObject({ street: line, postalCode: line, town: line, country: z.string().regex(/^[A-Z]{2}$/) });

const Controller = z.strictObject({
  name: line,
  businessId: orUnknown(line),
  address: orUnknown(Address),
  email: orUnknown(z.email()),
  phone: orUnknown(line),
  iban: orUnknown(line).optional(),
  vatRegistered: orUnknown(z.boolean()).optional(),
  financialYearEnd: z
    .string()
    .regex(/^\d\d-\d\d$/)
    .default("12-31")
    .describe("MM-DD; the Accounting Act's six years are counted from it."),
  paymentTermDays: z.number().int().min(0).max(120).default(14),
});

const Person = z.strictObject({
  name: orUnknown(line),
  email: orUnknown(z.email()),
  phone: orUnknown(line).optional(),
  title: Text.optional(),
});

const Source = z.strictObject({
  kind: SourceKind,
  label: Text,
  from: z.enum(["subject", "thirdParty"]).default("subject").describe("thirdParty: the Art. 14 notice is due."),
  registers: ids.optional(),
  purposes: ids.optional().describe("Data from this source is used only for these."),
  added,
});

/** What stands behind the legal basis. */
const Ground = z.union([
  z.strictObject({ statute: Text }),
  z.strictObject({ contract: Text }),
  z.strictObject({ balancingTest: z.union([Text, Unknown]) }),
  z.strictObject({ consent: Id }),
]);

const Purpose = z.strictObject({
  kind: PurposeKind,
  label: Text,
  why: Text,
  legalBasis: LegalBasis,
  ground: Ground,
  fromStage: Stage.optional(),
  added,
});

const Consent = z.strictObject({
  label: Text,
  purpose: Id,
  channels: z.array(ChannelKind).min(1),
  wording: z.array(z.strictObject({ version: z.number().int().min(1), from: Day, text: Text })).min(1),
  preTicked: z.boolean().default(false),
  conditionOf: z.union([z.literal("nothing"), Text]).default("nothing"),
  withdrawal: Text,
  validFor: Period.optional().describe(
    "How long it is relied on once given; then it ends as if it were withdrawn, unless it is given anew.",
  ),
  proofKept: Period.optional(),
  added,
});

/** Permission a channel apart from consent: the soft opt-in of section 200(3) of the Act on Electronic Communications Services (917/2014). */
const ChannelPermission = z.strictObject({
  purpose: Id,
  channel: ChannelKind,
  rule: z.enum(["consent", "softOptIn", "unlessRefused", "never"]),
  ground: Text,
  added,
});

const System = z.strictObject({
  kind: SystemKind,
  label: Text,
  runBy: z.union([z.literal("controller"), Id]).describe("The controller itself, or a processor's id."),
  location: orUnknown(Place),
  safeguard: Text.optional().describe("Chapter V safeguard where the location is outside the EEA."),
  highestRisk: RiskClass,
  holder: Text.optional().describe("Who keeps the keys, carries the book, answers for the folder."),
  serves: z.array(HelperService).max(10).optional().describe("Only with kind helper: what it does for the program."),
  added,
});

const SubjectGroup = z.strictObject({
  label: Text,
  kind: z.enum(["person", "organisation", "contactPerson", "user", "employee"]),
  categories: ids.optional().describe("Only these categories of data; all of the register's when absent."),
  added,
});

const Category = z.strictObject({
  type: CategoryType,
  label: Text,
  risk: RiskClass,
  purposes: ids,
  givenBy: ids.describe("Sources that may give it."),
  fromStage: Stage.optional(),
  required: z
    .strictObject({ by: z.enum(["law", "contract", "no"]), consequence: Text.optional() })
    .default({ by: "no" })
    .describe("GDPR Art. 13(2)(e): must it be given, and what if not."),
  grounds: z
    .array(Section29Ground)
    .optional()
    .describe("Data Protection Act section 29; only with type personalIdentityCode."),
  groundWhy: Text.optional(),
  systems: ids.optional().describe("Only these of the register's systems may hold it; all of them when absent."),
  added,
});

const Register = z.strictObject({
  kind: RegisterKind,
  label: Text,
  systems: ids.min(1),
  subjects: ids.min(1),
  categories: ids.min(1),
  added,
});

const Permission = z.strictObject({
  register: Id,
  verbs: z.array(Verb).min(1),
  purposes: ids,
  categories: ids.min(1),
});

const Role = z.strictObject({
  label: Text,
  department: Text.optional(),
  processor: Id.optional().describe("People of this processor, not of the controller."),
  may: z.array(Permission),
  rights: z.array(RightKind).default([]).describe("Whose requests this role carries out."),
  keeps: z.array(Keep).default([]).describe("What of the register itself this role reads and looks after."),
  inspects: z.array(Keep).default([]).describe("What of the register itself this role reads and cannot change."),
  signIn: z
    .enum(["anyWay", "twoFactors"])
    .optional()
    .describe("twoFactors: nobody has the role while a password alone opens their account."),
  added,
});

const Ending = z.strictObject({ period: orUnknown(Period), ground: Text });

/** The people who use the register are people too: what the program keeps of them, and for how long. */
const Staff = z.strictObject({
  label: Text,
  why: Text,
  legalBasis: LegalBasis.describe("Not consent: an employee is not free to refuse their employer."),
  ground: Ground,
  system: Id.describe("Where the accounts and the log are kept."),
  accounts: Ending.describe("Name, sign-in address and roles, counted from the day on which the account is closed."),
  log: Ending.describe("What they did and what was refused them, counted from each entry."),
  heard: z
    .strictObject({ day: orUnknown(Day), how: Text })
    .describe(
      "Act on the Protection of Privacy in Working Life (759/2004) section 21: the log is technical monitoring, handled in co-operation or after hearing the staff.",
    ),
  told: Text.describe("How the staff get to know this (the same section; GDPR Art. 13)."),
  added,
});

/** Who asks about their own data, when, and what was answered: kept as the proof that they were (GDPR Art. 5(2), 12). */
const Requests = z.strictObject({
  label: Text,
  why: Text,
  legalBasis: LegalBasis,
  ground: Ground,
  system: Id.describe("Where the requests are kept."),
  kept: Ending.describe(
    "The request, how identity was ascertained and the answer, counted from the day on which it is closed.",
  ),
  added,
});

const Processor = z.strictObject({
  label: Text,
  name: orUnknown(line),
  businessId: orUnknown(line).optional(),
  agreement: z.union([z.strictObject({ day: orUnknown(Day), note: Text.optional() }), Unknown, z.literal("none")]),
  scope: Text,
  location: orUnknown(Place).optional(),
  safeguard: Text.optional(),
  subProcessors: z.array(z.strictObject({ name: line, scope: Text, location: orUnknown(Place) })).default([]),
  added,
});

const JointController = z.strictObject({ name: line, businessId: line.optional(), arrangement: Text, contact: Text });

const End = z.union([
  z.strictObject({ register: Id, system: Id.optional() }),
  z.strictObject({ processor: Id }),
  z.strictObject({ recipient: Text, location: orUnknown(Place).optional() }),
  z.strictObject({ subject: z.literal(true) }),
  z.strictObject({ staff: Id }),
]);

const Flow = z.strictObject({
  label: Text,
  from: End,
  to: End,
  categories: ids.min(1),
  purpose: Id,
  channel: ChannelKind,
  trigger: FlowTrigger,
  manual: z.boolean(),
  by: ids.describe("Roles that may carry it."),
  requiresConsent: Id.optional(),
  recipientIdentifiedBy: Text.optional().describe(
    "How the channel makes sure who opens it: a code by SMS, a key, in person.",
  ),
  safeguard: Text.optional(),
  added,
});

const Clock = z.strictObject({ from: z.union([BuiltInEvent, Id]), period: Period });

const Retention = z.strictObject({
  register: Id,
  categories: ids.min(1),
  from: z.union([BuiltInEvent, Id]),
  period: orUnknown(Period),
  otherwise: Clock.optional().describe("Counted when the event has not happened: a prospect who never ordered."),
  basis: LegalBasis,
  ground: Text,
  atEnd: AfterPeriod,
  onRequest: OnRequest,
  restrictTo: ids.default([]).describe("The purposes that remain when an erasure request only restricts."),
  graceDays: z.number().int().min(0).max(90).default(0),
  added,
});

const Hold = z.strictObject({ label: Text, ground: Text, registers: ids, by: ids });

/** Outlives the person: only what is needed to keep a promise not to contact them again. */
const BanList = z.strictObject({ label: Text, purposes: ids, ground: Text, keeps: Text });

const Right = z.strictObject({
  deadline: Period.default("P1M"),
  extension: Period.optional(),
  how: Text,
  grounds: z.array(ErasureGround).optional(),
  added,
});

const Measure = z.strictObject({
  label: Text,
  keptBy: z.union([
    z.strictObject({ control: ControlName }),
    z.strictObject({ task: z.strictObject({ every: Period, role: Id }) }),
    z.strictObject({ declared: z.literal(true) }),
  ]),
  added,
});

const Notice = z.strictObject({
  intro: Text.optional(),
  automatedDecisions: z.union([z.literal(false), Text]),
  thirdCountryTransfers: z.union([z.literal(false), Text]),
  supervisoryAuthority: Text,
  attached: z.boolean().default(true),
});

export const Description = z.strictObject({
  tietovirta: z.literal(1).describe("The version of the description language."),
  version: line.max(40).describe("The company's own version of its description; grows with every change."),
  languages: z
    .array(z.enum(["fi", "sv", "en"]))
    .min(1)
    .describe("The first is the language of plain texts."),
  controller: Controller,
  jointControllers: record(JointController).default({}),
  responsiblePerson: Person,
  deputy: orUnknown(Person),
  subjects: record(SubjectGroup),
  sources: record(Source),
  purposes: record(Purpose),
  consents: record(Consent).default({}),
  channelPermissions: z.array(ChannelPermission).default([]),
  systems: record(System),
  categories: record(Category),
  registers: record(Register),
  roles: record(Role),
  staff: Staff.optional(),
  processors: record(Processor).default({}),
  flows: record(Flow).default({}),
  events: record(z.strictObject({ label: Text })).default({}),
  warranty: z.strictObject({ period: Period, label: Text }).optional(),
  retention: record(Retention),
  holds: record(Hold).default({}),
  banList: BanList.optional(),
  rights: z.partialRecord(RightKind, Right),
  requests: Requests.optional(),
  measures: record(Measure),
  notice: Notice,
});
export type Description = z.infer<typeof Description>;
export type RequestsOf = NonNullable<Description["requests"]>;
export type StaffOf = NonNullable<Description["staff"]>;
export type RegisterOf = Description["registers"][string];
export type FlowOf = Description["flows"][string];
export type RetentionOf = Description["retention"][string];

import { z } from "zod";
import { contract } from "../../api/contract.ts";
import { RequestedRight } from "../../description/terms.ts";

const Id = z.uuid();
const Moment = z.iso.datetime();
const Day = z.iso.date();
const params = z.object({ id: Id });

/** How it came to somebody of the staff, who writes it down. */
export const HeardChannel = z.enum(["letter", "email", "phone", "inPerson", "message"]);
export type HeardChannel = z.infer<typeof HeardChannel>;
/** How it came; `ownCard`: by the person themselves, on a card that is open to them alone. */
export const RequestChannel = z.enum(["letter", "email", "phone", "inPerson", "message", "ownCard"]);
export type RequestChannel = z.infer<typeof RequestChannel>;

/** How it was made sure who asks (Art. 12(6)): in words, never a copy of a document. */
export const IdentityMethod = z.enum([
  "knownContact",
  "calledBack",
  "knownPerson",
  "documentSeen",
  "strongAuthentication",
  "sharedFacts",
  "representative",
]);
export type IdentityMethod = z.infer<typeof IdentityMethod>;

/** Art. 12(3): the only reasons there are for needing longer. */
export const ExtensionReason = z.enum(["complexity", "number"]);
/** `withdrawn`: the person asks no longer. */
export const RequestOutcome = z.enum(["answered", "partly", "refused", "withdrawn"]);
export type RequestOutcome = z.infer<typeof RequestOutcome>;

/** Why a request, or a part of it, is refused: Art. 12(5)(b), 12(2) and 11(2), 15(4), 17(1)(a), 17(3)(b) and (e), Data Protection Act (1050/2018) section 34. */
export const RefusalGround = z.enum([
  "unfounded",
  "excessive",
  "notIdentified",
  "rightsOfOthers",
  "legalObligation",
  "legalClaims",
  "stillNeeded",
  "notApplicable",
  "statute",
]);
export type RefusalGround = z.infer<typeof RefusalGround>;

const EVERY = ["notApplicable", "unfounded", "excessive", "notIdentified"] as const;
/**
 * Why a request of each right may be refused; no other ground fits it. Art. 12(5)(b) and 12(2) are of Art. 15–22; Art. 15(4) and 20(4) protect others from copies;
 * Art. 17(3)(b) and (e) are of erasure, as are data still needed for their purpose (17(1)(a) does not hold), and Art. 21(1) knows legal claims too; section 34 of the Data Protection Act (1050/2018) limits access alone. Taking a
 * consent back (Art. 7(3)) needs no reason and is never unfounded.
 */
export const REFUSAL_GROUNDS: Readonly<Record<RequestedRight, readonly RefusalGround[]>> = {
  access: ["rightsOfOthers", "statute", "unfounded", "excessive", "notIdentified"],
  rectification: EVERY,
  erasure: ["legalObligation", "stillNeeded", "legalClaims", ...EVERY],
  restriction: EVERY,
  portability: ["rightsOfOthers", ...EVERY],
  objection: ["legalClaims", ...EVERY],
  withdrawal: ["notApplicable", "notIdentified"],
};

export const RequestState = z.enum(["received", "identityAsked", "identified", "answered", "closed"]);
export type RequestState = z.infer<typeof RequestState>;
export const RequestStep = z.enum([
  "opened",
  "identityAsked",
  "identified",
  "extended",
  "packaged",
  "erased",
  "answered",
  "closed",
]);
export type RequestStep = z.infer<typeof RequestStep>;

/** A place that the program cannot reach. `place`: the id of the system, the processor, or the flow whose recipient is told. */
export const RequestTask = z.object({
  id: Id,
  kind: z.enum(["system", "processor", "recipient"]),
  place: z.string(),
  label: z.string(),
  registers: z.array(z.string()),
  /** The request itself came this way: a person looks here, and nothing is said of it for many places at once. */
  cameThrough: z.boolean(),
  found: z.enum(["found", "nothing"]).nullable(),
  note: z.string().nullable(),
  doneAt: Moment.nullable(),
  doneBy: z.string().nullable(),
});
export type RequestTask = z.infer<typeof RequestTask>;

const line = {
  id: Id,
  right: RequestedRight,
  channel: RequestChannel,
  state: RequestState,
  /** Who asked, as written down; null once it has been erased. */
  name: z.string().nullable(),
  receivedOn: Day,
  /** The day to aim for, and the last one by law. */
  targetOn: Day,
  dueOn: Day,
  /** Days left until `dueOn`; negative: so many days late. */
  daysLeft: z.number().int(),
  extended: z.boolean(),
  tasksOpen: z.number().int(),
  outcome: RequestOutcome.nullable(),
  closedAt: Moment.nullable(),
};
export const RequestLine = z.object(line);
export type RequestLine = z.infer<typeof RequestLine>;

export const PersonRequest = z.object({
  ...line,
  /** The person in the register; null where nobody has been found there. */
  customerId: Id.nullable(),
  /** Whose number the request stands under: of a person erased since, their certificate is found by it. */
  subjectId: Id,
  replyTo: z.string().nullable(),
  asks: z.string().nullable(),
  identityMethod: IdentityMethod.nullable(),
  extensionReason: ExtensionReason.nullable(),
  /** The last day after an extension; null where none is promised, or it has been used. */
  couldExtendTo: Day.nullable(),
  packageAt: Moment.nullable(),
  erasedAt: Moment.nullable(),
  refusalGround: RefusalGround.nullable(),
  complaintTold: z.boolean().nullable(),
  answeredOn: Day.nullable(),
  tasks: z.array(RequestTask),
  /** What has been done, in the order of time. */
  history: z.array(z.object({ step: RequestStep, at: Moment, by: z.string() })),
  /** Until when the request itself is kept; null while it is open, or where the description does not say. */
  keptUntil: Day.nullable(),
});
export type PersonRequest = z.infer<typeof PersonRequest>;

export const listRequests = contract({
  method: "GET",
  path: "/requests",
  summary: "People's requests about their own data: open ones by the days left, or closed ones newest first",
  act: { requests: "read" },
  query: z.object({ view: z.enum(["open", "closed"]).default("open") }),
  response: z.object({ items: z.array(RequestLine) }),
});

/** Answers of what changes name nobody: they may be kept for a repeated request. */
const Done = z.object({ id: Id });

export const openRequest = contract({
  method: "POST",
  path: "/requests",
  summary:
    "Write down that a person has asked; the time to answer is counted from the day of receipt (GDPR Art. 12(3))",
  act: { requests: "collect" },
  body: z.strictObject({
    right: RequestedRight,
    channel: HeardChannel,
    receivedOn: Day,
    name: z.string().trim().min(1).max(200),
    replyTo: z.string().trim().max(500).default(""),
    asks: z.string().trim().max(4000).default(""),
    /** Where it is plain already whose it is; identity is ascertained all the same. */
    customerId: Id.optional(),
  }),
  response: Done,
  status: 201,
});

export const readRequest = contract({
  method: "GET",
  path: "/requests/:id",
  summary: "One request with its tasks and what has been done",
  act: { requests: "read" },
  params,
  /** Of the names of places; the company's first language when absent. */
  query: z.object({ language: z.enum(["fi", "sv", "en"]).optional() }),
  response: PersonRequest,
});

export const askIdentity = contract({
  method: "POST",
  path: "/requests/:id/identity-question",
  summary: "Write down that more was asked to make sure who asks (GDPR Art. 12(6): only on reasonable doubt)",
  act: { requests: "change" },
  params,
  response: Done,
});

export const identify = contract({
  method: "POST",
  path: "/requests/:id/identity",
  summary:
    "Write down how it was made sure who asks, and who it is; tasks are made for every place that the program cannot reach",
  act: { requests: "change" },
  params,
  body: z.strictObject({
    method: IdentityMethod,
    /** null: nobody in the register is this person. */
    customerId: Id.nullable(),
  }),
  response: Done,
});

export const extend = contract({
  method: "POST",
  path: "/requests/:id/extension",
  summary: "Take longer, once; the person has been told and why (GDPR Art. 12(3))",
  act: { requests: "change" },
  params,
  body: z.strictObject({ reason: ExtensionReason, told: z.literal(true) }),
  response: Done,
});

export const answerTask = contract({
  method: "POST",
  path: "/requests/:id/tasks/:task",
  summary: "Say what was found where the program cannot look",
  act: { requests: "change" },
  params: z.object({ id: Id, task: Id }),
  body: z.strictObject({ found: z.enum(["found", "nothing"]), note: z.string().trim().max(4000).default("") }),
  response: Done,
});

export const answerTasks = contract({
  method: "POST",
  path: "/requests/:id/tasks",
  summary:
    "Say that nothing was found in the places that are still open, but for the one through which the request came",
  act: { requests: "change" },
  params,
  body: z.strictObject({ found: z.literal("nothing") }),
  response: Done,
});

export const answerRequest = contract({
  method: "POST",
  path: "/requests/:id/answer",
  summary:
    "Write down what was answered and when; a refusal has its ground, and the person was told where to complain (GDPR Art. 12(4))",
  act: { requests: "change" },
  params,
  body: z.strictObject({
    outcome: RequestOutcome,
    answeredOn: Day,
    ground: RefusalGround.optional(),
    complaintTold: z.boolean().default(false),
  }),
  response: Done,
});

export const closeRequest = contract({
  method: "POST",
  path: "/requests/:id/closing",
  summary: "Close an answered request; the period for which it is kept begins",
  act: { requests: "change" },
  params,
  response: Done,
});

export const printRequest = contract({
  method: "GET",
  path: "/requests/:id/print",
  summary: "How a request was handled, as a page to print: the proof that it was answered in time",
  act: { requests: "read" },
  params,
  query: z.object({ language: z.enum(["fi", "sv", "en"]).default("fi") }),
  response: z.string(),
  media: "text/html",
});

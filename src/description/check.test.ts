import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { check, hasErrors, ready } from "./check.ts";
import { type Finding, parse } from "./parse.ts";
import { say } from "./say.ts";

const folder = join(import.meta.dirname, "../../descriptions");
const read = (name: string) => readFileSync(join(folder, `${name}.yaml`), "utf8");
const walttia = read("walttia");

/** One mistake made in Walttia's description: `find` occurs exactly once, and so does `at`, on the line the finding must name. */
type Case = { code: string; find: string | RegExp; replace: string; at: string; also?: string[] };

const CASES: Case[] = [
  { code: "unknownKey", find: "paymentTermDays: 14", replace: "paymentTerm: 14 # here", at: "# here" },
  {
    code: "shape.invalid_value",
    find: "    legalBasis: legitimateInterest",
    replace: "    legalBasis: interest # here",
    at: "# here",
  },
  { code: "aliases", find: 'version: "1"', replace: "version: *one # here", at: "# here" },
  {
    code: "reference",
    find: "runBy: calendarProvider",
    replace: "runBy: calendarProvidr # here",
    at: "# here",
    also: ["processorUnused"],
  },
  {
    code: "systemRisk",
    find: "    systems: [erp]\n    grounds",
    replace: "    systems: [erp, paperCalendar]\n    grounds",
    at: "categories: [name, email, phone, billingAddress, deliveryAddress, personalIdentityCode, businessId, orders, appointments]\n  invoices:",
  },
  {
    code: "channelRisk",
    find: "categories: [name, email, phone, deliveryAddress, orders, appointments]\n    purpose: customerCare\n    channel: email",
    replace: "categories: [name, personalIdentityCode] # here\n    purpose: customerCare\n    channel: email",
    at: "# here",
  },
  {
    code: "materialByEmail",
    find: /(categories: \[name, billingAddress, businessId, orders, invoices\]\n {4}purpose: bookkeeping\n {4}channel: )secureMail/,
    replace: "$1email # here",
    at: "# here",
  },
  {
    code: "noAgreement",
    find: /(name: unknown\n {4})agreement: unknown(\n {4}scope: \{ fi: Sähköpostipalvelin)/,
    replace: "$1agreement: none # here$2",
    at: "# here",
    also: ["helperWithoutAgreement"],
  },
  {
    code: "outsideEEA",
    find: /(mailProvider\n {4})location: \{ area: EEA \}(?=\n.*\n {2}paper)/,
    replace: "$1location: { country: US } # here",
    at: "# here",
    also: ["transferNotTold"],
  },
  {
    code: "transferNotTold",
    find: /(mailProvider\n {4})location: \{ area: EEA \}(?=\n.*\n {2}paper)/,
    replace: "$1location: { country: US }\n    safeguard: { fi: a, sv: a, en: a }",
    at: "thirdCountryTransfers: false",
  },
  {
    code: "roleWithoutPurpose",
    find: /(verbs: \[collect, read\]\n {8})purposes: \[directMarketing\]/,
    replace: "$1purposes: [] # here",
    at: "# here",
  },
  {
    code: "categoryWithoutPurpose",
    find: "purposes: [invoicing, bookkeeping, receivables, rightsHandling]\n    givenBy: []",
    replace: "purposes: [] # here\n    givenBy: []",
    at: "# here",
    also: ["purposeNotOfCategory"],
  },
  {
    code: "registerWithoutRetention",
    find: /^ {2}raffle:\n {4}register: raffleEntries[\s\S]*?onRequest: erase\n.*\n/m,
    replace: "",
    at: "  raffleEntries:\n    kind: other",
  },
  {
    code: "categoryWithoutRetention",
    find: "categories: [name, contracts]\n    from: warrantyEnd",
    replace: "categories: [contracts]\n    from: warrantyEnd",
    at: "categories: [name, contracts]\n  correspondence:",
  },
  {
    code: "categoryRetainedTwice",
    find: "categories: [businessMessages]",
    replace: "categories: [businessMessages, email] # here",
    at: "# here",
  },
  {
    code: "clockNeverStarts",
    find: "    otherwise: { from: collected, period: P6M }\n",
    replace: "",
    at: "from: raffleDraw",
  },
  {
    code: "warrantyMissing",
    find: /^warranty:\n(?: .*\n)+/m,
    replace: "",
    at: "    from: warrantyEnd\n    period: P0D\n    otherwise: { from: lastContact, period: P12M }",
    also: ["warrantyMissing"],
  },
  {
    code: "restrictToNothing",
    find: 'onRequest: restrict\n    restrictTo: [warranty]\n    added: { fi: "Sivu',
    replace: 'onRequest: restrict # here\n    added: { fi: "Sivu',
    at: "# here",
  },
  {
    code: "restrictToUnused",
    find: 'onRequest: restrict\n    restrictTo: [warranty]\n    added: { fi: "Sivu',
    replace: 'onRequest: erase\n    restrictTo: [warranty] # here\n    added: { fi: "Sivu',
    at: "# here",
  },
  {
    code: "keptOnConsent",
    find: "    atEnd: erase\n    onRequest: erase\n    added: { fi: Osallistujan",
    replace: "    atEnd: erase\n    onRequest: keep # here\n    added: { fi: Osallistujan",
    at: "# here",
  },
  { code: "longPeriod", find: "period: P24M", replace: "period: P11Y # here", at: "# here" },
  {
    code: "accountingTooShort",
    find: /(categories: \[name, billingAddress, businessId, orders, invoices\]\n {4}from: financialYearEnd\n {4})period: P6Y/,
    replace: "$1period: P5Y # here",
    at: "# here",
  },
  {
    code: "accountingErased",
    find: /(onRequest: )keep(\n {4}added:\n {6}fi: Takuuajan)/,
    replace: "$1erase # here$2",
    at: "# here",
  },
  {
    code: "consentForContract",
    find: /(legalBasis: )contract\n( {4}ground:\n {6})contract: \{ fi: Sopimukseen kuuluva takuu.*/,
    replace: "$1consent # here\n$2consent: newsletter",
    at: "# here",
    also: ["consentOfOtherPurpose"],
  },
  {
    code: "groundMismatch",
    find: "    legalBasis: legitimateInterest",
    replace: "    legalBasis: publicTask",
    at: "    ground:\n      balancingTest:",
  },
  {
    code: "marketingBasis",
    find: "legalBasis: consent\n    ground: { consent: newsletter }",
    replace: "legalBasis: contract # here\n    ground: { contract: { fi: a, sv: a, en: a } }",
    at: "# here",
    also: ["consentWhereOtherBasis", "rafflePurposeMixed"],
  },
  {
    code: "consentOfOtherPurpose",
    find: "ground: { consent: raffleEntry }",
    replace: "ground: { consent: newsletter } # here",
    at: "# here",
  },
  {
    code: "preTicked",
    find: "channels: [email]\n",
    replace: "channels: [email]\n    preTicked: true # here\n",
    at: "# here",
  },
  {
    code: "conditionalConsent",
    find: "channels: [email]\n",
    replace: "channels: [email]\n    conditionOf: { fi: arvonta, sv: utlottning, en: raffle } # here\n",
    at: "# here",
  },
  { code: "proofMissing", find: "    proofKept: P3Y\n", replace: "", at: "  newsletter:\n" },
  { code: "marketingUnasked", find: "rule: softOptIn", replace: "rule: unlessRefused # here", at: "# here" },
  { code: "softOptInStage", find: "    fromStage: customer\n", replace: "", at: "rule: softOptIn" },
  {
    code: "marketingWithoutPermission",
    find: "    requiresConsent: newsletter\n",
    replace: "",
    at: "  newsletterByEmail:",
  },
  { code: "banListMissing", find: /^banList:\n(?: .*\n)+/m, replace: "", at: "purposes:\n  customerCare:" },
  { code: "sourceNotSubject", find: "    from: thirdParty\n", replace: "    from: subject # here\n", at: "# here" },
  {
    code: "raffleWithoutPurpose",
    find: "    purposes: [raffle, directMarketing]\n",
    replace: "",
    at: "  raffle:\n    kind: raffle\n    label: { fi: Arvonnat",
  },
  {
    code: "rafflePurposeMixed",
    find: "    purposes: [raffle, directMarketing]\n",
    replace: "    purposes: [raffle, offers] # here\n",
    at: "# here",
  },
  {
    code: "identityCodeGround",
    find: "    grounds: [credit, collection]\n",
    replace: "",
    at: "  personalIdentityCode:\n",
  },
  {
    code: "identityCodeWhy",
    find: /^ {4}groundWhy:\n(?: {6}.*\n)+/m,
    replace: "",
    at: "grounds: [credit, collection]",
  },
  {
    code: "identityCodeRisk",
    find: "risk: high\n    purposes: [customerCare, receivables",
    replace: "risk: low # here\n    purposes: [customerCare, receivables",
    at: "# here",
  },
  {
    code: "identityCodePurpose",
    find: "purposes: [customerCare, receivables, rightsHandling]",
    replace: "purposes: [customerCare, receivables, rightsHandling, offers] # here",
    at: "# here",
  },
  {
    code: "identityCodeSource",
    find: "givenBy: [meeting, phone]",
    replace: "givenBy: [meeting, phone, webForm] # here",
    at: "# here",
  },
  {
    code: "identityCodeOnInvoice",
    find: /(categories: \[name, billingAddress, businessId, orders, )invoices\]\n {2}contracts:/,
    replace: "$1invoices, personalIdentityCode] # here\n  contracts:",
    at: "# here",
    also: ["categoryWithoutRetention", "categoryNowhere"],
  },
  {
    code: "groundsElsewhere",
    find: "type: businessId\n",
    replace: "type: businessId\n    grounds: [credit] # here\n",
    at: "# here",
  },
  {
    code: "categoryNowhere",
    find: "    systems: [erp]\n    grounds",
    replace: "    systems: [mailbox] # here\n    grounds",
    at: "# here",
  },
  {
    code: "categoryNotInRegister",
    find: "categories: [name, phone, deliveryAddress, appointments]\n    purpose: serviceProvision\n    channel: api",
    replace: "categories: [name, contracts] # here\n    purpose: serviceProvision\n    channel: api",
    at: "# here",
    also: ["categoryNotInRegister"],
  },
  {
    code: "purposeNotOfCategory",
    find: "    categories: [name, email]\n    purpose: directMarketing",
    replace: "    categories: [name, phone] # here\n    purpose: directMarketing",
    at: "# here",
  },
  {
    code: "systemNotOfRegister",
    find: "to: { register: invoices, system: invoicing }",
    replace: "to: { register: invoices, system: mailbox } # here",
    at: "# here",
  },
  { code: "flowNobodyCarries", find: "by: [marketing]", replace: "by: [] # here", at: "# here" },
  {
    code: "rightMissing",
    find: /^ {2}portability:\n(?: {4}.*\n)+/m,
    replace: "",
    at: "rights:\n  information",
    also: ["rightNotDeclared"],
  },
  {
    code: "deadlineTooLong",
    find: /( {2}access:\n {4})deadline: P1M/,
    replace: "$1deadline: P3M # here",
    at: "# here",
  },
  {
    code: "holderMissing",
    find: /(lokaler.*\n {4}highestRisk: high\n) {4}holder: \{ fi: Hallinto.*\n/,
    replace: "$1",
    at: "  contractFolders:\n    kind: paper",
  },
  {
    code: "carriedHighRisk",
    find: /( {4})highestRisk: low(\n {4}holder: \{ fi: Kalenterin)/,
    replace: "$1highestRisk: high # here$2",
    at: "# here",
  },
  { code: "businessId", find: "businessId: 2643821-1", replace: "businessId: 2643821-2 # here", at: "# here" },
  {
    code: "helperServesNothing",
    find: "    kind: helper\n    serves: [anchor]\n",
    replace: "    kind: helper\n",
    at: "  anchorStick:",
  },
  {
    code: "servesElsewhere",
    find: "    kind: paper\n",
    replace: "    kind: paper\n    serves: [backup] # here\n",
    at: "# here",
  },
  {
    code: "helperHoldsRegister",
    find: "systems: [contractFolders]",
    replace: "systems: [contractFolders, backupDisk]",
    at: "systems: [contractFolders, backupDisk]",
  },
  {
    code: "helperUnplaced",
    find: /(serves: \[relay\]\n.*\n.*\n {4}location: )\{ area: EEA \}/,
    replace: "$1unknown # here",
    at: "# here",
  },
  {
    code: "helperWithoutAgreement",
    find: /(name: unknown\n {4})agreement: unknown(\n {4}scope: \{ fi: Sähköpostipalvelin)/,
    replace: "$1agreement: none$2",
    at: "    runBy: mailProvider\n    location: { area: EEA }\n    highestRisk: low\n    added",
    also: ["noAgreement"],
  },
  {
    code: "helperRisk",
    find: /(tila kuin palvelimen.*\n {4}highestRisk: )high/,
    replace: "$1low # here",
    at: "# here",
  },
  {
    code: "outsideEEA",
    find: /(serves: \[relay\]\n.*\n.*\n {4}location: )\{ area: EEA \}/,
    replace: "$1{ country: US } # here",
    at: "# here",
    also: ["transferNotTold"],
  },
  { code: "iban", find: "iban: unknown", replace: "iban: FI21 1234 5600 0007 86 # here", at: "# here" },
  {
    code: "translation",
    find: "email: unknown\n  title:\n    fi: Tietosuojan vastuuhenkilö\n",
    replace: "email: unknown\n  title: # here\n",
    at: "# here",
  },
];

const lineOf = (text: string, mark: string): number => {
  const at = text.indexOf(mark);
  assert.notEqual(at, -1, `"${mark}" stands in the text`);
  assert.equal(text.indexOf(mark, at + 1), -1, `"${mark}" stands there once`);
  return text.slice(0, at).split("\n").length;
};

function edit(text: string, find: string | RegExp, replace: string): string {
  const times =
    typeof find === "string"
      ? text.split(find).length - 1
      : [...text.matchAll(new RegExp(find, `${find.flags}g`))].length;
  assert.equal(times, 1, `${find} stands in the description once`);
  return text.replace(find, replace);
}

const closed = (findings: readonly Finding[]) => findings.filter((finding) => finding.code !== "unknown");

for (const { code, find, replace, at, also = [] } of CASES)
  test(`${code} is found where it stands`, () => {
    const text = edit(walttia, find, replace);
    const findings = closed(check(parse(text)));
    const codes = new Set(findings.map((finding) => finding.code));
    assert.deepEqual([...codes].sort(), [...new Set([code, ...also])].sort());
    const lines = findings.filter((finding) => finding.code === code).map((finding) => finding.line);
    assert.ok(lines.includes(lineOf(text, at)), `line ${lineOf(text, at)} among ${lines.join(", ")}`);
  });

test("what the program's own words add is found too", () => {
  const cases: [string, string][] = [
    ["yaml.DUPLICATE_KEY", `${walttia}\nnotice: {}\n`],
    ["notADescription", "- one\n- two\n"],
    ["shape.invalid_type", walttia.replace('version: "1"\n', "")],
    ["idleRole", walttia.replace("roles:\n", "roles:\n  guest: { label: { fi: a, sv: a, en: a }, may: [] }\n")],
    [
      "systemUnused",
      walttia.replace(
        "systems:\n  erp:",
        "systems:\n  chat: { kind: connected, label: { fi: a, sv: a, en: a }, runBy: controller, location: { country: FI }, highestRisk: low }\n  erp:",
      ),
    ],
    [
      "processorUnused",
      walttia.replace(
        "processors:\n",
        "processors:\n  printer: { label: { fi: a, sv: a, en: a }, name: A, agreement: { day: 2026-01-01 }, scope: { fi: a, sv: a, en: a } }\n",
      ),
    ],
    [
      "sourceUnused",
      walttia.replace("sources:\n", "sources:\n  fair: { kind: event, label: { fi: a, sv: a, en: a } }\n"),
    ],
    [
      "purposeUnused",
      walttia.replace(
        "\nconsents:\n",
        "\n  feedback: { kind: feedback, label: { fi: a, sv: a, en: a }, why: { fi: a, sv: a, en: a }, legalBasis: legalObligation, ground: { statute: { fi: a, sv: a, en: a } } }\n\nconsents:\n",
      ),
    ],
    [
      "categoryInNoRegister",
      walttia.replace(
        "\nregisters:\n",
        "\n  shoeSize: { type: number, label: { fi: a, sv: a, en: a }, risk: low, purposes: [customerCare], givenBy: [phone] }\n\nregisters:\n",
      ),
    ],
    [
      "nobodyKeeps",
      walttia.replace(
        "keeps: [description, accounts, audit, retention, proofs, backups, keys]",
        "keeps: [description, accounts, audit, retention, proofs, backups]",
      ),
    ],
    ["keptAndInspected", walttia.replace("proofs, backups, keys]", "proofs, backups, keys]\n    inspects: [audit]")],
    [
      "repeated",
      walttia.replace("by: [invoicing, administration]\n  toAccountant", "by: [invoicing, invoicing]\n  toAccountant"),
    ],
    [
      "wordingRepeated",
      walttia.replace(
        "    wording:\n      - version: 1\n",
        "    wording:\n      - { version: 1, from: 2026-01-01, text: { fi: a, sv: a, en: a } }\n      - version: 1\n",
      ),
    ],
    [
      "identityCodeRetention",
      walttia
        .replace(
          "categories: [personalIdentityCode]\n    from",
          "categories: [personalIdentityCode, appointments]\n    from",
        )
        .replace(/^ {2}calendarEntries:\n(?: {4}.*\n)+/m, ""),
    ],
    [
      "categoryNobodyNeeds",
      walttia
        .replace(
          "categories: [name, email, phone, billingAddress, deliveryAddress, personalIdentityCode, businessId, orders, appointments]\n  invoices:",
          "categories: [name, email, phone, billingAddress, deliveryAddress, personalIdentityCode, businessId, orders, appointments, shoeSize]\n  invoices:",
        )
        .replace(
          "\nregisters:\n",
          "\n  shoeSize: { type: number, label: { fi: a, sv: a, en: a }, risk: low, purposes: [customerCare], givenBy: [phone] }\n\nregisters:\n",
        )
        .replace("categories: [appointments]\n    from", "categories: [appointments, shoeSize]\n    from"),
    ],
    ["staffMissing", walttia.replace(/^staff:\n(?: {2}.*\n)+/m, "")],
    ["staffSystem", walttia.replace("  system: erp\n  accounts", "  system: mailbox\n  accounts")],
    ["requestsMissing", walttia.replace(/^requests:\n(?: {2}.*\n)+/m, "")],
    ["requestsSystem", walttia.replace("  system: erp\n  kept", "  system: mailbox\n  kept")],
    ["staffConsent", walttia.replace("\n  legalBasis: legitimateInterest\n", "\n  legalBasis: consent\n")],
    ["rightWithoutRole", walttia.replaceAll(", portability", "")],
    ["rightNotDeclared", walttia.replace(/^ {2}withdrawal:\n(?: {4}.*\n)+/m, "")],
    [
      "consentWhereOtherBasis",
      walttia.replace("    purpose: directMarketing\n    channels", "    purpose: invoicing\n    channels"),
    ],
  ];
  for (const [code, text] of cases) {
    assert.notEqual(text, walttia, `the premise of ${code}`);
    const codes = closed(check(parse(text))).map((finding) => finding.code);
    assert.ok(codes.includes(code), `${code} among ${codes.join(", ")}`);
  }
});

test("too large and too deep are refused before they are read", () => {
  assert.equal(check(parse(`# ${"a".repeat(300_000)}`))[0]?.code, "tooLarge");
  assert.equal(check(parse("[".repeat(40)))[0]?.code, "tooDeep");
});

test("what nobody knows yet is a warning where it stands, and not ready", () => {
  const parsed = parse(walttia);
  assert.ok(parsed.description);
  const open = check(parsed).filter((finding) => finding.code === "unknown");
  assert.equal(open.find((finding) => finding.path === "deputy")?.line, lineOf(walttia, "deputy: unknown"));
  assert.deepEqual(open.map((finding) => finding.path).sort(), [...ready(parsed.description)].sort());
});

test("a reference names the word that was nearly written", () => {
  const [finding] = closed(check(parse(walttia.replace("by: [marketing]", "by: [marketting]"))));
  assert.equal(finding?.facts.nearest, "marketing");
  assert.match(say(finding ?? { code: "", facts: {} }, "fi").wayOut, /Tarkoititko ”marketing”/);
  const [far] = closed(check(parse(walttia.replace("by: [marketing]", "by: [zebra]"))));
  assert.match(say(far ?? { code: "", facts: {} }, "en").wayOut, /Add roles\.zebra/);
});

test("an id that every object seems to have is not declared by that", () => {
  const [finding] = closed(check(parse(walttia.replace("by: [marketing]", "by: [constructor]"))));
  assert.equal(finding?.code, "reference");
});

for (const name of ["walttia", "pyorapaja", "valokuvaamo"])
  test(`${name} has no error, and only what nobody knows open`, () => {
    const parsed = parse(read(name));
    assert.ok(parsed.description);
    const findings = check(parsed);
    assert.deepEqual(closed(findings), []);
    assert.equal(hasErrors(findings), false);
    assert.equal(ready(parsed.description).length === 0, name !== "walttia");
    assert.match(read(name), /^# yaml-language-server: \$schema=\.\.\/schema\/tietovirta\.schema\.json\n/);
  });

test("every code has its sentence and its way out in three languages", () => {
  const folders = [join(import.meta.dirname, "lint"), import.meta.dirname];
  const codes = folders.flatMap((path) =>
    readdirSync(path)
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .flatMap((file) =>
        [...readFileSync(join(path, file), "utf8").matchAll(/(?:error|warning|note|refuse)\("([A-Za-z]+)"/g)].map(
          (found) => found[1] ?? "",
        ),
      ),
  );
  assert.ok(codes.length > 60, `${codes.length} codes`);
  const shaped = [
    "unknownKey",
    "shape",
    "shape.invalid_type",
    "shape.invalid_value",
    "shape.too_small",
    "yaml",
    "yaml.BAD_INDENT",
    "yaml.DUPLICATE_KEY",
  ];
  const facts = Object.fromEntries(
    "key kB depth expected values id heading nearest category system purpose processor place role register right flow channel rule event period basis consent source task languages what"
      .split(" ")
      .map((fact) => [fact, "x"]),
  );
  for (const code of new Set([...codes, ...shaped]))
    for (const language of ["fi", "sv", "en"] as const) {
      const { message, wayOut } = say({ code, facts }, language);
      assert.ok(message.length > 10 && wayOut.length > 5, code);
    }
});

test("every lint code has a case here", () => {
  const path = join(import.meta.dirname, "lint");
  const own = readFileSync(import.meta.filename, "utf8");
  const codes = readdirSync(path).flatMap((file) =>
    [...readFileSync(join(path, file), "utf8").matchAll(/(?:error|warning|note)\("([A-Za-z]+)"/g)].map(
      (found) => found[1] ?? "",
    ),
  );
  const missing = [...new Set(codes)].filter((code) => !own.includes(`"${code}"`));
  assert.deepEqual(missing, []);
});

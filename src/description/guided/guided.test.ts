// Whatever is answered, the text is a description, says what was answered, and nothing of the company whose example it was.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { dataflow } from "../../documents/dataflow.ts";
import type { Printing } from "../../documents/model.ts";
import { exampleText } from "../../test/descriptions.ts";
import { dayOf, formatDay } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { check, hasErrors } from "../check.ts";
import { type Finding, parse } from "../parse.ts";
import { valuesOf } from "../rewrite.ts";
import { ControlName } from "../terms.ts";
import type { Answers, Given, Service } from "./answers.ts";
import { Given as GivenShape } from "./answers.ts";
import { defaultsOf } from "./defaults.ts";
import { guidedText } from "./guided.ts";
import { questionOf } from "./questionOf.ts";
import { type ExampleId, exampleIds, questions } from "./questions.ts";
import { mapIn } from "./values.ts";

const examples = {
  walttia: await exampleText("walttia"),
  pyorapaja: await exampleText("pyorapaja"),
  valokuvaamo: await exampleText("valokuvaamo"),
};
const TODAY = dayOf(2026, 11, 23);
const SPOKEN: Record<ExampleId, Language[]> = {
  walttia: ["fi", "sv", "en"],
  pyorapaja: ["fi"],
  valokuvaamo: ["sv", "fi"],
};
/** What only the companies of the examples are called, and where they are reached. */
const THEIRS =
  /Walttia|Vuorio|Kaarna|Pihka|Lumi|Storm|Exempel|Esimerk|Example|\.example|2643821|9999999|8888888|7777777|FI21|FI49|000 0000/;

const of = (example: ExampleId, answers: Answers = {}, languages = SPOKEN[example]): Given => ({
  example,
  company: { name: "Havun Huolto Oy", businessId: "1234567-1", languages },
  answers,
});
const made = (given: Given) => guidedText(examples, given, TODAY);
function described(given: Given) {
  const parsed = parse(made(given));
  if (!parsed.description) throw new Error(JSON.stringify(parsed.findings));
  return { description: parsed.description, findings: check(parsed) };
}
const codes = (findings: readonly Finding[]) => findings.map(({ code, path }) => `${code} ${path}`);

suite("an example with nothing answered", () => {
  for (const example of exampleIds) {
    test(`${example} is a lawful description of the new company, without anything of the old one`, () => {
      const { description, findings } = described(of(example));
      assert.deepEqual(codes(findings.filter(({ severity }) => severity === "error")), []);
      assert.deepEqual(
        codes(findings.filter(({ code }) => code !== "unknown" && code !== "proofMissing")),
        codes(
          check(parse(examples[example])).filter(
            ({ code, severity }) => code !== "unknown" && code !== "proofMissing" && severity !== "error",
          ),
        ).filter((each) => !/longPeriod/.test(each) || codes(findings).includes(each)),
      );
      const text = made(of(example));
      assert.doesNotMatch(text, THEIRS);
      assert.equal(description.controller.name, "Havun Huolto Oy");
      assert.ok(description.roles.responsiblePerson?.keeps.includes("accounts"));
      assert.match(text, /^# yaml-language-server/);
    });
    test(`${example} keeps its remarks and its spelling where nothing was changed`, () => {
      const before = new Set(examples[example].split("\n"));
      const lines = made(of(example)).split("\n");
      const kept = lines.filter((line) => before.has(line)).length;
      assert.ok(kept / lines.length > 0.6, `${kept} of ${lines.length}`);
    });
    test(`${example}: the defaults are its own ways`, () => {
      const defaults = defaultsOf(mapIn(valuesOf(examples[example]) ?? {}), example);
      assert.equal(Object.keys(defaults).length, questions.length);
      assert.equal(made(of(example)), made(of(example, defaults)));
    });
  }
});

const PRINTING: Printing = {
  hash: "",
  date: "2026-11-23T10:00:00Z",
  inForceAt: null,
  proofs: Object.fromEntries(
    ControlName.options.map((name) => [name, { state: "notYet", at: null }]),
  ) as Printing["proofs"],
  inUse: { registers: ["customers", "invoices"], channels: ["internal"], routesNotInUse: [] },
};

const place = fc.constantFrom("own", "finland", "eea", "outside", "unknown");
const name = fc
  .string({ minLength: 1, maxLength: 30, unit: "grapheme" })
  .map((text) => `${text} $& : # "'`.trim())
  .filter((text) => /^[^\p{Cc}\u2028\u2029]+$/u.test(text));
const serviceIn = (where: fc.Arbitrary<Service["where"]>): fc.Arbitrary<Service> =>
  fc.record(
    {
      where,
      agreement: fc.constantFrom("made", "none", "unknown"),
      program: name,
      provider: name,
      agreementDay: fc.constant(dayOf(2026, 2, 3)),
      safeguard: fc.constantFrom("clauses", "adequacy"),
    },
    { requiredKeys: ["where", "agreement"], noNullPrototype: true },
  );
const person = fc.record({ name, email: fc.constant("havu@yritys.fi") }, { requiredKeys: [], noNullPrototype: true });
const anyAnswers: fc.Arbitrary<Answers> = fc.record(
  {
    contact: fc.record(
      { email: fc.constant("posti@yritys.fi"), phone: name, street: name, postalCode: name, town: name },
      { requiredKeys: [], noNullPrototype: true },
    ),
    responsible: person,
    deputy: person,
    accountant: serviceIn(place),
    machine: serviceIn(place),
    copies: serviceIn(place),
    invoicing: serviceIn(fc.oneof(place, fc.constant("none" as const))),
    mail: serviceIn(fc.oneof(place, fc.constant("none" as const))),
    raffles: fc.boolean(),
    newsletter: fc.boolean(),
    identityCode: fc.uniqueArray(fc.constantFrom("credit", "collection")),
    warranty: fc.constantFrom("P6M", "P24M", "P5Y", "unknown"),
    noDeal: fc.constantFrom("P3M", "P24M"),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const anyGiven: fc.Arbitrary<Given> = fc
  .tuple(fc.constantFrom(...exampleIds), name, anyAnswers, fc.boolean())
  .chain(([example, company, answers, unknown]) =>
    fc.shuffledSubarray(SPOKEN[example], { minLength: 1 }).map((languages) => ({
      example,
      company: { name: company, businessId: unknown ? "unknown" : "1234567-1", languages },
      answers,
    })),
  );

/** What a person chose knowing that it is not lawful as it stands. */
const CHOSEN = new Set(["noAgreement", "helperWithoutAgreement", "outsideEEA"]);

test("any answers give a description whose errors are only those that were answered, each with its question", () => {
  fc.assert(
    fc.property(anyGiven, (given) => {
      GivenShape.parse(given);
      const { description, findings } = described(given);
      assert.equal(description.controller.name, given.company.name);
      const errors = findings.filter(({ severity }) => severity === "error");
      assert.deepEqual(codes(errors.filter(({ code }) => !CHOSEN.has(code))), []);
      for (const { path, code } of errors)
        assert.ok(questionOf(path, given.example, given.answers), `${code} ${path} leads to no question`);
      assert.deepEqual(codes(findings.filter(({ code }) => code === "translation")), []);
      assert.deepEqual(codes(findings.filter(({ code }) => /Unused|NoRegister|NobodyNeeds/.test(code))), []);
    }),
    { numRuns: 30 },
  );
});

test("what was answered without an agreement or outside the EEA is found, and mended by another answer", () => {
  const outside: Service = { where: "outside", agreement: "none", provider: "Pilvi Inc." };
  const { findings } = described(of("pyorapaja", { mail: outside }));
  assert.ok(hasErrors(findings));
  const found = findings.filter(({ severity }) => severity === "error");
  assert.deepEqual([...new Set(found.map(({ code }) => code))].sort(), [
    "helperWithoutAgreement",
    "noAgreement",
    "outsideEEA",
  ]);
  const mended: Service = { ...outside, agreement: "made", safeguard: "clauses" };
  assert.equal(hasErrors(described(of("pyorapaja", { mail: mended })).findings), false);
});

test("what somebody does not do is nowhere in the text", () => {
  const none: Answers = {
    raffles: false,
    newsletter: false,
    identityCode: [],
    mail: { where: "none", agreement: "unknown" },
  };
  for (const example of exampleIds) {
    const text = made(of(example, none));
    assert.doesNotMatch(text, /kind: raffle|kind: directMarketing|personalIdentityCode|mailbox/, example);
  }
});

test("what an example does not do is added whole", () => {
  const all: Answers = {
    raffles: true,
    newsletter: true,
    identityCode: ["credit"],
    accountant: { where: "finland", agreement: "made", provider: "Tilikirja Oy" },
  };
  for (const example of exampleIds) {
    const { description, findings } = described(of(example, all));
    assert.deepEqual(codes(findings.filter(({ severity }) => severity === "error")), []);
    assert.ok(description.registers.raffleEntries && description.consents.newsletter);
    assert.deepEqual(description.categories.personalIdentityCode?.grounds, ["credit"]);
    assert.ok(Object.values(description.processors).some((each) => each.name === "Tilikirja Oy"));
  }
});

test("every fact that was answered can be read in the printed document", () => {
  fc.assert(
    fc.property(anyGiven, (given) => {
      const { description } = described(given);
      const [language = "fi"] = given.company.languages;
      const printed = JSON.stringify(dataflow(description, PRINTING, language));
      const { contact = {}, responsible = {}, deputy = {}, ...rest } = given.answers;
      const { accountant, machine, mail, invoicing, copies } = rest;
      const services = [accountant, machine, mail, invoicing, copies].flatMap((each) => each ?? []);
      const run = services.filter(({ where }) => !["own", "none", "unknown"].includes(where));
      const address = contact.street && contact.postalCode && contact.town ? contact.street : undefined;
      const said = [given.company.name, responsible.name, responsible.email, deputy.name, deputy.email];
      const facts = [...said, contact.email, contact.phone, address, ...run.map(({ provider }) => provider)];
      for (const fact of facts.filter((each) => each !== undefined))
        assert.ok(printed.includes(JSON.stringify(fact).slice(1, -1)), `${fact} is not in the document`);
      if (run.some(({ agreement, agreementDay, provider }) => agreement === "made" && agreementDay && provider))
        assert.ok(printed.includes(formatDay(dayOf(2026, 2, 3), language)));
      if (run.some(({ agreement, agreementDay }) => agreement === "made" && !agreementDay))
        assert.match(printed, /on tehty; sen|har ingåtts; dess|has been made; its/);
      if (rest.warranty === "P24M") assert.match(printed, /24/);
    }),
    { numRuns: 15 },
  );
});

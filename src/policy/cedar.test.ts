// An oracle that knows nothing of `decide`: Cedar, given policies made from the same description by other code, is asked the same questions.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Description } from "../description/schema.ts";
import { domainOf, type Question } from "../test/cedar/domain.ts";
import { cedars, named, programs } from "../test/cedar/judges.ts";
import { faultsOf, type Oracle, oracleOf } from "../test/cedar/oracle.ts";
import { type Policies, policiesOf } from "../test/cedar/policies.ts";
import { describe, type ExampleName } from "../test/descriptions.ts";

const EXAMPLES: readonly ExampleName[] = ["walttia", "pyorapaja", "valokuvaamo"];
type Tally = { asked: number; allowed: number; parts: Map<string, number>; disagreements: string[] };

function tally(description: Description, oracle: Oracle, questions: Iterable<Question>): Tally {
  const counted: Tally = { asked: 0, allowed: 0, parts: new Map(), disagreements: [] };
  for (const question of questions) {
    const [program, cedar] = [programs(description, question), cedars(description, oracle, question)];
    counted.asked++;
    if (program !== "refused") counted.allowed++;
    counted.parts.set(question.part, (counted.parts.get(question.part) ?? 0) + 1);
    if (program !== cedar) counted.disagreements.push(`${named(question)}: decide says "${program}", Cedar "${cedar}"`);
  }
  return counted;
}

let asked = 0;
for (const name of EXAMPLES)
  test(`${name}: decide and Cedar agree on the whole domain`, async (t) => {
    const { description } = await describe(name);
    const policies = policiesOf(description);
    assert.deepEqual(faultsOf(policies), [], "Cedar's own validator takes the policies");
    const oracle = oracleOf(description, policies);
    const found = tally(description, oracle, domainOf(description));
    asked += found.asked;
    const parts = [...found.parts].map(([part, count]) => `${part} ${count}`).join(", ");
    t.diagnostic(
      `${found.asked} decisions, ${found.allowed} of them allowed, ${oracle.questions.asked} asked of Cedar: ${parts}`,
    );

    assert.equal(found.parts.size, 8, "every part of the domain was asked");
    assert.ok(found.allowed > found.asked / 100, `only ${found.allowed} of ${found.asked} are allowed`);
    assert.deepEqual(found.disagreements.slice(0, 20), [], `${found.disagreements.length} disagreements`);
  });

test("the domain is more than half a million decisions", () => {
  assert.ok(asked > 500_000, `${asked} decisions`);
});

/** The questions of the parts that could tell. */
function* near(description: Description, parts: readonly string[], stride: number): Generator<Question> {
  let n = 0;
  for (const question of domainOf(description)) if (parts.includes(question.part) && n++ % stride === 0) yield question;
}

type Mutant = {
  change: string;
  parts: string[];
  stride: number;
  example?: ExampleName;
  make: (policies: Policies) => Policies;
};
const MUTANTS: Mutant[] = [
  { change: "roles.sales.may.0", parts: ["who may what"], stride: 7, make: without("roles.sales.may.0") },
  {
    change: "roles.sales.may.0:held",
    parts: ["purpose of the route"],
    stride: 7,
    make: without("roles.sales.may.0:held"),
  },
  {
    change: "sources.webForm!brings",
    parts: ["source of the value"],
    stride: 7,
    make: without("sources.webForm!brings"),
  },
  { change: "sources!other", parts: ["source of the value"], stride: 7, make: without("sources!other") },
  { change: "purposes!restricted", parts: ["state of the person"], stride: 7, make: without("purposes!restricted") },
  { change: "purposes!consent", parts: ["state of the person"], stride: 7, make: without("purposes!consent") },
  { change: "purposes!objected", parts: ["state of the person"], stride: 7, make: without("purposes!objected") },
  { change: "categories!purposes", parts: ["who may what"], stride: 1, make: without("categories!purposes") },
  { change: "subjects!categories", parts: ["kind and ground"], stride: 7, make: without("subjects!categories") },
  {
    change: "categories.personalIdentityCode!grounds",
    parts: ["kind and ground"],
    stride: 7,
    make: without("categories.personalIdentityCode!grounds"),
  },
  {
    change: "flows.erpToInvoicing.by.invoicing",
    parts: ["flow"],
    stride: 1,
    make: without("flows.erpToInvoicing.by.invoicing"),
  },
  { change: "rights.access", parts: ["right"], stride: 1, make: without("rights.access") },
  {
    change: "roles.responsiblePerson.keeps.0",
    parts: ["keeping"],
    stride: 1,
    make: without("roles.responsiblePerson.keeps.0"),
  },
  {
    change: "roles.inspector.inspects.0",
    parts: ["keeping"],
    stride: 1,
    example: "pyorapaja",
    make: without("roles.inspector.inspects.0"),
  },
  {
    change: "one who inspects looking after it",
    parts: ["keeping"],
    stride: 1,
    example: "pyorapaja",
    make: (policies) => ({
      ...policies,
      more: 'permit (principal in Role::"inspector", action == Action::"keep", resource == Thing::"audit");',
    }),
  },
  {
    change: "one permit more",
    parts: ["who may what"],
    stride: 7,
    make: (policies) => ({
      ...policies,
      more: 'permit (principal in Role::"accountant", action == Action::"change", resource in Register::"invoices") when { context.purpose == "bookkeeping" };',
      held: 'permit (principal in Role::"accountant", action == Action::"hold", resource == Register::"invoices") when { context.verb == "change" };',
    }),
  },
];

function without(id: string): (policies: Policies) => Policies {
  return (policies) => {
    assert.ok(Object.hasOwn(policies, id), `there is a policy ${id}`);
    return Object.fromEntries(Object.entries(policies).filter(([other]) => other !== id));
  };
}

for (const { change, parts, stride, example = "walttia", make } of MUTANTS)
  test(`a Cedar set that differs by ${change} disagrees`, async () => {
    const { description } = await describe(example);
    const oracle = oracleOf(description, make(policiesOf(description)));
    for (const question of near(description, parts, stride))
      if (programs(description, question) !== cedars(description, oracle, question)) return;
    assert.fail("the oracle noticed nothing");
  });

// The guided start over HTTP, on a register without a single customer.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { candidateOf } from "../../registers/evidence/versions.ts";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { startUnder } from "../putInForce.ts";

const KEEPER = "responsiblePerson";
const COMPANY = { name: "Havun Huolto Oy", businessId: "1234567-1", languages: ["fi"] };

async function fresh(description = "walttia") {
  const app = await testApp({ description });
  const { described, gate, clock, ask } = app;
  const candidate = candidateOf(described, `${description}.yaml`, clock.now());
  assert.ok(candidate);
  app.takeForce({ ...candidate.force, inForceAt: await startUnder(gate, candidate) });
  const start = (given: object, role = KEEPER) =>
    ask(role, "POST", "/api/description/start", { given, language: "fi" });
  return { ...app, start };
}
const codes = ({ findings }: { findings: { severity: string; code: string; question: string | null }[] }) =>
  findings.filter(({ severity }) => severity === "error").map(({ code, question }) => `${code} ${question}`);

suite("a new company begins", async () => {
  const { ask, start, gate, owner } = await fresh();

  test("the examples are told, and that one of them is in force as it was shipped", async () => {
    const { status, body } = await ask(KEEPER, "GET", "/api/description/start");
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.isExample, true);
    assert.deepEqual(
      body.examples.map(({ id, languages }: { id: string; languages: string[] }) => [id, languages.join()]),
      [
        ["walttia", "fi,sv,en"],
        ["pyorapaja", "fi"],
        ["valokuvaamo", "fi,sv"],
      ],
    );
  });

  test("answers change the picture and the document, and nothing is kept", async () => {
    const versions = await rowsOf(owner, "description_version");
    const first = await start({ example: "pyorapaja", company: COMPANY, answers: {} });
    assert.equal(first.status, 200, JSON.stringify(first.body));
    assert.deepEqual(
      [first.body.shown.company, first.body.locksOut, codes(first.body)],
      ["Havun Huolto Oy", false, []],
    );
    const accountant = { where: "finland", provider: "Tilikirja Oy", agreement: "made", agreementDay: "2026-02-03" };
    const second = await start({ example: "pyorapaja", company: COMPANY, answers: { accountant, raffles: false } });
    const printed = JSON.stringify(second.body.shown.document);
    assert.match(printed, /Tilikirja Oy/);
    assert.match(printed, /3\.2\.2026/);
    assert.doesNotMatch(printed, /arvonta|arvonnan/i);
    const labels = (body: { shown: { parts: { title: string }[] } }) => body.shown.parts.map(({ title }) => title);
    assert.ok(labels(first.body).some((title) => /arvon/i.test(title)));
    assert.ok(!labels(second.body).some((title) => /arvon/i.test(title)));
    assert.equal((await rowsOf(owner, "description_version")).length, versions.length);
    assert.equal(gate.inForce().description.controller.name, "Walttia Oy");
  });

  test("a finding tells its article and leads to its question", async () => {
    const mail = { where: "outside", agreement: "none" };
    const { body } = await start({ example: "walttia", company: COMPANY, answers: { mail } });
    assert.ok(codes(body).length > 2 && codes(body).every((each) => each.endsWith(" mail")));
    const told = body.findings.find(({ code }: { code: string }) => code === "noAgreement");
    assert.match(`${told.message} ${told.wayOut}`, /28/);
  });

  test("a wrong business id and a language that the example does not speak are refused", async () => {
    const wrong = { ...COMPANY, businessId: "1234567-2" };
    assert.equal((await start({ example: "walttia", company: wrong, answers: {} })).status, 422);
    const swedish = { ...COMPANY, languages: ["sv"] };
    assert.equal((await start({ example: "pyorapaja", company: swedish, answers: {} })).status, 404);
  });

  test("a text of the company's own is told what is wrong with it, and whether it would shut its maker out", async () => {
    const broken = await start({ text: "tietovirta: 1\nversion: [" });
    assert.equal(broken.status, 200);
    assert.equal(broken.body.shown, null);
    assert.ok(codes(broken.body).length > 0 && broken.body.findings[0].line >= 1);
    const { text } = (await start({ example: "valokuvaamo", company: COMPANY, answers: {} })).body;
    assert.equal((await start({ text })).body.locksOut, false);
    const without = text.replace(/keeps: \[[^\]]*\]/g, "keeps: [audit]");
    assert.notEqual(without, text);
    assert.equal((await start({ text: without })).body.locksOut, true);
  });

  test("only whoever keeps the description begins", async () => {
    assert.equal((await start({ text: "" }, "sales")).status, 403);
    assert.equal((await ask("sales", "GET", "/api/description/start")).status, 403);
  });

  test("what was made is put in force as any text, without a restart, and the offer is gone", async () => {
    const { text } = (await start({ example: "valokuvaamo", company: COMPANY, answers: {} })).body;
    const base = gate.inForce().hash;
    const trial = await ask(KEEPER, "POST", "/api/description/trial", { base, text, language: "fi" });
    assert.deepEqual([trial.status, trial.body.isPossible, trial.body.dangers], [200, true, []]);
    const done = await ask(KEEPER, "POST", "/api/description/versions", { base, text, language: "fi" });
    assert.equal(done.status, 200, JSON.stringify(done.body));
    const { description } = gate.inForce();
    assert.deepEqual([description.controller.name, description.version], ["Havun Huolto Oy", "2"]);
    const after = await ask(KEEPER, "GET", "/api/description/start");
    assert.equal(after.body.isExample, false);
    const printed = await ask(KEEPER, "GET", "/api/documents/dataflow/print?language=fi");
    assert.match(String(printed.body), /Havun Huolto Oy/);
  });
});

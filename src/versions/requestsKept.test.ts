// The period of people's requests shortened: who proves by them that people were answered sees how many would go, in words, before saying yes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { candidateOf } from "../registers/evidence/versions.ts";
import { testApp } from "../test/app.ts";
import { planOf } from "./plan.ts";
import { startUnder } from "./putInForce.ts";
import { sayPlan } from "./say.ts";

const app = await testApp();
const { described, gate, clock, ask } = app;
const candidate = (text: string) => {
  const found = candidateOf(text, "walttia.yaml", clock.now());
  assert.ok(found, "the changed text is still a description");
  return found;
};
const first = candidate(described);
app.takeForce({ ...first.force, inForceAt: await startUnder(gate, first) });
const KEPT = "  system: erp\n  kept:\n    period: P3Y\n";
const keptFor = (period: string) => {
  assert.ok(described.includes(KEPT));
  return described.replace(KEPT, KEPT.replace("P3Y", period)).replace('version: "1"', 'version: "2"');
};

async function closedRequest(): Promise<void> {
  const opened = await ask("responsiblePerson", "POST", "/api/requests", {
    right: "access",
    channel: "letter",
    receivedOn: "2026-11-20",
    name: "Kysyjä Kuutamo",
  });
  assert.equal(opened.status, 201, JSON.stringify(opened.body));
  const steps: [string, object?][] = [["answer", { outcome: "withdrawn", answeredOn: "2026-11-22" }], ["closing"]];
  for (const [step, body] of steps) {
    const done = await ask("responsiblePerson", "POST", `/api/requests/${opened.body.id}/${step}`, body);
    assert.equal(done.status, 200, JSON.stringify(done.body));
  }
}

test("a shorter period of requests asks where it makes some due at once, and a longer one does not", async () => {
  await closedRequest();
  clock.forward(400 * 24 * 3600_000);
  const changed = async (period: string) => (await planOf(gate, candidate(keptFor(period)))).changes;
  const [shorter, ...others] = await changed("P1Y");
  assert.deepEqual(others, []);
  assert.deepEqual(
    [shorter?.code, shorter?.asks, shorter?.stops, shorter?.touches],
    ["requestsKept", true, false, [{ what: "due", register: "requests", people: 1 }]],
  );
  const [enough] = await changed("P2Y");
  assert.deepEqual([enough?.code, enough?.asks, enough?.touches], ["requestsKept", false, []]);
  assert.deepEqual(
    (await changed("P5Y")).map(({ code, asks, touches }) => [code, asks, touches]),
    [["requestsKept", false, []]],
  );
});

test("it is said in words, on the command line and at the screen", async () => {
  const plan = await planOf(gate, candidate(keptFor("P1Y")));
  assert.deepEqual(sayPlan(plan, "walttia.yaml", "en").slice(1, 3), [
    "DANGER requests.kept.period: Closed requests are kept: P3Y → P1Y.",
    "    Requests: data of 1 person would be due for erasure at once",
  ]);
  const { status, body } = await ask("responsiblePerson", "POST", "/api/description/trial", {
    base: gate.inForce().hash,
    language: "fi",
    text: keptFor("P1Y"),
  });
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.changes[0].sentence, "Käsitellyt pyynnöt säilytetään: 3 vuotta → 1 vuosi.");
  assert.deepEqual(
    body.dangers.map(({ sentence }: { sentence: string }) => sentence),
    ["Pyynnöt: 1 henkilön tiedot tulisivat heti poistettaviksi"],
  );
});

test("a role's two factors, and what it looks after, inspects and carries out, are said by their names", async () => {
  const text = described
    .replace("    label: { fi: Hallinto", "    signIn: twoFactors\n    label: { fi: Hallinto")
    .replace(
      "keeps: [description, accounts, audit, retention, proofs, backups, keys]",
      "keeps: [description, accounts, retention, backups, keys]\n    inspects: [audit, proofs]",
    )
    .replace('version: "1"', 'version: "2"');
  const { body } = await ask("responsiblePerson", "POST", "/api/description/trial", {
    base: gate.inForce().hash,
    language: "sv",
    text,
  });
  assert.deepEqual(
    body.changes.map(({ sentence }: { sentence: string }) => sentence),
    [
      "Rollen Ansvarig person får: bara se: loggen, kontrollerna.",
      "Rollen Ansvarig person får inte längre: sköta: loggen, kontrollerna.",
      "Rollen Administration gäller bara när kontot öppnas med två faktorer.",
    ],
  );
});

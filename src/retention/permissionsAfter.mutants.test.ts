// What a request does to consents, objections and the refusal of marketing: the plan, case by case.
import assert from "node:assert/strict";
import { test } from "node:test";
import { describe } from "../test/descriptions.ts";
import { parseDay } from "../values/Day.ts";
import { type ConsentState, type PermissionPlan, permissionsAfter } from "./permissionsAfter.ts";

const { description } = await describe("walttia");
type Asked = Parameters<typeof permissionsAfter>[0];
const TODAY = parseDay("2026-11-22");
const asked = (more: Partial<Asked>): PermissionPlan =>
  permissionsAfter({
    ...{ description, ground: "noLongerNeeded", today: TODAY, language: "en" },
    ...{ consents: [], objections: [], contactGoes: true, hasAddress: true },
    ...more,
  });
const newsletter = (more: Partial<ConsentState> = {}): ConsentState => ({
  ...{ id: "c1", consent: "newsletter", purpose: "directMarketing", withdrawnOn: null },
  ...more,
});
const raffle: ConsentState = { id: "c2", consent: "raffleEntry", purpose: "raffle", withdrawnOn: null };
const nothing: PermissionPlan = { decisions: [], withdraw: [], forget: [], object: [], ban: [] };

test("without consents and objections nothing follows", () => {
  assert.deepEqual(asked({}), nothing);
});

test("a consent ends with the data, and its proof is kept for its period from that day", () => {
  const plan = asked({ consents: [newsletter()] });
  assert.deepEqual(plan, {
    ...nothing,
    withdraw: ["c1"],
    decisions: [
      {
        register: "permissions",
        categories: ["consentProof"],
        place: "consents.newsletter",
        outcome: "kept",
        until: "2029-11-22",
        reason: "consentProof",
        ground: "The company must be able to show that the consent was given: Newsletter by e-mail (GDPR Art. 7(1)).",
      },
    ],
  });
});

test("the proof of a consent withdrawn before counts from then; on its last day it stays, after it it goes with the contact data", () => {
  const withdrawn = (day: string, contactGoes: boolean) => {
    const plan = asked({ consents: [newsletter({ withdrawnOn: parseDay(day) })], contactGoes });
    assert.deepEqual(plan.withdraw, []);
    return [plan.forget, plan.decisions.map(({ outcome, reason }) => `${outcome} ${reason}`)];
  };
  assert.deepEqual(withdrawn("2023-11-22", true), [[], ["kept consentProof"]]);
  assert.deepEqual(withdrawn("2023-11-21", true), [["c1"], ["erased proofNotNeeded"]]);
  assert.deepEqual(withdrawn("2023-11-21", false), [[], []]);
});

test("a consent that the description no longer has keeps no proof, and is told by its id", () => {
  for (const consent of ["gone", "constructor"]) {
    const plan = asked({ consents: [newsletter({ consent })] });
    assert.deepEqual([plan.withdraw, plan.forget], [["c1"], ["c1"]]);
    assert.equal(plan.decisions[0]?.ground, consent);
  }
});

test("an objection to direct marketing ends the consents for it and no other, and objects to every kind of it", () => {
  const plan = asked({
    ground: "directMarketing",
    consents: [newsletter(), raffle],
    objections: ["offers"],
    contactGoes: false,
  });
  assert.deepEqual(plan.withdraw, ["c1"]);
  assert.deepEqual(plan.object, ["directMarketing"], "what was objected to before is not objected to again");
  assert.deepEqual(plan.ban, [], "while the contact data stays the objection itself is enough");
  assert.deepEqual(
    plan.decisions.map(({ place }) => place),
    ["consents.newsletter"],
  );
});

test("marketing is also what the list of refusals names, and offers without such a list", () => {
  const purposes = (banList: typeof description.banList) =>
    asked({ description: { ...description, banList }, ground: "directMarketing" }).object;
  assert.ok(description.banList);
  assert.deepEqual(purposes(description.banList), ["offers", "directMarketing"]);
  assert.deepEqual(purposes({ ...description.banList, purposes: ["raffle"] }), ["offers", "directMarketing", "raffle"]);
  assert.deepEqual(purposes(undefined), ["offers", "directMarketing"]);
});

test("an objection is to what stands on legitimate interest", () => {
  const plan = asked({ ground: "objection" });
  assert.deepEqual(plan.object, ["offers"]);
  assert.deepEqual(plan.ban, ["offers"]);
});

test("a refusal is kept as a mark where the address goes, for the purposes that were refused", () => {
  const { banList } = description;
  const mark = {
    register: "permissions",
    categories: ["marketingBan"],
    outcome: "kept",
    reason: "ban",
    ground: "GDPR Art. 21(3)",
    place: "banList",
  };
  assert.deepEqual(asked({ objections: ["offers", "raffle"] }), { ...nothing, ban: ["offers"], decisions: [mark] });
  const withdrawn = asked({ ground: "consentWithdrawn", consents: [newsletter(), raffle] });
  assert.deepEqual([withdrawn.withdraw, withdrawn.ban], [["c1", "c2"], ["directMarketing"]]);
  assert.deepEqual(asked({ consents: [newsletter()] }).ban, [], "data no longer needed refuses nothing");
  for (const without of [{ contactGoes: false }, { hasAddress: false }, { objections: ["raffle"] }])
    assert.deepEqual(asked({ objections: ["offers"], ...without }), nothing);
  assert.ok(banList);
  assert.deepEqual(asked({ description: { ...description, banList: undefined }, objections: ["offers"] }), nothing);
});

// Every state with every move: what is not allowed is refused, by name.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RequestedRight } from "../../description/terms.ts";
import { parseDay } from "../../values/Day.ts";
import { Problem } from "../../values/problem.ts";
import { REFUSAL_GROUNDS, RefusalGround, RequestState } from "./contract.ts";
import { type Answer, type Answering, expectAnswer, expectMove, MOVES, type Move, stateOf } from "./states.ts";

const at = new Date("2026-11-22T10:00:00Z");
const nothing = { identity_asked_at: null, identified_at: null, outcome: null, closed_at: null };
const codeOf = (work: () => void): string => {
  try {
    work();
    return "";
  } catch (error) {
    return error instanceof Problem ? error.code : "not a Problem";
  }
};

test("the state follows from what has been done", () => {
  assert.equal(stateOf(nothing), "received");
  assert.equal(stateOf({ ...nothing, identity_asked_at: at }), "identityAsked");
  assert.equal(stateOf({ ...nothing, identity_asked_at: at, identified_at: at }), "identified");
  assert.equal(stateOf({ ...nothing, outcome: "refused" }), "answered");
  assert.equal(stateOf({ ...nothing, outcome: "answered", closed_at: at }), "closed");
});

test("a move begins only where the table says", () => {
  let refused = 0;
  for (const move of Object.keys(MOVES) as Move[])
    for (const state of RequestState.options) {
      const code = codeOf(() => expectMove(state, move));
      assert.equal(code, MOVES[move].includes(state) ? "" : "requestNotNow", `${move} ${state}`);
      if (code !== "") refused++;
    }
  assert.ok(refused > 10);
  assert.ok(
    Object.values(MOVES).every((from) => !from.includes("closed")),
    "nothing moves a closed request",
  );
});

const ready: Answering = {
  ...{ right: "access", state: "identified", inRegister: true, packaged: true, erased: false, tasksOpen: 0 },
  ...{ receivedOn: parseDay("2026-11-02"), today: parseDay("2026-11-22") },
};
const full: Answer = { outcome: "answered", complaintTold: false, answeredOn: parseDay("2026-11-20") };
const code = (more: Partial<Answering>, answer: Partial<Answer> = {}) =>
  codeOf(() => expectAnswer({ ...ready, ...more }, { ...full, ...answer }));

test("an answer waits for identity, for what is held, and for the paper", () => {
  assert.equal(code({}), "");
  assert.equal(code({ state: "received" }), "requestIdentityMissing");
  assert.equal(code({ state: "identityAsked" }), "requestIdentityMissing");
  assert.equal(code({ packaged: false }), "requestPackageMissing");
  assert.equal(code({ packaged: false, inRegister: false }), "", "nobody of the register: there is no package");
  assert.equal(code({ tasksOpen: 2 }), "requestTasksOpen");
  assert.equal(code({ right: "erasure" }), "requestErasureMissing");
  assert.equal(code({ right: "erasure", erased: true }), "");
  for (const right of ["rectification", "restriction", "objection", "withdrawal"] satisfies RequestedRight[])
    assert.equal(code({ right, packaged: false }), "");
});

test("a refusal has its ground and tells where to complain", () => {
  const refused = { outcome: "refused", ground: "notIdentified", complaintTold: true } as const;
  assert.equal(code({ state: "identityAsked", packaged: false }, refused), "");
  assert.equal(code({}, { outcome: "refused", complaintTold: true }), "requestGroundMissing");
  assert.equal(code({}, { ...refused, complaintTold: false }), "requestComplaintUntold");
  assert.equal(
    code({}, { outcome: "partly", ground: "rightsOfOthers", complaintTold: false }),
    "requestComplaintUntold",
  );
  assert.equal(code({}, { outcome: "partly", ground: "rightsOfOthers", complaintTold: true }), "");
  assert.equal(
    code({ packaged: false }, { outcome: "partly", ground: "rightsOfOthers", complaintTold: true }),
    "requestPackageMissing",
  );
  assert.equal(code({}, { ground: "excessive" }), "requestGroundIdle");
  assert.equal(code({ state: "received" }, { outcome: "withdrawn" }), "");
});

test("the day of the answer is between the receipt and today", () => {
  assert.equal(code({}, { answeredOn: parseDay("2026-11-01") }), "requestAnswerDay");
  assert.equal(code({}, { answeredOn: parseDay("2026-11-23") }), "requestAnswerDay");
  assert.equal(code({}, { answeredOn: parseDay("2026-11-02") }), "");
});

test("each right is refused on its own grounds only", () => {
  const refusal = { outcome: "refused", complaintTold: true } as const;
  const rights = Object.keys(REFUSAL_GROUNDS) as RequestedRight[];
  for (const right of rights)
    for (const ground of RefusalGround.options) {
      const expected = REFUSAL_GROUNDS[right].includes(ground) ? "" : "requestGroundUnfit";
      assert.equal(code({ right }, { ...refusal, ground }), expected, `${right} ${ground}`);
    }
  const fitting = (ground: RefusalGround) => rights.filter((right) => REFUSAL_GROUNDS[right].includes(ground));
  assert.deepEqual(fitting("legalObligation"), ["erasure"], "Art. 17(3)(b)");
  assert.deepEqual(fitting("stillNeeded"), ["erasure"], "Art. 17(1)(a)");
  assert.deepEqual(fitting("rightsOfOthers"), ["access", "portability"], "Art. 15(4), 20(4)");
  assert.deepEqual(fitting("statute"), ["access"], "Data Protection Act, section 34");
  assert.ok(!fitting("unfounded").includes("withdrawal"), "a consent is taken back without a reason");
  assert.ok(RefusalGround.options.every((ground) => fitting(ground).length > 0));
});

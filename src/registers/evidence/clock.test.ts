// Whether the clock is believed: over ten years either way, daylight saving and leap days; then on a real database, over restarts and with the log as a witness.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { openGate, PARTS } from "../../gate/gate.ts";
import { testApp, testClock } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { newId } from "../../values/Uuid.ts";
import { clockIsRight, confirmClock, lookAtClock } from "./clock.ts";
import { type Doubt, doubtOf } from "./clockJudge.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 366 * DAY;
const at = (iso: string) => Date.parse(iso);
/** Moments around which clocks in Finland and calendars do something. */
const AWKWARD = [
  "2026-03-29T01:00:00Z",
  "2026-10-25T01:00:00Z",
  "2028-02-29T00:00:00Z",
  "2028-02-28T22:00:00Z",
  "2027-12-31T22:00:00Z",
  "2100-02-28T22:00:00Z",
].map(at);
const moment = fc.oneof(
  fc.integer({ min: at("2016-01-01"), max: at("2105-01-01") }),
  fc
    .tuple(fc.constantFrom(...AWKWARD), fc.integer({ min: -2 * HOUR, max: 2 * HOUR }))
    .map(([base, more]) => base + more),
);
/** Some time that has passed in this run. */
const passed = fc.integer({ min: 0, max: 10 * YEAR });
const running = (wallMs: number, passedMs: number) => ({ seenMs: wallMs, since: { wallMs, passedMs }, logAheadMs: 0 });

test("time that really passes is never doubted, over any daylight saving or leap day", () => {
  fc.assert(
    fc.property(moment, passed, fc.integer({ min: -9 * 60_000, max: HOUR }), (wallMs, passedMs, drift) => {
      assert.equal(
        doubtOf({ nowMs: wallMs + passedMs + Math.max(drift, -passedMs), ...running(wallMs, passedMs) }),
        null,
      );
    }),
    { numRuns: 2000 },
  );
});

test("a jump of more than a day is asked about while the program runs, up to ten years either way", () => {
  const jump = fc.integer({ min: DAY + 1, max: 10 * YEAR });
  fc.assert(
    fc.property(moment, passed, jump, fc.boolean(), (wallMs, passedMs, by, ahead) => {
      const nowMs = wallMs + passedMs + (ahead ? by : -by);
      assert.equal(doubtOf({ nowMs, ...running(wallMs, passedMs) }), ahead ? "ahead" : "behind");
    }),
    { numRuns: 2000 },
  );
});

test("at a start a stop of a day is believed, a longer one asked about, and so is any moment before the last seen", () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: -10 * YEAR, max: 10 * YEAR }), (seenMs, by) => {
      const expected: Doubt | null = by > DAY ? "ahead" : by < -10 * 60_000 ? "behind" : null;
      assert.equal(doubtOf({ nowMs: seenMs + by, seenMs, since: null, logAheadMs: 0 }), expected);
    }),
    { numRuns: 2000 },
  );
});

test("a clock before the newest entry of the log is asked about, and a first start is not", () => {
  assert.equal(doubtOf({ nowMs: 0, seenMs: null, since: null, logAheadMs: DAY }), "beforeLog");
  fc.assert(
    fc.property(moment, (nowMs) => assert.equal(doubtOf({ nowMs, seenMs: null, since: null, logAheadMs: -1 }), null)),
  );
});

suite("on a database", async () => {
  const { gate, owner, clock } = await testApp();
  const person = { actor: { kind: "staff", id: newId(), roles: ["responsiblePerson"] } as const, requestId: newId() };
  const doubt = async (of = gate) => (await lookAtClock(of)).doubt;
  /** The same register opened anew: what the run before knew of passed time is gone. */
  const restarted = (moment: string) => openGate({ ...gate[PARTS], clock: testClock(new Date(moment)) });

  test("weeks pass while the program runs, and the clock is believed; a jump is not, until it is back", async () => {
    assert.equal(await doubt(), null);
    clock.set("2026-12-24T10:00:00Z");
    assert.equal(await doubt(), null);
    clock.jump("2036-12-24T10:00:00Z");
    assert.equal(await doubt(), "ahead");
    assert.equal(await clockIsRight(gate), false);
    clock.jump("2026-12-24T10:00:00Z");
    assert.equal(await doubt(), null);
    clock.jump("2016-12-24T10:00:00Z");
    assert.equal(await doubt(), "behind");
    clock.jump("2026-12-24T10:00:00Z");
  });

  test("after a stop of an hour nothing is asked, after one of a week a person is; their word is an act in the log", async () => {
    assert.equal(await doubt(restarted("2026-12-24T11:00:00Z")), null);
    const later = restarted("2026-12-31T11:00:00Z");
    assert.equal(await doubt(later), "ahead");
    await confirmClock(later, person);
    assert.equal(await doubt(later), null);
    const [row] = await rowsOf(owner, "retention_clock");
    assert.equal(row?.confirmed_by, person.actor.id);
    const acts = (await rowsOf(owner, "audit_event")).filter(({ place }) => place === "retention.clock");
    assert.deepEqual(
      acts.map(({ actor, decision }) => [actor, decision]),
      [[person.actor.id, "allowed"]],
    );
    assert.equal(await doubt(restarted("2026-12-30T11:00:00Z")), "behind");
  });

  test("a log from the future is no witness once a person has said that the clock is right", async () => {
    const now = restarted("2026-12-31T12:00:00Z");
    assert.equal(await doubt(now), null);
    await sql`insert into audit_event (at, actor, actor_kind, roles, verb, register, subjects, categories, decision, place, version, request_id)
      values (clock_timestamp() + interval '2 days', 'x', 'system', '{}', 'read', 'customers', '{}', '{}', 'allowed', 'x', '1', 'x')`.execute(
      owner,
    );
    assert.equal(await doubt(now), "beforeLog");
    await confirmClock(now, person);
    assert.equal(await doubt(now), null);
    await sql`insert into log_checkpoint values (1, 1, '\\x00', 0, '2027-01-02T12:00:00Z', '\\x00', 'x')`.execute(
      owner,
    );
    assert.equal(await doubt(now), "beforeLog");
    await confirmClock(now, person);
    assert.equal(await doubt(now), null);
  });
});

// Whether the copies can be restored is shown by restoring them: the probe asks what the newest drill came to, and first that a bad one would be seen.
import { drillStanding } from "../../backup/drillStanding.ts";
import type { Gate } from "../../gate/gate.ts";
import { writeBackupRun } from "../../registers/evidence/backupRuns.ts";
import { expect, NothingToProve, type Probe } from "../scene.ts";

const HOUR_MS = 3600_000;

export const restoreDrill: Probe = async ({ stage, drilled }) => {
  const { gate } = stage;
  const found = await drillStanding(gate, { drilled });
  const now = gate.clock.now();
  // The three drills stand on this stage alone.
  await told(gate, new Date(now.getTime() + HOUR_MS), null);
  stage.setClock(new Date(now.getTime() + 40 * HOUR_MS));
  expect((await drillStanding(gate, { drilled: true })).state === "good", "a good drill of last night does not count");
  stage.setClock(new Date(now.getTime() + 60 * HOUR_MS));
  expect((await drillStanding(gate, { drilled: true })).state === "late", "a drill of three nights ago counts");
  await told(gate, new Date(now.getTime() + 59 * HOUR_MS), "drillFailed");
  expect((await drillStanding(gate, { drilled: true })).state === "failed", "a drill that failed counts");

  if (found.state === "nothing") throw new NothingToProve("no place for copies is set");
  if (found.state === "never") throw new NothingToProve("the first drill is due tonight");
  expect(found.state !== "failed", `the newest drill failed: ${found.problem}`);
  expect(found.state === "good", "no drill has gone well for two days");
  return `the newest copy was restored and held against the register at ${found.at?.toISOString()}`;
};

const told = (gate: Gate, at: Date, problem: string | null): Promise<void> =>
  writeBackupRun(gate, {
    ...{ kind: "drill", startedAt: at, finishedAt: at, name: null, bytes: null, facts: null },
    problem,
  });

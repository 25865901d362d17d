// Runs the probes, one stage each, and writes down what they found.
import type { ControlName } from "../description/terms.ts";
import type { Gate } from "../gate/gate.ts";
import { rehearse } from "../gate/rehearse.ts";
import { lastProofRuns, type ProofRun, writeProofRuns } from "../registers/evidence/proofRuns.ts";
import type { Proof } from "./contract.ts";
import { probes } from "./probes/all.ts";
import { NothingToProve, NotKept, sceneOn } from "./scene.ts";

const controls = Object.keys(probes) as ControlName[];

export type Prover = { prove: () => Promise<Proof[]>; last: () => Promise<Proof[]>; running: () => boolean };

/** One run at a time; whoever asks during one gets its outcome. */
export function openProver(gate: Gate): Prover {
  let under: Promise<Proof[]> | null = null;
  return {
    running: () => under !== null,
    last: async () => proofsOf(await lastProofRuns(gate)),
    prove: () => {
      under ??= proveAll(gate).finally(() => {
        under = null;
      });
      return under;
    },
  };
}

async function proveAll(gate: Gate): Promise<Proof[]> {
  const runs: ProofRun[] = [];
  for (const control of controls) {
    const found = await proveOne(gate, control);
    if (found) runs.push({ control, ...found, at: gate.clock.now() });
  }
  await writeProofRuns(gate, runs);
  return proofsOf(runs);
}

/** null: the description promises nothing that this control would keep. A probe that breaks is a promise not shown, never one kept. */
async function proveOne(gate: Gate, control: ControlName): Promise<Pick<ProofRun, "state" | "detail"> | null> {
  try {
    const { description } = gate.inForce();
    const detail = await rehearse(gate, (stage) => probes[control](sceneOn(stage, description)));
    return { state: "proven", detail };
  } catch (error) {
    if (error instanceof NothingToProve) return null;
    return { state: "failed", detail: error instanceof NotKept ? error.message : `the probe broke: ${nameOf(error)}` };
  }
}

/** The kind of a fault, never its message: a message may quote a value. */
const nameOf = (error: unknown): string =>
  error instanceof Error ? ("code" in error ? String(error.code) : error.name) : "unknown";

function proofsOf(runs: readonly ProofRun[]): Proof[] {
  const known = new Map(runs.map((run) => [run.control, run]));
  return controls.map((control) => {
    const run = known.get(control);
    return run
      ? { control, state: run.state, at: run.at.toISOString(), detail: run.detail }
      : { control, state: "notYet", at: null, detail: "" };
  });
}

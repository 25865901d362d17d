// Runs the probes, one stage each, and writes down what they found.
import type { ControlName } from "../description/terms.ts";
import type { Gate } from "../gate/gate.ts";
import { rehearse } from "../gate/rehearse.ts";
import { lastProofRuns, type ProofRun, writeProofRuns } from "../registers/evidence/proofRuns.ts";
import type { Proof } from "./contract.ts";
import { probes } from "./probes/all.ts";
import { type Circumstances, NothingToProve, NotKept, sceneOn } from "./scene.ts";

const controls = Object.keys(probes) as ControlName[];

export type Prover = { prove: () => Promise<Proof[]>; last: () => Promise<Proof[]>; running: () => boolean };

/** One run at a time; whoever asks during one gets its outcome. */
export function openProver(gate: Gate, circumstances: Circumstances = { drilled: false }): Prover {
  let under: Promise<Proof[]> | null = null;
  /** A control with nothing to prove leaves no run behind; it is known of the version it was seen under, until that changes. */
  let empty: Empty = { hash: "", controls: new Map() };
  return {
    running: () => under !== null,
    last: async () => {
      const runs = await lastProofRuns(gate);
      return proofsOf(runs, empty.hash === gate.inForce().hash ? empty.controls : new Map());
    },
    prove: () => {
      under ??= proveAll(gate, circumstances)
        .then(({ proofs, seen }) => {
          empty = seen;
          return proofs;
        })
        .finally(() => {
          under = null;
        });
      return under;
    },
  };
}

/** Controls that the description with this hash gives nothing to keep, each with the reason. */
type Empty = { hash: string; controls: ReadonlyMap<string, string> };

async function proveAll(gate: Gate, circumstances: Circumstances): Promise<{ proofs: Proof[]; seen: Empty }> {
  const { hash } = gate.inForce();
  const runs: ProofRun[] = [];
  const nothing = new Map<string, string>();
  for (const control of controls) {
    const found = await proveOne(gate, control, circumstances);
    if ("nothing" in found) nothing.set(control, found.nothing);
    else runs.push({ control, ...found, at: gate.clock.now() });
  }
  await writeProofRuns(gate, runs);
  return { proofs: proofsOf(runs, nothing), seen: { hash, controls: nothing } };
}

/** `nothing`: the description promises nothing that this control would keep. A probe that breaks is a promise not shown, never one kept. */
async function proveOne(
  gate: Gate,
  control: ControlName,
  circumstances: Circumstances,
): Promise<Pick<ProofRun, "state" | "detail"> | { nothing: string }> {
  try {
    const { description } = gate.inForce();
    const detail = await rehearse(gate, (stage) => probes[control](sceneOn(stage, description, circumstances)));
    return { state: "proven", detail };
  } catch (error) {
    if (error instanceof NothingToProve) return { nothing: error.message };
    return { state: "failed", detail: error instanceof NotKept ? error.message : `the probe broke: ${nameOf(error)}` };
  }
}

/** The kind of a fault, never its message: a message may quote a value. */
const nameOf = (error: unknown): string =>
  error instanceof Error ? ("code" in error ? String(error.code) : error.name) : "unknown";

function proofsOf(runs: readonly ProofRun[], nothing: ReadonlyMap<string, string>): Proof[] {
  const known = new Map(runs.map((run) => [run.control, run]));
  return controls.map((control) => {
    const run = known.get(control);
    const reason = nothing.get(control);
    // An older run under another description says nothing of this one.
    if (reason !== undefined) return { control, state: "nothing", at: null, detail: reason };
    return run
      ? { control, state: run.state, at: run.at.toISOString(), detail: run.detail }
      : { control, state: "notYet", at: null, detail: "" };
  });
}

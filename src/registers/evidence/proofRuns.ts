// The last probe of every control, as it was found.
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { newId } from "../../values/Uuid.ts";

export type ProofRun = { control: string; state: "proven" | "failed"; at: Date; detail: string };

const system = (why: string) => systemCaller(why);

export function writeProofRuns(gate: Gate, runs: readonly ProofRun[]): Promise<void> {
  return gate.serving(
    system("probe"),
    { register: "evidence", verb: "collect", place: "measures", silent: true },
    async (grant) => {
      if (runs.length > 0)
        await grant
          .insert(
            "proof_run",
            runs.map((run) => ({ id: newId(), ...run })),
          )
          .execute();
    },
  );
}

/** The newest run of each control. */
export function lastProofRuns(gate: Gate): Promise<ProofRun[]> {
  return gate.serving(
    system("probe"),
    { register: "evidence", verb: "read", place: "measures", silent: true },
    async (grant) => {
      const rows = await grant
        .selectFrom("proof_run")
        .distinctOn("control")
        .select(["control", "state", "at", "detail"])
        .orderBy("control")
        .orderBy("at", "desc")
        .execute();
      return rows.map(({ control, state, at, detail }) => ({
        control,
        state: state === "proven" ? "proven" : "failed",
        at,
        detail,
      }));
    },
  );
}

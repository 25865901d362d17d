// What each base copy, drill and change of the archive's health came to.
import type { JsonValue } from "../../db/tables.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { newId } from "../../values/Uuid.ts";

export type BackupKind = "base" | "archive" | "drill";
export type BackupRun = {
  kind: BackupKind;
  startedAt: Date;
  finishedAt: Date;
  /** Of the base copy. */
  name: string | null;
  bytes: number | null;
  /** Code of the `Problem`; null when it went well. */
  problem: string | null;
  /** Counts of a drill. */
  facts: JsonValue | null;
};

const caller = () => systemCaller("backup");
const place = "measures";

/** Of a base copy and a drill there is an event too; the archive's health changes without anybody acting. */
export function writeBackupRun(gate: Gate, run: BackupRun): Promise<void> {
  const ask = { register: "evidence", verb: "collect", place, silent: run.kind === "archive" } as const;
  return gate.serving(caller(), ask, async (grant) => {
    const { kind, startedAt, finishedAt, name, bytes, problem, facts } = run;
    await grant
      .insert("backup_run", [
        {
          id: newId(),
          kind,
          started_at: startedAt,
          finished_at: finishedAt,
          name,
          bytes,
          problem,
          facts: facts === null ? null : JSON.stringify(facts),
        },
      ])
      .execute();
  });
}

/** Newest first, at most `most`. */
export function backupRuns(gate: Gate, kind: BackupKind, most: number): Promise<BackupRun[]> {
  return gate.serving(caller(), { register: "evidence", verb: "read", place, silent: true }, async (grant) => {
    const rows = await grant
      .selectFrom("backup_run")
      .select(["started_at", "finished_at", "name", "bytes", "problem", "facts"])
      .where("kind", "=", kind)
      .orderBy("started_at", "desc")
      .limit(most)
      .execute();
    return rows.map((row) => ({
      kind,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      name: row.name,
      bytes: row.bytes,
      problem: row.problem,
      facts: row.facts,
    }));
  });
}

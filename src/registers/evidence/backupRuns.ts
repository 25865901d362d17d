// What each base copy, drill and change of the archive's health came to.
import type { JsonValue } from "../../db/tables.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import type { Problem } from "../../values/problem.ts";
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
  /** What its sentence names: folders, files, numbers. Empty where it went well, and in runs of an older release. */
  problemFacts: Problem["facts"];
  /** Counts of a drill; of a base copy, that it went elsewhere than to the declared target. */
  facts: JsonValue | null;
};

const caller = () => systemCaller("backup");
const place = "measures";

/** Of a base copy and a drill there is an event too; the archive's health changes without anybody acting. */
export function writeBackupRun(
  gate: Gate,
  run: Omit<BackupRun, "problemFacts"> & Partial<Pick<BackupRun, "problemFacts">>,
): Promise<void> {
  const ask = { register: "evidence", verb: "collect", place, silent: run.kind === "archive" } as const;
  return gate.serving(caller(), ask, async (grant) => {
    const { kind, startedAt, finishedAt, name, bytes, problem } = run;
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
          facts: kept(run),
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
      ...told(row.facts),
    }));
  });
}

const KEY = "problemFacts";

/** One column for both. */
function kept({ facts, problemFacts = {} }: Parameters<typeof writeBackupRun>[1]): string | null {
  const counts = isRecord(facts) ? facts : {};
  const both = Object.keys(problemFacts).length === 0 ? counts : { ...counts, [KEY]: problemFacts };
  return Object.keys(both).length === 0 ? null : JSON.stringify(both);
}

function told(column: JsonValue | null): Pick<BackupRun, "facts" | "problemFacts"> {
  if (!isRecord(column)) return { facts: column, problemFacts: {} };
  const { [KEY]: of, ...counts } = column;
  const named = Object.entries(isRecord(of) ? of : {});
  return {
    facts: Object.keys(counts).length === 0 ? null : counts,
    problemFacts: Object.fromEntries(
      named.flatMap(([name, value]) => (typeof value === "string" || typeof value === "number" ? [[name, value]] : [])),
    ),
  };
}

const isRecord = (value: JsonValue | null | undefined): value is { [name: string]: JsonValue } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

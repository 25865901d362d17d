// What people have asked of their own data, how it was answered, and what was found where the program cannot look.
import type { Everything, Grant } from "../gate/gate.ts";
import { PAGE, pages } from "./pages.ts";
import type { OutFile, Spools } from "./spool.ts";
import { type About, openTable } from "./table.ts";

const COLUMNS = [
  ...["id", "subjectId", "inRegister", "right", "channel", "receivedOn", "dueOn", "words", "openedAt", "openedBy"],
  ...["identityMethod", "identifiedAt", "extensionReason", "packageAt", "erasedAt", "outcome", "refusalGround"],
  ...["complaintTold", "answeredOn", "closedAt", "tasks"],
] as const;

export async function* requests(all: Everything, spools: Spools): AsyncGenerator<OutFile, About> {
  const table = await openTable(spools, "requests", COLUMNS);
  const grant = all.of("requests");
  const after = (last: string | undefined) => {
    const query = grant.selectFrom("person_request").selectAll().orderBy("id").limit(PAGE);
    return (last === undefined ? query : query.where("id", ">", last)).execute();
  };
  for await (const some of pages<Awaited<ReturnType<typeof after>>[number]>((last) => after(last?.id))) {
    const words = await opened(
      grant,
      "requestWords",
      some.map((row) => ({ ...row, sealed: row.sealed_words })),
    );
    const tasks = await tasksOf(
      grant,
      some.map(({ id }) => id),
    );
    for (const row of some) {
      const record = {
        ...{ id: row.id, subjectId: row.subject_id, inRegister: row.in_register, right: row.asked_right },
        ...{ channel: row.channel, receivedOn: row.received_on, dueOn: row.due_on, words: words.get(row.id) ?? null },
        ...{ openedAt: row.opened_at.toISOString(), openedBy: row.opened_by, identityMethod: row.identity_method },
        ...{ identifiedAt: iso(row.identified_at), extensionReason: row.extension_reason },
        ...{ packageAt: iso(row.package_at), erasedAt: iso(row.erased_at), outcome: row.outcome },
        ...{ refusalGround: row.refusal_ground, complaintTold: row.complaint_told, answeredOn: row.answered_on },
        ...{ closedAt: iso(row.closed_at), tasks: tasks.get(row.id) ?? [] },
      };
      const cells = Object.values(record).map((value) =>
        typeof value === "string" || value === null
          ? value
          : typeof value === "boolean"
            ? String(value)
            : JSON.stringify(value),
      );
      await table.add({ cells, record });
    }
  }
  const { files, about } = await table.end();
  yield* files;
  return about;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

type Requests = Grant<"requests", "disclose">;

async function tasksOf(grant: Requests, ids: readonly string[]) {
  const rows = await grant
    .selectFrom("request_task")
    .selectAll()
    .where("request_id", "in", [...ids])
    .orderBy("made_at")
    .orderBy("id")
    .execute();
  const notes = await opened(
    grant,
    "requestFinding",
    rows.map((row) => ({ ...row, sealed: row.sealed_note })),
  );
  const told = rows.map(({ id, request_id, kind, place, found, done_at, done_by }) => ({
    request_id,
    task: { kind, place, found, note: notes.get(id) ?? null, doneAt: iso(done_at), doneBy: done_by },
  }));
  return new Map(
    [...Map.groupBy(told, ({ request_id }) => request_id)].map(([id, theirs]) => [id, theirs.map(({ task }) => task)]),
  );
}

type SealedRow = { id: string; subject_id: string; sealed: Buffer | null };

/** By the row's id; without those that hold nothing, or whose key is gone. */
async function opened(
  grant: Requests,
  category: string,
  rows: readonly SealedRow[],
): Promise<ReadonlyMap<string, string>> {
  const there = rows.flatMap(({ id: row, subject_id, sealed }) =>
    sealed === null ? [] : [{ category, row, subject_id, sealed }],
  );
  const values = await grant.open(there);
  return new Map(there.flatMap(({ row }, n): [string, string][] => (values[n] == null ? [] : [[row, values[n]]])));
}

// What a person is told of their own account, read from the log: it cannot be rewritten by whoever got in, and nothing more is kept for it.
import type { z } from "zod";
import type { Caller } from "../../../gate/caller.ts";
import type { Gate } from "../../../gate/gate.ts";
import { type Placed, placedAbout } from "../../../registers/evidence/atPlaces.ts";
import { CAME_IN, newsAt, newsPlaces, SEEN } from "../../../registers/staff/signIn/news.ts";
import type { readNews } from "./contract.ts";

/** Looked through at a time; a year of sign-ins. */
const MOST = 1000;
const SHOWN = 30;

/**
 * Unseen is what happened before the latest sign-in and was not seen by then. Seeing reaches back from the sign-in of the session that saw: whoever came in
 * on a stolen way cannot wave away the trace of their own coming, nor of what they did after it.
 */
export async function newsOf(gate: Gate, caller: Caller, id: string): Promise<z.input<typeof readNews.response>> {
  const ask = { register: "evidence", verb: "read", place: "staff", silent: true } as const;
  const rows = await gate.serving(caller, ask, (grant) => placedAbout(grant, id, [...newsPlaces, CAME_IN, SEEN], MOST));
  const own = ({ actor }: Placed) => actor === id;
  const cameIn = (before: number) => rows.find((row) => own(row) && row.place === CAME_IN && row.id < before)?.id ?? 0;
  const seen = rows.find((row) => own(row) && row.place === SEEN);
  const from = seen ? cameIn(seen.id) : 0;
  const until = cameIn(Number.POSITIVE_INFINITY);
  const items = rows.flatMap((row) => {
    const kind = newsAt(row.place);
    if (kind === undefined) return [];
    const by = own(row)
      ? ("self" as const)
      : row.actorKind === "system"
        ? ("program" as const)
        : ("colleague" as const);
    return [{ id: row.id, kind, at: row.at.toISOString(), by, unseen: row.id > from && row.id < until }];
  });
  return { items: items.filter(({ unseen }, n) => unseen || n < SHOWN) };
}

export const seen = (gate: Gate, caller: Caller, id: string): Promise<void> =>
  gate.serving(caller, { register: "staff", verb: "read", place: SEEN, subject: id }, async () => undefined);

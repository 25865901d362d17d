// The log's own acts on its own tables: a log that wrote itself down would never be done.
import type { Gate } from "../../../gate/gate.ts";
import { newId } from "../../../values/Uuid.ts";
import type { LogGrant } from "./store.ts";

export const asLog = <T>(gate: Gate, verb: "read" | "collect", work: (grant: LogGrant) => Promise<T>): Promise<T> =>
  gate.serving(
    { actor: { kind: "system", id: "system:log" }, requestId: newId() },
    { register: "evidence", verb, place: "measures", silent: true },
    work,
  );

/** Pieces of work one after another; one that fails does not stop the next. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

// The log's own acts on its own tables: a log that wrote itself down would never be done.
import { systemCaller } from "../../../gate/caller.ts";
import type { Gate } from "../../../gate/gate.ts";
import type { LogGrant } from "./store.ts";

export const asLog = <T>(gate: Gate, verb: "read" | "collect", work: (grant: LogGrant) => Promise<T>): Promise<T> =>
  gate.serving(systemCaller("log"), { register: "evidence", verb, place: "measures", silent: true }, work);

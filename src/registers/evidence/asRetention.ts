// Retention's own acts on the tables of the evidence: they are told by what they erase, not by an event each.
import { systemCaller } from "../../gate/caller.ts";
import type { Gate, WritingGrant } from "../../gate/gate.ts";

export const asRetention = <T>(
  gate: Gate,
  verb: "read" | "change" | "erase",
  work: (grant: WritingGrant<"evidence", "change">) => Promise<T>,
): Promise<T> =>
  gate.serving(systemCaller("retention"), { register: "evidence", verb, place: "retention", silent: true }, work);

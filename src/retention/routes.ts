import type { Serve } from "../api/serve.ts";
import type { Gate } from "../gate/gate.ts";
import { noteShown } from "../registers/evidence/approvals.ts";
import { confirmClock } from "../registers/evidence/clock.ts";
import { endPauses } from "../registers/evidence/pauses.ts";
import type { Names } from "../registers/names.ts";
import { parseDay } from "../values/Day.ts";
import { approveAsked, askApproval, asPerson, listApprovals } from "./approve.ts";
import * as contract from "./contract.ts";
import { previewRetention, runRetention } from "./run.ts";

export function retentionRoutes(serve: Serve, gate: Gate, names: Names): void {
  serve(contract.previewRetention, async (_, __, { caller }) => {
    const due = await previewRetention(gate);
    const rules = new Set(due.draws.map(({ rule }) => rule));
    // Only what a person has had before their eyes was shown, and only on a day that is believed.
    if (caller.actor.kind === "staff" && due.doubt === null)
      await noteShown(gate, caller, [...rules], parseDay(due.day));
    return due;
  });
  serve(contract.countDue, async () => {
    // A number is not what a person has had before their eyes.
    const { items, doubt, pause } = await previewRetention(gate);
    return { people: new Set(items.map(({ subjectId }) => subjectId)).size, doubt, pause };
  });
  serve(contract.runRetention, async (_, __, { caller }) => {
    // Each erasure is the program's own act; this event says who started the run.
    await gate.serving(caller, { register: "evidence", verb: "erase", place: "retention" }, async () => undefined);
    return runRetention(gate);
  });
  serve(contract.confirmClock, async (_, __, { caller }) => {
    await confirmClock(gate, asPerson(caller));
    return { clock: "ok" as const };
  });
  serve(contract.endPause, async (_, __, { caller }) => ({ ended: await endPauses(gate, asPerson(caller)) }));
  serve(contract.listApprovals, async (_, __, { caller }) => ({ items: await listApprovals(gate, caller, names) }));
  serve(contract.askApproval, async (_, { body }, { caller }) => ({
    id: await askApproval(gate, asPerson(caller), body.register),
  }));
  serve(contract.approve, async (_, { params }, { caller }) => ({
    validUntil: (await approveAsked(gate, caller, params.id)).toISOString(),
  }));
}

// The rest of a restore, through the gate and before the port opens: nobody who was erased comes back, and the log tells what was done.
import { systemCaller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import type { Owner } from "../gate/owned.ts";
import { linesSince, replayErasures } from "../registers/evidence/ledger.ts";
import { pauseRetention } from "../registers/evidence/pauses.ts";
import { closeAll } from "../registers/ownCard/sessions.ts";
import { withdrawInvitations } from "../registers/staff/invitationStore.ts";
import { endAllSessions } from "../registers/staff/sessionStore.ts";
import { eraseAgain } from "../retention/eraseAgain.ts";
import { passLostEpochs, unreadableValues } from "./lostKeys.ts";
import type { Reconciled } from "./reconcile.ts";

export type Finished = {
  /** People of whom something was erased again. */
  people: number;
  /** Entries of the ledger whose keys are surely gone. */
  keys: number;
  /** Values that cannot be opened although nobody has erased them, by register: their keys are younger than the keyring's copy. Empty where all is well. */
  unreadable: Partial<Record<Owner, number>>;
};

/** Erasures a day older than the newest thing in the database are carried out again too: the same twice changes nothing. */
const MARGIN_MS = 24 * 3600_000;

/**
 * Idempotent.
 * @throws what the gate throws; the mark then stays unfinished, and the register does not open
 */
export async function finishRestore(
  gate: Gate,
  { mark, databaseAt, leaves, uncertain, rows }: Reconciled,
): Promise<Finished> {
  await passLostEpochs(gate);
  let people = 0;
  for await (const lines of linesSince(gate, new Date(databaseAt.getTime() - MARGIN_MS)))
    people += await eraseAgain(gate, lines);
  const keys = await replayErasures(gate, { every: true });
  const unreadable = await unreadableValues(gate);
  // What is due may be due because of the time that was lost: a person looks first.
  await pauseRetention(gate, "restore");
  const caller = systemCaller("restore");
  // Whoever signed out, lost a device or had an invitation withdrawn in the lost time would be in again.
  await gate.serving(caller, { register: "staff", verb: "erase", place: "roles" }, async (grant) => {
    await endAllSessions(grant);
    await withdrawInvitations(grant);
  });
  await gate.serving(caller, { register: "ownCard", verb: "erase", place: "roles" }, closeAll);
  await gate.serving(caller, { register: "evidence", verb: "change", place: "measures" }, async (grant) => {
    await grant
      .update("restore_mark")
      .set({ finished_at: grant.at, counts: JSON.stringify({ people, keys, leaves, uncertain, rows, unreadable }) })
      .where("id", "=", mark)
      .execute();
  });
  return { people, keys, unreadable };
}

// What every database that came out of copies goes through before anybody reads it, whether it is to be the register or only a drill: the journal is put
// back, what was erased since is erased again, and the log is held against what was signed and what is known outside.
import { type Connection, connect } from "../db/connect.ts";
import { migrate } from "../db/migrate.ts";
import type { Gate } from "../gate/gate.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import type { Verdict } from "../registers/evidence/log/judge.ts";
import { BATCH, openSequencer } from "../registers/evidence/log/sequencer.ts";
import { Problem } from "../values/problem.ts";
import { type Finished, finishRestore } from "./finish.ts";
import { type Reconciled, type Restored, reconcile } from "./reconcile.ts";

/**
 * As the owner and before the register is opened: opening writes events, and one of them would take the id of an event that is to be put back. A schema of an
 * older release is brought up to date first, because the journal speaks the newer one's language. Throws as `reconcile` does.
 */
export async function journalBack(to: Connection, about: Restored): Promise<Reconciled> {
  const owner = connect(to, { max: 1 });
  try {
    await migrate(owner);
    return await reconcile(owner, about);
  } finally {
    await owner.destroy();
  }
}

/**
 * Erases again and verifies. `signed`: what was done now is signed too; a drill signs nothing, because two logs that one hand has signed would be a lie.
 * Throws `logBroken`, and what the gate throws.
 */
export async function carriedOut(
  gate: Gate,
  told: Reconciled,
  { anchors, signed }: { anchors: readonly string[]; signed: boolean },
): Promise<{ finished: Finished; verdict: Verdict }> {
  const finished = await finishRestore(gate, told);
  const log = evidenceLogOf(gate);
  if (signed) await log.checkpoint();
  else await sequenced(gate);
  const verdict = await log.verify(anchors);
  if (verdict.bad) throw new Problem("logBroken", 500, { index: verdict.bad.index });
  return { finished, verdict };
}

/** What was done takes its place in the tree, as in any register; only nobody says so. */
async function sequenced(gate: Gate): Promise<void> {
  const sequencer = openSequencer(gate);
  while ((await sequencer.step()) === BATCH);
}

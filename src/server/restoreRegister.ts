// A whole restore: copies back into a new data folder, what the journal knows put back, what was erased since erased again, the log verified; only
// then may the folder be opened. Until that moment it is marked, and whatever fails leaves nothing behind but the copies as they were.
import { type BringBack, bringBack } from "../backup/bringBack.ts";
import { type Finished, finishRestore } from "../backup/finish.ts";
import { journalFiles } from "../backup/journal/files.ts";
import { type Reconciled, reconcile } from "../backup/reconcile.ts";
import { findTarget } from "../backup/target.ts";
import { connect } from "../db/connect.ts";
import { migrate } from "../db/migrate.ts";
import { removeMark } from "../db/recoveryMark.ts";
import { startPostgres } from "../db/supervisor.ts";
import { evidenceLogOf } from "../registers/evidence/log/evidenceLog.ts";
import type { Clock } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { openRegister } from "./openRegister.ts";

export type RestoreRegister = BringBack & {
  readonly language: Language;
  readonly clock: Clock;
  /** Where the keyring asks for a passphrase. */
  readonly rootPassphraseFile?: string;
  /** Texts of anchors that were kept outside: the log is held against them. */
  readonly anchors?: readonly string[];
};

export type RestoreReport = Omit<Reconciled, "mark"> &
  Finished & {
    installation: string;
    base: string;
    /** The last moment that was in the database by itself. */
    until: Date;
    /** Entries of the evidence log, verified. */
    entries: number;
  };

/** Throws what `bringBack` and `reconcile` throw, and `logBroken` where the log does not fit what was signed. */
export async function restoreRegister(options: RestoreRegister): Promise<RestoreReport> {
  const { language, clock, rootPassphraseFile, anchors = [], ...bring } = options;
  const { to, log } = bring;
  const restored = await bringBack({ ...bring, ...(rootPassphraseFile !== undefined && { rootPassphraseFile }) });
  try {
    const { installation, base, until, unsealing } = restored;
    const { shelf } = await findTarget(bring.from, installation);
    const files = journalFiles(shelf, { unsealing });
    const target = bring.at ?? null;
    const told = await reconciled(options, { files, installation, base: base.name, target, at: clock.now() });
    const settings = {
      ...{ port: 0, publicPort: 0, host: "127.0.0.1", dataDir: to, description: "" },
      ...(rootPassphraseFile !== undefined && { rootPassphraseFile }),
    };
    const register = await openRegister(settings, { log, language, clock, standing: true, restoring: true });
    try {
      const finished = await finishRestore(register.gate, told);
      const evidence = evidenceLogOf(register.gate);
      await evidence.checkpoint();
      const verdict = await evidence.verify(anchors);
      if (verdict.bad) throw new Problem("logBroken", 500, { index: verdict.bad.index });
      const { mark: _, ...rest } = told;
      const report = { ...rest, ...finished, installation, base: base.name, until, entries: verdict.entries };
      await register.close();
      await removeMark(to);
      return report;
    } catch (error) {
      await register.close();
      throw error;
    }
  } catch (error) {
    await restored.discard();
    throw error;
  }
}

/** As the owner, alone in the database. A schema of an older release is brought up to date first: the journal speaks the newer one's language. */
async function reconciled(
  { to, log, settings = {} }: RestoreRegister,
  about: Parameters<typeof reconcile>[1],
): Promise<Reconciled> {
  const postgres = await startPostgres({ dataDir: to, log, settings, restoring: true });
  const owner = connect(postgres.owner, { max: 1 });
  try {
    await migrate(owner);
    return await reconcile(owner, about);
  } finally {
    await owner.destroy();
    await postgres.stop();
  }
}

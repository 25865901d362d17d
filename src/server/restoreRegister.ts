// A whole restore: copies back into a new data folder, what the journal knows put back, what was erased since erased again, the log verified; only
// then may the folder be opened. Until that moment it is marked, and whatever fails leaves nothing behind but the copies as they were.
import { join } from "node:path";
import { type BringBack, bringBack } from "../backup/bringBack.ts";
import { readDrillKey } from "../backup/drillKey.ts";
import type { Finished } from "../backup/finish.ts";
import { heldKeys } from "../backup/heldKeys.ts";
import { type JournalFiles, journalFiles } from "../backup/journal/files.ts";
import { newestKeyringAt } from "../backup/keyringCopy.ts";
import type { Reconciled } from "../backup/reconcile.ts";
import { carriedOut, journalBack } from "../backup/restored.ts";
import type { Unsealing } from "../backup/seal.ts";
import { findTarget } from "../backup/target.ts";
import { removeMark } from "../db/recoveryMark.ts";
import { startPostgres } from "../db/supervisor.ts";
import { openKeyring } from "../keys/keyring.ts";
import { passphraseFile } from "../keys/passphraseFile.ts";
import type { Clock } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { type OpenRegister, openRegister } from "./openRegister.ts";
import type { Settings } from "./settings.ts";

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
    const files = await journalOf(bring.from, installation, unsealing);
    const held = await heldKeys(join(to, "keyring"), rootPassphraseFile);
    const about = { files, installation, base: base.name, target: bring.at ?? null, at: clock.now(), held };
    const atLeast = await newestKeyringAt((await findTarget(bring.from, installation)).shelf);
    const told = await putBackIn({ dataDir: to, log }, { ...about, atLeast });
    const settings = {
      ...{ port: 0, publicPort: 0, host: "127.0.0.1", dataDir: to, description: "" },
      ...(rootPassphraseFile !== undefined && { rootPassphraseFile }),
    };
    const register = await openRegister(settings, { log, language, clock, standing: true, restoring: true });
    const finished = await throughGate(register, told, anchors);
    await removeMark(to);
    return { ...finished, base: base.name, until };
  } catch (error) {
    await restored.discard();
    throw error;
  }
}

type Replay = { log: (line: string) => void; language: Language; clock: Clock; anchors?: readonly string[] };

/**
 * The same for a database that the operator's own tool has brought back to an earlier time, with the keyring that lived on and the journal of BACKUP_DIR.
 * Throws `backupNoTarget` and `settings.missing` besides.
 */
export async function replayRegister(settings: Settings, { log, language, clock, anchors = [] }: Replay) {
  const { backup, database } = settings;
  if (!backup) throw new Problem("backupNoTarget", 409);
  if (!database) throw new Problem("settings.missing", 500, { name: "DATABASE_URL", because: "--database-restored" });
  const unsealing = await unsealingOf(settings);
  const { installation } = unsealing;
  const files = await journalOf(backup.dir, installation, unsealing);
  const held = await heldKeys(join(settings.dataDir, "keyring"), settings.rootPassphraseFile);
  const about = { files, installation, base: "database", target: null, at: clock.now(), held };
  const told = await journalBack({ url: database.ownerUrl }, about);
  const register = await openRegister(settings, { log, language, clock, standing: true, restoring: true });
  return throughGate(register, told, anchors);
}

/** The keyring is open no longer than to ask it whose copies are to be believed. */
async function unsealingOf({ dataDir, rootPassphraseFile }: Settings): Promise<Unsealing> {
  const folder = join(dataDir, "keyring");
  const drill = await readDrillKey(folder);
  const keys = await openKeyring({ folder, mode: "existing", passphrase: passphraseFile(rootPassphraseFile) });
  const { installation } = keys;
  const trusted = keys.signers().map(({ publicKey }) => publicKey);
  await keys.close();
  return { installation, identities: drill ? [drill.identity] : [], trusted };
}

async function journalOf(from: string, installation: string, unsealing: Unsealing): Promise<JournalFiles> {
  return journalFiles((await findTarget(from, installation)).shelf, { unsealing });
}

/** Erases again, verifies, and closes the register whatever comes of it. */
async function throughGate(register: OpenRegister, told: Reconciled, anchors: readonly string[]) {
  const { gate } = register;
  try {
    const { finished, verdict } = await carriedOut(gate, told, { anchors, signed: true });
    const { mark: _, ...rest } = told;
    return { ...rest, ...finished, installation: gate.keys.installation, entries: verdict.entries };
  } finally {
    await register.close();
  }
}

/** On a server of its own, which nobody else can reach. */
async function putBackIn(
  place: { dataDir: string; log: (line: string) => void },
  about: Parameters<typeof journalBack>[1],
): Promise<Reconciled> {
  const postgres = await startPostgres({ ...place, restoring: true });
  try {
    return await journalBack(postgres.owner, about);
  } finally {
    await postgres.stop();
  }
}

// Settings in, an open register out: database, keyring, description in force, gate. The server and the commands that run without one begin here.
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Backup, openBackup } from "../backup/backup.ts";
import { type Drill, openDrill } from "../backup/drill.ts";
import { type Connection, connect, connectAll, type Databases, disconnect } from "../db/connect.ts";
import { installationBefore, installationOf, latestDescription, setInstallation } from "../db/installation.ts";
import { migrate } from "../db/migrate.ts";
import { restoreUnfinished } from "../db/putBack.ts";
import { type Postgres, startPostgres } from "../db/supervisor.ts";
import { check } from "../description/check.ts";
import { expectHelper } from "../description/helperFor.ts";
import type { InForce } from "../description/inForce.ts";
import { LIMITS, parse } from "../description/parse.ts";
import { say } from "../description/say.ts";
import { type Gate, openGate } from "../gate/gate.ts";
import { errorCode } from "../keys/errorCode.ts";
import { KeyringFault } from "../keys/fault.ts";
import { openKeyring } from "../keys/keyring.ts";
import type { Keys } from "../keys/keys.ts";
import { passphraseFile } from "../keys/passphraseFile.ts";
import { retireOpen } from "../registers/evidence/ledger.ts";
import { refuseBehind } from "../registers/evidence/log/lastKnown.ts";
import { type Candidate, candidateOf } from "../registers/evidence/versions.ts";
import { type Clock, systemClock } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { settleAll, startUnder, staysBehind } from "../versions/putInForce.ts";
import { refuseMoved } from "./moved.ts";
import type { Settings } from "./settings.ts";
import { VERSION } from "./version.ts";

export type OpenRegister = {
  gate: Gate;
  keys: Keys;
  databases: Databases;
  inForce: () => InForce;
  /** What comes after is under this description; the caller has written it down. */
  takeForce: (force: InForce) => void;
  /** The two roles are really two; `doctor` says it. */
  ownerConnection: Connection;
  backup: Backup;
  drill: Drill;
  /** The embedded PostgreSQL; null where the database is the operator's own. */
  postgres: Postgres | null;
  close: () => Promise<void>;
};

/** `standing`: open under the version in force, whatever the file says; the file is read only where there is none yet. */
export type OpenOptions = {
  log: (line: string) => void;
  language: Language;
  clock?: Clock;
  standing?: boolean;
  /** Only a restore opens what it has not finished. */
  restoring?: boolean;
};

/** Everything or nothing: whatever fails, what was opened is closed again in reverse, and one `Problem` says why. */
export async function openRegister(settings: Settings, options: OpenOptions): Promise<OpenRegister> {
  const { log, language, clock = systemClock, standing = false, restoring = false } = options;
  await refuseMoved(settings.dataDir);
  // Read first: a faulty description is told before anything is started.
  const candidate = standing ? null : await readDescription(settings.description, language, clock);
  if (candidate) expectHelpers(candidate.force.description, settings);
  await using opened = new AsyncDisposableStack();

  const { owner, app, postgres } = await database(settings, { log, restoring }, opened);
  const asOwner = connect(owner, { max: 1 });
  opened.defer(() => asOwner.destroy());
  // Whether a database in use has its keyring is known before its tables change: a start that is refused leaves them to the version before.
  const before = await installationBefore(asOwner);
  const known = before === null ? null : await keyringOf(settings, before);
  if (known) opened.defer(() => known.close());
  const ran = await migrate(asOwner);
  if (ran.length > 0) log(`Migrated: ${ran.join(", ")}`);
  if (!restoring && (await restoreUnfinished(asOwner))) throw new Problem("restoreUnfinished", 500);

  const keys = known ?? (await keyringOf(settings, await installationOf(asOwner)));
  if (!known) opened.defer(() => keys.close());
  if ((await installationOf(asOwner)) === null) await setInstallation(asOwner, keys.installation, clock.now());

  const databases = connectAll(app);
  opened.defer(() => disconnect(databases));
  const read = async () => candidate ?? readDescription(settings.description, language, clock);
  const stored = await latestDescription(databases.read);
  // null too where this program no longer reads the language of the version before.
  const now = stored && candidateOf(stored.text, basename(settings.description), stored.since);
  let force = (now ?? (await read())).force;
  const gate = openGate({ databases, keys, clock, inForce: () => force });
  if (!restoring) await refuseBehind(gate, settings.dataDir);
  await retireOpen(gate);
  if (!standing || !now) {
    // Until it is found that nobody loses anything by it, the version before decides.
    const next = await read();
    if (now && (await staysBehind(gate, next))) {
      log(
        `Version ${force.description.version} of the description, changed at the screen, stays in force; the file has an older one`,
      );
      expectHelpers(force.description, settings);
    } else {
      const inForceAt = await startUnder(gate, next);
      force = { ...next.force, inForceAt };
    }
  }
  // Nothing goes to a place that the description in force does not know.
  const to = settings.backup ?? null;
  if (to !== null) expectHelper(force.description, to.system, "backup");
  // What a crash left between two versions.
  await settleAll(gate);

  const { dataDir, anchor } = settings;
  const backup = openBackup({ gate, db: databases.read, physical: postgres, to, dataDir, version: VERSION });
  const all = opened.move();
  return {
    gate,
    keys,
    databases,
    inForce: () => force,
    takeForce: (next) => {
      force = next;
    },
    ownerConnection: owner,
    backup,
    drill: openDrill({
      ...{ gate, db: databases.read, backup, physical: postgres, dataDir },
      ...(anchor && { anchorDir: anchor.dir }),
    }),
    postgres,
    close: () => all.disposeAsync(),
  };
}

/** Before anything is made. Throws as `expectHelper` does. */
export function expectHelpers(d: InForce["description"], { backup, anchor, mail, oidc }: Settings): void {
  if (backup) expectHelper(d, backup.system, "backup");
  if (anchor) expectHelper(d, anchor.system, "anchor");
  if (mail) expectHelper(d, mail.system, "relay");
  if (oidc) expectHelper(d, oidc.system, "signIn");
}

/** Reads and checks a description file. Throws `descriptionUnreadable` and `descriptionFaulty`, naming the first fault. */
export async function readDescription(file: string, language: Language, clock: Clock): Promise<Candidate> {
  return checked(await textOf(file), file, language, clock.now());
}

/** A text as a candidate. Throws `descriptionFaulty`, naming the first fault. */
export function checked(text: string, file: string, language: Language, at: Date): Candidate {
  const parsed = parse(text);
  const fault = check(parsed).find(({ severity }) => severity === "error");
  const candidate = candidateOf(text, basename(file), at);
  if (fault || !candidate) {
    const { message } = fault ? say(fault, language) : { message: "" };
    const place = `${basename(file)}:${fault?.line ?? 1}:${fault?.col ?? 1}`;
    throw new Problem("descriptionFaulty", 500, { file, place, message });
  }
  return candidate;
}

export async function textOf(file: string): Promise<string> {
  try {
    // One byte more than the limit is enough to be refused as too large.
    if ((await stat(file)).size > LIMITS.bytes) return " ".repeat(LIMITS.bytes + 1);
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Problem("descriptionUnreadable", 500, { file, reason: errorCode(error) ?? "unknown" });
  }
}

async function database(
  settings: Settings,
  { log, restoring }: { log: (line: string) => void; restoring: boolean },
  opened: AsyncDisposableStack,
) {
  const { dataDir, database, backup } = settings;
  if (database) return { owner: { url: database.ownerUrl }, app: { url: database.appUrl }, postgres: null };
  const postgres = await startPostgres({ dataDir, log, restoring, archive: backup !== undefined });
  opened.defer(() => postgres.stop());
  return { owner: postgres.owner, app: postgres.app, postgres };
}

/** A database that has been in use takes only its own keyring; a new one may get a new keyring. */
async function keyringOf(settings: Settings, installation: string | null): Promise<Keys> {
  const folder = join(settings.dataDir, "keyring");
  const passphrase = passphraseFile(settings.rootPassphraseFile);
  // Not even its folder is made where a keyring should be and is not.
  if (installation !== null && !existsSync(folder)) throw new Problem("keyringMissing", 500, { folder });
  const mode = installation === null ? "create" : "existing";
  const keys = await openKeyring({ folder, mode, passphrase }).catch((error) => {
    throw keyringProblem(error, folder);
  });
  if (installation === null || installation === keys.installation) return keys;
  await keys.close();
  throw new Problem("keyringForeign", 500, { folder });
}

function keyringProblem(error: unknown, folder: string): unknown {
  if (!(error instanceof KeyringFault)) return error;
  if (error.code === "missing" || error.code === "rootMissing") return new Problem("keyringMissing", 500, { folder });
  if (error.code === "foreign") return new Problem("keyringForeign", 500, { folder });
  if (error.code === "passphraseMissing" || error.code === "passphraseWrong")
    return new Problem(`keyring.${error.code}`, 500, { name: "ROOT_PASSPHRASE_FILE" });
  if (error.code === "locked") return new Problem("keyringLocked", 500, { folder });
  if (error.code === "diskFull") return new Problem("diskFull", 500, { folder });
  return new Problem("keyringBroken", 500, { folder, reason: error.message });
}

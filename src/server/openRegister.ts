// Settings in, an open register out: database, keyring, description in force, gate. The server and the commands that run without one begin here.
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Connection, connect, connectAll, type Databases, disconnect } from "../db/connect.ts";
import { installationOf, setInstallation } from "../db/installation.ts";
import { migrate } from "../db/migrate.ts";
import { startPostgres } from "../db/supervisor.ts";
import { check } from "../description/check.ts";
import type { InForce } from "../description/inForce.ts";
import { LIMITS, parse } from "../description/parse.ts";
import { say } from "../description/say.ts";
import { type Gate, openGate } from "../gate/gate.ts";
import { KeyringFault } from "../keys/fault.ts";
import { openKeyring } from "../keys/keyring.ts";
import type { Keys } from "../keys/keys.ts";
import { type Candidate, candidateOf, putInForce } from "../registers/evidence/versions.ts";
import { type Clock, systemClock } from "../values/Day.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import type { Settings } from "./settings.ts";

export type OpenRegister = {
  gate: Gate;
  keys: Keys;
  databases: Databases;
  inForce: () => InForce;
  /** What comes after is under this description; the caller has written it down. */
  takeForce: (force: InForce) => void;
  /** The two roles are really two; `doctor` says it. */
  ownerConnection: Connection;
  close: () => Promise<void>;
};

export type OpenOptions = { log: (line: string) => void; language: Language; clock?: Clock };

/** Everything or nothing: whatever fails, what was opened is closed again in reverse, and one `Problem` says why. */
export async function openRegister(settings: Settings, options: OpenOptions): Promise<OpenRegister> {
  const { log, language, clock = systemClock } = options;
  // Read first: a faulty description is told before anything is started.
  const candidate = await readDescription(settings.description, language, clock);
  await using opened = new AsyncDisposableStack();

  const { owner, app } = await database(settings, log, opened);
  const asOwner = connect(owner, { max: 1 });
  opened.defer(() => asOwner.destroy());
  const ran = await migrate(asOwner);
  if (ran.length > 0) log(`Migrated: ${ran.join(", ")}`);

  const keys = await keyringOf(settings.dataDir, await installationOf(asOwner));
  opened.defer(() => keys.close());
  if ((await installationOf(asOwner)) === null) await setInstallation(asOwner, keys.installation, clock.now());

  const databases = connectAll(app);
  opened.defer(() => disconnect(databases));
  let force = candidate.force;
  const gate = openGate({ databases, keys, clock, inForce: () => force });
  const caller = { actor: { kind: "system", id: "system:start" } as const, requestId: newId() };
  const since = await gate.serving(
    caller,
    { register: "evidence", verb: "change", place: "version", silent: true },
    (grant) => putInForce(grant, candidate, caller.actor.id),
  );
  force = { ...force, inForceAt: since };

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
    close: () => all.disposeAsync(),
  };
}

/** Reads and checks a description file. Throws `descriptionUnreadable` and `descriptionFaulty`, naming the first fault. */
export async function readDescription(file: string, language: Language, clock: Clock): Promise<Candidate> {
  const text = await textOf(file);
  const parsed = parse(text);
  const fault = check(parsed).find(({ severity }) => severity === "error");
  const candidate = candidateOf(text, basename(file), clock.now());
  if (fault || !candidate) {
    const { message } = fault ? say(fault, language) : { message: "" };
    const place = `${basename(file)}:${fault?.line ?? 1}:${fault?.col ?? 1}`;
    throw new Problem("descriptionFaulty", 500, { file, place, message });
  }
  return candidate;
}

async function textOf(file: string): Promise<string> {
  try {
    // One byte more than the limit is enough to be refused as too large.
    if ((await stat(file)).size > LIMITS.bytes) return " ".repeat(LIMITS.bytes + 1);
    return await readFile(file, "utf8");
  } catch (error) {
    throw new Problem("descriptionUnreadable", 500, { file, reason: codeOf(error) });
  }
}

async function database({ dataDir, database }: Settings, log: (line: string) => void, opened: AsyncDisposableStack) {
  if (database) return { owner: { url: database.ownerUrl }, app: { url: database.appUrl } };
  const postgres = await startPostgres({ dataDir, log });
  opened.defer(() => postgres.stop());
  return { owner: postgres.owner, app: postgres.app };
}

/** A database that has been in use takes only its own keyring; a new one may get a new keyring. */
async function keyringOf(dataDir: string, installation: string | null): Promise<Keys> {
  const folder = join(dataDir, "keyring");
  // Not even its folder is made where a keyring should be and is not.
  if (installation !== null && !existsSync(folder)) throw new Problem("keyringMissing", 500, { folder });
  const keys = await openKeyring({ folder, mode: installation === null ? "create" : "existing" }).catch((error) => {
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
  if (error.code === "locked") return new Problem("keyringLocked", 500, { folder });
  if (error.code === "diskFull") return new Problem("diskFull", 500, { folder });
  return new Problem("keyringBroken", 500, { folder, reason: error.message });
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";

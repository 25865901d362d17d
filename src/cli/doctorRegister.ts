// The doctor's part that asks the register itself: of the server that holds it, or opened and closed again.
import { connect } from "../db/connect.ts";
import { doctorOf, type Schema } from "../db/examine.ts";
import { OWNED } from "../gate/owned.ts";
import { errorCode } from "../keys/errorCode.ts";
import type { Settings } from "../server/settings.ts";
import { anchored, backups, drilled } from "./doctorCopies.ts";
import type { Examined } from "./examineCommands.ts";
import { type Finding, good, look } from "./finding.ts";
import { askServer } from "./local.ts";
import { runOnRegister } from "./withRegister.ts";

/**
 * A server that holds the register is asked over its socket, whatever its address; one whose socket is another account's by its health. Where
 * none answers the register is opened and closed again.
 */
export async function running(settings: Settings): Promise<Finding[]> {
  const asked = await askServer(settings.dataDir, "examine", undefined).catch((error) => {
    // Another account's socket.
    if (["EACCES", "EPERM"].includes(errorCode(error) ?? "")) return null;
    throw error;
  });
  if (asked) return [good("server"), ...told(asked.answer)];
  const version = await askHealth(settings);
  if (version !== null) return [good("server.version", { version }), ...(await given(settings))];
  return told(await runOnRegister("examine", undefined));
}

const told = (examined: Examined): Finding[] => {
  const { keys, destroyed, version, schema: tables, paperConfirmed, backup, drill, anchoredAt } = examined;
  return [
    good("keyring", { keys, destroyed }),
    paperConfirmed ? good("paper") : look("paper.waits"),
    good("inForce", { version }),
    ...schema(tables),
    ...backups(backup),
    ...drilled(drill, backup.target?.dir ?? ""),
    anchored(anchoredAt, Date.now()),
  ];
};

async function askHealth({ host, port }: Settings): Promise<string | null> {
  try {
    const answer = await fetch(`http://${host}:${port}/health`, { signal: AbortSignal.timeout(2000) });
    const body: unknown = await answer.json();
    return typeof body === "object" && body !== null && "version" in body ? String(body.version) : null;
  } catch {
    return null;
  }
}

async function given({ database }: Settings): Promise<Finding[]> {
  if (!database) return [];
  const db = connect({ url: database.appUrl }, { max: 1, readOnly: true });
  try {
    return schema(await doctorOf(db, { url: database.ownerUrl }));
  } finally {
    await db.destroy();
  }
}

const LEAST_MAJOR = 16;
const MOST_SECONDS = 5;

function schema({ roles, tables, clockSeconds, major }: Schema): Finding[] {
  const owned = new Set<string>(Object.values(OWNED).flat());
  const stray = tables.filter((table) => !owned.has(table) && table !== "migration");
  const lacking = [...owned].filter((table) => !tables.includes(table));
  return [
    major >= LEAST_MAJOR ? good("postgres", { major: String(major) }) : look("postgres.old", { major: String(major) }),
    roles.owner === roles.app ? look("roles.one", { app: roles.app }) : good("roles", roles),
    stray.length + lacking.length === 0
      ? good("tables", { tables: tables.length })
      : look("tables.wrong", { stray: stray.length, lacking: lacking.length }),
    Math.abs(clockSeconds) < MOST_SECONDS ? good("clock") : look("clock.off", { seconds: Math.round(clockSeconds) }),
  ];
}

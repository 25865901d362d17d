// A register that carries its copies away, for the faults that strike meanwhile; and whether what stands there counts and is whole.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openedCopies } from "../e2e/byteScan/opened.ts";
import { ownersIdentity } from "../e2e/byteScan/owner.ts";
import { Acknowledged } from "./acknowledged.ts";
import { type Aftermath, look } from "./aftermath.ts";
import { backupsTo, beginRestore, type Sheet, SYSTEMS, sheetOf } from "./backups.ts";
import { inTemporaryFolder, makeToken, type Register, startRegister } from "./register.ts";

export type Copying = {
  readonly folder: string;
  readonly dataDir: string;
  /** BACKUP_DIR. */
  readonly copies: string;
  readonly env: Readonly<Record<string, string>>;
  readonly token: string;
  readonly sheet: Sheet;
  readonly acknowledged: Acknowledged;
  /** The register as it runs now. */
  readonly register: () => Register;
  readonly start: () => Promise<void>;
  /** SIGKILL, and up again. */
  readonly killAndStart: () => Promise<void>;
};

const SYSTEM = SYSTEMS["descriptions/walttia.yaml"];

export async function withCopies<T>(work: (copying: Copying) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    const [dataDir, copies] = [join(folder, "data"), join(folder, "copies")];
    await mkdir(dataDir, { mode: 0o711 });
    await mkdir(copies);
    const env = backupsTo(copies, SYSTEM);
    let register = await startRegister({ dataDir, env });
    const start = async () => {
      register = await startRegister({ dataDir, env });
    };
    try {
      return await work({
        ...{ folder, dataDir, copies, env, start, acknowledged: new Acknowledged() },
        token: await makeToken(dataDir, "administration"),
        sheet: await sheetOf({ dataDir }),
        register: () => register,
        killAndStart: async () => {
          await register.kill();
          await start();
        },
      });
    } finally {
      await register.stop();
    }
  });
}

/** Copies that count and are not whole. Throws where one does not open with the owner's key at all. */
export async function brokenCopies({ copies, dataDir }: Copying): Promise<{ broken: number; whole: number }> {
  const told = { broken: 0, whole: 0 };
  for (const installation of readdirSync(copies))
    for (const name of readdirSync(join(copies, installation, "base"))) {
      const base = join(copies, installation, "base", name);
      // Without its manifest a copy is a half one, and nobody takes it for another.
      if (!existsSync(join(base, "manifest.json"))) continue;
      const { manifest } = JSON.parse(readFileSync(join(base, "manifest.json"), "utf8")) as Signed;
      const { sealed } = manifest;
      const bytes = readFileSync(join(base, "files.age"));
      const isWhole =
        bytes.length === sealed.bytes && createHash("sha256").update(bytes).digest("hex") === sealed.sha256;
      told[isWhole ? "whole" : "broken"] += 1;
    }
  for await (const { name, bytes } of openedCopies(copies, await ownersIdentity(dataDir)))
    if (name.includes("/wal/") && !name.includes(".history") && bytes.length % (1024 * 1024) !== 0) told.broken += 1;
  return told;
}

type Signed = { manifest: { sealed: { bytes: number; sha256: string } } };

/** Restores all that was shipped to another folder, looks for everything acknowledged, and stops. */
export async function lookAtRestored(copying: Copying, name = "restored"): Promise<Aftermath> {
  const { folder, copies, sheet, token, acknowledged } = copying;
  const to = join(folder, name);
  const { code, said } = await beginRestore({ from: copies, to, sheet }).finished;
  if (code !== 0) throw new Error(`the restore failed: ${said}`);
  const restored = await startRegister({ dataDir: to });
  try {
    return await look({ url: restored.url, token, acknowledged }, acknowledged.all());
  } finally {
    await restored.stop();
  }
}

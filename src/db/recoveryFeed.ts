// Handing segments to a recovering PostgreSQL one by one: it asks by a file, we answer by a file. Only a few segments stand in the clear at a time.
import { existsSync } from "node:fs";
import { readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** `open`: the bytes of a segment or history, or null where the log ends; it throws where the log should go on and does not. `after`: the next one, to have it ready. */
export type WalSource = {
  open(name: string): Promise<Uint8Array | null>;
  after(name: string): string | null;
};

const ahead = 4;
const askEveryMs = 15;

/**
 * Run in the cluster's folder, so that no path of ours stands in it. Above 128 PostgreSQL gives up instead of taking the end of what it has for the end of
 * the log; after five minutes without an answer nobody is here any more.
 */
export const FETCH_COMMAND = [
  "n=../fetch/%f",
  'if [ ! -f "$n.here" ]; then : > "$n.want"; t=0; while [ -f "$n.want" ]; do sleep 0.05; t=$((t+1)); [ $t -lt 6000 ] || exit 200; done; fi',
  '[ ! -f ../fetch/failed ] || exit 200; [ -f "$n.here" ] && mv "$n.here" "%p"',
].join("; ");

export type Feed = {
  /** What `open` threw; the recovery has ended by it. */
  failed(): unknown;
  stop(): Promise<void>;
};

/** `give`: hands a file to PostgreSQL's account. */
export function feedWal(folder: string, source: WalSource, give: (path: string) => Promise<void>): Feed {
  let stopping = false;
  let failed: unknown;
  const put = async (name: string): Promise<boolean> => {
    const path = join(folder, `${name}.here`);
    if (existsSync(path)) return true;
    const bytes = await source.open(name);
    if (bytes === null) return false;
    await writeFile(`${path}.new`, bytes, { mode: 0o600 });
    await give(`${path}.new`);
    await rename(`${path}.new`, path);
    return true;
  };
  const answer = async (name: string) => {
    try {
      await put(name);
    } catch (error) {
      failed ??= error;
      await writeFile(join(folder, "failed"), "", { mode: 0o644 });
    }
    await rm(join(folder, `${name}.want`), { force: true });
  };
  /** A fault in what nobody has asked for yet is told when it is asked for. */
  const prepare = async (name: string) => {
    let next = source.after(name);
    for (let n = 0; n < ahead && next !== null && !stopping; n++) {
      if (!(await put(next).catch(() => false))) return;
      next = source.after(next);
    }
  };
  const running = (async () => {
    while (!stopping) {
      const names = (await readdir(folder)).filter((name) => name.endsWith(".want")).map((name) => name.slice(0, -5));
      for (const name of names) {
        await answer(name);
        await prepare(name);
      }
      if (names.length === 0) await pause(askEveryMs);
    }
  })().catch((error) => {
    failed ??= error;
  });
  return {
    failed: () => failed,
    stop: async () => {
      stopping = true;
      await running;
    },
  };
}

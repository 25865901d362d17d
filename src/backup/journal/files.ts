// Segments as files of the target: sealed to those who may open it, signed, whole or not there.
import { dirname } from "node:path";
import { type Sealing, seal, type Unsealing, unseal } from "../seal.ts";
import { makeFolders, putWhole, type Shelf } from "../shelf.ts";

export type JournalFiles = {
  /** Durable when it resolves. */
  write(path: string, lines: readonly string[], at: Date): Promise<void>;
  /** Paths of segments, sorted. */
  list(): Promise<string[]>;
  /** Throws `backupWrongKey`, `backupForged` and `backupDamaged`. */
  lines(path: string): Promise<string[]>;
};

const FOLDER = "journal";
const SEGMENT = /^\d{6}\.jsonl\.gz\.age$/;

export const chapterName = (at: Date): string => at.toISOString().replaceAll(/[-:.]/g, "");
/** null where it is no chapter's name. */
export function chapterDate(name: string): Date | null {
  const at = name.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, "$1-$2-$3T$4:$5:$6.$7Z");
  return at === name ? null : new Date(at);
}
export const segmentPath = (chapter: string, number: number): string =>
  `${FOLDER}/${chapter}/${String(number).padStart(6, "0")}.jsonl.gz.age`;

export const journalFiles = (
  shelf: Shelf,
  by: { sealing?: () => Promise<Sealing>; unsealing: Unsealing },
): JournalFiles => ({
  write: async (path, lines, at) => {
    if (!by.sealing) throw new Error("this journal is for reading");
    await makeFolders(shelf, dirname(path));
    await putWhole(shelf, path, await seal(Buffer.from(`${lines.join("\n")}\n`), path, at, await by.sealing()));
  },
  list: async () => {
    const paths: string[] = [];
    for (const chapter of await shelf.list(FOLDER))
      for (const name of await shelf.list(`${FOLDER}/${chapter}`))
        if (SEGMENT.test(name)) paths.push(`${FOLDER}/${chapter}/${name}`);
    return paths;
  },
  lines: async (path) => {
    const sealed = await shelf.read(path);
    if (!sealed) return [];
    return (await unseal(sealed, path, by.unsealing)).plain.toString("utf8").trimEnd().split("\n");
  },
});

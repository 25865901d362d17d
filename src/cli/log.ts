// `npx tietovirta log export FOLDER [--subject ID] | verify [--anchor FILE …] | checkpoint`
import { mkdir, open, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { errorCode } from "../keys/errorCode.ts";
import { parseNotes } from "../keys/note.ts";
import { Problem } from "../values/problem.ts";
import { manyOnRegister, type Run } from "./manyOnRegister.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { cliWords } from "./words.ts";

const USAGE = "tietovirta log export FOLDER [--subject ID] | log verify [--anchor FILE …] | log checkpoint";
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Exit code 1 where the log is not what was signed or is known outside. */
export const logCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { subject: { type: "string" }, anchor: { type: "string", multiple: true } },
    });
    const [what, folder, ...more] = positionals;
    if (more.length > 0) throw new UsageFault();
    if (what === "export" && folder !== undefined && !values.anchor)
      return manyOnRegister((run) => exportTo(run, folder, values.subject));
    if (folder !== undefined || values.subject !== undefined) throw new UsageFault();
    if (what === "verify") return verify(values.anchor ?? []);
    if (what === "checkpoint" && !values.anchor)
      return manyOnRegister(async (run) => {
        const { size, note, line } = await run("log checkpoint", undefined);
        process.stdout.write(note);
        // The line stands alone, so that it can be copied.
        process.stderr.write(`${cliWords(personsLanguage())("log.checkpoint", { entries: size })}\n${line}\n`);
        return 0;
      });
    throw new UsageFault();
  });

/** As scripts/verify.mjs reads it. This process writes: the server may not be allowed where the caller is. */
async function exportTo(run: Run, folder: string, subject: string | undefined): Promise<number> {
  const words = cliWords(personsLanguage());
  const file = await emptyFolder(folder);
  const { size } = await run("log checkpoint", undefined);
  const entries = await open(join(file, "entries.jsonl"), "wx");
  try {
    for (let from = 0; from < size; ) {
      const { lines, next } = await run("log entries", {
        from,
        end: size,
        ...(subject === undefined ? {} : { subject }),
      });
      if (next === from) throw new Problem("logBroken", 500, { index: from });
      await entries.writeFile(lines.map((line) => `${line}\n`).join(""));
      from = next;
    }
  } finally {
    await entries.close();
  }
  const checkpoints = await open(join(file, "checkpoints.txt"), "wx");
  try {
    for (let after: number | null = 0; after !== null; ) {
      const { notes, last }: { notes: string[]; last: number | null } = await run("log checkpoints", { after });
      // What was signed while this was written is of entries that are not in it.
      const here = notes.filter((note) => Number(note.split("\n")[1]) <= size);
      await checkpoints.writeFile(here.map((note) => `${note}\n`).join(""));
      after = last;
    }
  } finally {
    await checkpoints.close();
  }
  const keys = await run("log keys", undefined);
  await writeFile(join(file, "key.txt"), keys.map((key) => `${key}\n`).join(""), { flag: "wx" });
  say(words("log.exported", { entries: size, folder }));
  say(words(subject === undefined ? "log.verifyIt" : "log.verifyExtract", { folder }));
  return 0;
}

async function emptyFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) throw new Problem("folderNotEmpty", 409, { folder });
    return folder;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("dataFolder", 500, { folder, reason: errorCode(error) ?? "unknown" });
  }
}

async function verify(files: readonly string[]): Promise<number> {
  const words = cliWords(personsLanguage());
  const texts: string[] = [];
  for (const file of files)
    texts.push(
      await readFile(file, "utf8").catch((error) => {
        throw new Problem("fileUnreadable", 500, { file, reason: errorCode(error) ?? "unknown" });
      }),
    );
  const told = await manyOnRegister((run) => run("log verify", { anchors: texts.flatMap(newestOf) }));
  const { entries, checkpoints, anchors, bad } = told;
  if (bad === null) say(words("log.good", { entries, checkpoints, anchors }));
  else say(words(`log.bad.${bad.what}`, { index: bad.index, until: bad.until ?? bad.index }));
  if (anchors === 0) say(words("log.noAnchor"));
  return bad === null ? 0 : 1;
}

const MOST_NOTES = 500;

/** A year of anchors is more than one question holds; the newest ones cover what the older ones did. */
function newestOf(text: string): string[] {
  try {
    const notes = parseNotes(text);
    if (notes.length <= MOST_NOTES) return [text];
    const starts = text.split(/\n\n(?=tietovirta\/)/);
    return starts.slice(-MOST_NOTES).map((note) => `${note}\n`);
  } catch {
    return [text];
  }
}

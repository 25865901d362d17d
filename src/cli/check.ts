// `npx tietovirta check FILE`: what is wrong in a description, where, and the way out. Needs neither database nor keys.
import { open as openFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { check, hasErrors, ready } from "../description/check.ts";
import { type Finding, LIMITS, parse } from "../description/parse.ts";
import { checkWords, say } from "../description/say.ts";
import { isLanguage, type Language } from "../values/Language.ts";

/** Exit code 0 when the description can be put in force, 1 when it cannot, cannot be read, or was not named. */
export async function checkCommand(args: readonly string[]): Promise<number> {
  const { file, json, language } = readArgs(args);
  const words = checkWords(language);
  const fail = (line: string): number => {
    process.stderr.write(`${line}\n`);
    return 1;
  };
  if (file === undefined) return fail(words("cli.usage"));
  const text = await readText(file);
  if ("reason" in text) return fail(words("cli.unreadable", { file, reason: text.reason }));

  const parsed = parse(text.text);
  const findings = check(parsed);
  const open = parsed.description ? ready(parsed.description) : undefined;
  const failed = hasErrors(findings);
  if (json) {
    const told = findings.map((finding) => ({ ...finding, ...say(finding, language) }));
    process.stdout.write(
      `${JSON.stringify({ file, ok: !failed, ready: !failed && open?.length === 0, unknown: open ?? [], findings: told }, null, 2)}\n`,
    );
  } else {
    process.stdout.write(
      [
        ...findings.map((finding) => findingLine(file, finding, language)),
        summary(file, findings, open?.length, language),
        "",
      ].join("\n"),
    );
  }
  return failed ? 1 : 0;
}

/** "walttia.yaml:84:5 error channelRisk …", the form that editors and continuous integration read. */
export function findingLine(file: string, finding: Finding, language: Language): string {
  const { message, wayOut } = say(finding, language);
  const words = checkWords(language);
  const place = `${file}:${finding.line}:${finding.col}`;
  return `${place} ${finding.severity} ${finding.code} ${message}\n    ${words("cli.wayOut", { text: wayOut })}`;
}

function summary(file: string, findings: readonly Finding[], open: number | undefined, language: Language): string {
  const words = checkWords(language);
  if (open === undefined) return words("cli.refused", { file, errors: findings.length });
  if (findings.length === 0) return words("cli.clean", { file });
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return words("cli.summary", { file, errors: count("error"), warnings: count("warning"), open });
}

/** Reads no more than the limit and a byte, so that a huge file or an endless device cannot fill the memory. */
async function readText(file: string): Promise<{ text: string } | { reason: string }> {
  try {
    await using handle = await openFile(file);
    const bytes = Buffer.alloc(LIMITS.bytes + 1);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { text: bytes.toString("utf8", 0, filled) };
  } catch (error) {
    return { reason: error instanceof Error && "code" in error ? String(error.code) : "error" };
  }
}

function readArgs(args: readonly string[]): { file: string | undefined; json: boolean; language: Language } {
  const asked = readOptions(args);
  const spoken = asked?.values.language ?? (process.env.LC_ALL || process.env.LANG || "").slice(0, 2);
  return {
    file: asked?.positionals.length === 1 ? asked.positionals[0] : undefined,
    json: asked?.values.json ?? false,
    language: isLanguage(spoken) ? spoken : "fi",
  };
}

/** Nothing when an option is not known: the usage line answers that. */
function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { json: { type: "boolean" }, language: { type: "string" } },
      allowPositionals: true,
    });
  } catch {
    return undefined;
  }
}

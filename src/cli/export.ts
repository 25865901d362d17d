// `npx tietovirta export --all [--to FILE] [--recipient age1… | --recipient-file FILE] [--yes]`: the whole company, sealed to the owner's key.
import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { ageRecipientOf, recipientFrom } from "../documents/recoverySheet/secret.ts";
import { errorCode } from "../keys/errorCode.ts";
import { dayInHelsinki, systemClock } from "../values/Day.ts";
import { Problem } from "../values/problem.ts";
import { unfinished } from "../wayOut/export.ts";
import { wayOutWords } from "../wayOut/words.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

const MEGABYTE = 1_000_000;
const PROGRESS_MS = 5_000;
const inMegabytes = (bytes: number) => Math.ceil(bytes / MEGABYTE);

export const exportCommand = (args: readonly string[]): Promise<number> => {
  const words = wayOutWords(personsLanguage());
  return orOneLine(words("cli.usage"), async () => {
    const text = { type: "string" } as const;
    const yesOrNo = { type: "boolean" } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { all: yesOrNo, to: text, recipient: text, "recipient-file": text, yes: yesOrNo },
    });
    if (!values.all || (values.recipient !== undefined && values["recipient-file"] !== undefined))
      throw new UsageFault();
    const given = await recipientsGiven(values.recipient, values["recipient-file"]);
    const { company, recipients: own } = await runOnRegister("export to", undefined);
    const recipients = given ?? own;
    // The server writes it, from where it stands.
    const file = resolve(values.to ?? `tietovirta-${dayInHelsinki(systemClock.now())}.tar.age`);
    if (
      !values.yes &&
      !(await agreed(words("cli.ask", { company, file, recipient: recipients.join(", ") }), words("cli.yes")))
    ) {
      process.stderr.write(`${words("cli.stopped")}\n`);
      return 1;
    }
    const stop = tellingProgress(file, (bytes) => words("cli.progress", { megabytes: inMegabytes(bytes) }));
    const { bytes, counts } = await runOnRegister("export all", { file, recipients }).finally(stop);
    const { customers = 0, invoices = 0, files = 0 } = counts;
    const done = { file, customers, invoices, files, megabytes: inMegabytes(bytes) };
    process.stdout.write(`${words("cli.done", done)}\n`);
    process.stderr.write(`${words("cli.open", { file })}\n`);
    return 0;
  });
};

/** One a line; lines with # are comments, as in age's own files. Throws `recoveryRecipient`, `exportUnwritable`. */
async function recipientsGiven(one: string | undefined, file: string | undefined): Promise<string[] | null> {
  if (one !== undefined) return [ageRecipientOf(recipientFrom(one))];
  if (file === undefined) return null;
  const text = await readFile(file, "utf8").catch((error) => {
    throw new Problem("exportUnreadable", 422, { file, reason: errorCode(error) ?? "unknown" });
  });
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0) throw new Problem("recoveryRecipient", 422);
  return lines.map((line) => ageRecipientOf(recipientFrom(line)));
}

/** A bulk export is asked for twice. Throws `exportNeedsYes` where nobody is there to answer. */
async function agreed(question: string, yes: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Problem("exportNeedsYes", 422);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim().toLowerCase() === yes;
  } finally {
    terminal.close();
  }
}

/** How large the file has grown, whoever writes it. */
function tellingProgress(file: string, line: (bytes: number) => string): () => void {
  const timer = setInterval(() => {
    void stat(unfinished(file)).then(
      ({ size }) => process.stderr.write(`${line(size)}\n`),
      () => undefined,
    );
  }, PROGRESS_MS);
  return () => clearInterval(timer);
}

// `npx tietovirta keys recovery-sheet [--out FILE.pdf] [--language fi|sv|en] [--confirm WORDS | --renew]`
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { recoveryWords } from "../documents/recoverySheet/words.ts";
import { errorCode } from "../keys/errorCode.ts";
import { isLanguage } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

const FILE = "recovery-sheet.pdf";

/** `--out -` writes the PDF to standard output, for a printer's queue: then no file of it is ever made. */
export const recoverySheetCommand = (args: readonly string[]): Promise<number> => {
  const words = recoveryWords(personsLanguage());
  return orOneLine(words("cli.usage"), async () => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: "string" },
        language: { type: "string" },
        confirm: { type: "string" },
        renew: { type: "boolean" },
      },
    });
    const language = values.language ?? personsLanguage();
    const confirming = values.confirm !== undefined;
    if (!isLanguage(language) || (confirming && (values.renew || values.out !== undefined))) throw new UsageFault();
    // What goes to standard output may be the PDF itself.
    const tell = (line: string) => process.stderr.write(`${line}\n`);
    if (values.confirm !== undefined) {
      await runOnRegister("recovery confirm", { words: values.confirm });
      tell(words("cli.confirmed"));
      const left = resolve(FILE);
      tell(existsSync(left) ? words("cli.fileLies", { file: left }) : words("cli.fileMayLie", { file: FILE }));
      return 0;
    }
    if (values.renew) {
      await runOnRegister("recovery renew", undefined);
      tell(words("cli.renewed"));
    }
    const { pdf } = await runOnRegister("recovery sheet", { language });
    const { asked } = await runOnRegister("recovery state", undefined);
    const file = values.out ?? FILE;
    const bytes = Buffer.from(pdf, "base64");
    if (file === "-") await new Promise<void>((done) => process.stdout.write(bytes, () => done()));
    else {
      await writeNew(file, bytes);
      tell(words("cli.printed", { file }));
    }
    const [first = 0, second = 0, third = 0] = asked;
    tell(words("cli.ask", { first, second, third }));
    return 0;
  });
};

/** Readable by its owner alone from its first byte. Throws `exportExists`, `exportUnwritable`. */
async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await using handle = await open(file, "wx", 0o600);
    await handle.writeFile(bytes);
  } catch (error) {
    const reason = errorCode(error) ?? "unknown";
    if (reason === "EEXIST") throw new Problem("exportExists", 409, { file });
    throw new Problem("exportUnwritable", 507, { file, reason });
  }
}

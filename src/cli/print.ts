// `npx tietovirta print dataflow|notice|record|staff --language fi|sv|en --format html|md|json [--out FILE]`
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { isLanguage } from "../values/Language.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

const USAGE =
  "tietovirta print dataflow|notice|record|staff [--language fi|sv|en] [--format html|md|json] [--out FILE]";
const KINDS = ["dataflow", "notice", "record", "staff"] as const;
const FORMATS = ["html", "md", "json"] as const;

export const printCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { language: { type: "string" }, format: { type: "string" }, out: { type: "string" } },
    });
    const kind = KINDS.find((one) => one === positionals[0]);
    const format = FORMATS.find((one) => one === (values.format ?? "html"));
    const language = values.language ?? personsLanguage();
    if (!kind || positionals.length > 1 || !format || !isLanguage(language)) throw new UsageFault();
    const text = await runOnRegister("print", { kind, language, format });
    if (values.out === undefined) process.stdout.write(text);
    else await writeFile(values.out, text);
    return 0;
  });

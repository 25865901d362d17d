// `npx tietovirta staff list | data ID [--language fi|sv|en] [--format html|json] [--out FILE]`: the right of access of those who use the register.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { isLanguage } from "../values/Language.ts";
import { notFound } from "../values/problem.ts";
import { isUuid } from "../values/Uuid.ts";
import { orOneLine, personsLanguage, UsageFault } from "./say.ts";
import { runOnRegister } from "./withRegister.ts";

const USAGE = "tietovirta staff list | staff data ID [--language fi|sv|en] [--format html|json] [--out FILE]";
const FORMATS = ["html", "json"] as const;

/** The file holds a person's data: only its owner may read it. */
export const staffCommand = (args: readonly string[]): Promise<number> =>
  orOneLine(USAGE, async () => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { language: { type: "string" }, format: { type: "string" }, out: { type: "string" } },
    });
    const [what, id, ...rest] = positionals;
    const language = values.language ?? personsLanguage();
    const format = FORMATS.find((one) => one === (values.format ?? "html"));
    if (what === "list" && id === undefined) {
      for (const one of await runOnRegister("staff list", undefined))
        process.stdout.write(`${[one.id, one.name, one.roles.join(","), one.disabledAt ?? "-"].join("\t")}\n`);
      return 0;
    }
    if (what !== "data" || id === undefined || rest.length > 0 || !format || !isLanguage(language))
      throw new UsageFault();
    if (!isUuid(id)) throw notFound();
    const text = await runOnRegister("staff data", { id, language, format });
    if (values.out === undefined) process.stdout.write(text);
    else await writeFile(values.out, text, { mode: 0o600 });
    return 0;
  });

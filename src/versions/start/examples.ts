// The example descriptions that came with the program.
import { readFile } from "node:fs/promises";
import { defaultsOf } from "../../description/guided/defaults.ts";
import type { Examples } from "../../description/guided/guided.ts";
import { type ExampleId, exampleIds } from "../../description/guided/questions.ts";
import { idsAt, mapIn } from "../../description/guided/values.ts";
import { valuesOf } from "../../description/rewrite.ts";
import { digestHex } from "../../keys/token.ts";
import { languages } from "../../values/Language.ts";

const read = (id: ExampleId) => readFile(new URL(`../../../descriptions/${id}.yaml`, import.meta.url), "utf8");

export async function shippedExamples(): Promise<Examples> {
  const [walttia, pyorapaja, valokuvaamo] = await Promise.all(exampleIds.map(read));
  if (walttia === undefined || pyorapaja === undefined || valokuvaamo === undefined) throw new Error("no examples");
  return { walttia, pyorapaja, valokuvaamo };
}

/** SHA-256 in hex, as the description in force tells its own. */
export const isShipped = (examples: Examples, hash: string): boolean =>
  Object.values(examples).some((text) => digestHex(text) === hash);

export function toldOf(examples: Examples) {
  return exampleIds.map((id) => {
    const values = mapIn(valuesOf(examples[id]) ?? {});
    const spoken = idsAt(values, ["languages"]);
    return { id, languages: languages.filter((each) => spoken.includes(each)), defaults: defaultsOf(values, id) };
  });
}

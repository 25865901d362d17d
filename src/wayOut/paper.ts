// The recovery sheet as a PDF. The typesetter is large: it is loaded when a sheet is asked for, and never otherwise.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { recoverySheet, type ToPrint } from "../documents/recoverySheet/sheet.ts";
import type { Language } from "../values/Language.ts";

const template = new URL("../documents/recoverySheet/sheet.typ", import.meta.url);

/** One A4 page. The secret passes through memory alone: no file of it is made here. */
export async function sheetPdf(toPrint: ToPrint, language: Language): Promise<Buffer> {
  const { NodeCompiler } = await import("@myriaddreamin/typst-ts-node-compiler");
  const compiler = NodeCompiler.create({ workspace: fileURLToPath(new URL(".", template)) });
  return compiler.pdf({
    mainFileContent: await readFile(template, "utf8"),
    inputs: { sheet: JSON.stringify(recoverySheet(toPrint, language)) },
  });
}

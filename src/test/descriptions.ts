// The example descriptions, parsed; a test changes one thing in a copy.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { InForce } from "../description/inForce.ts";
import { parse } from "../description/parse.ts";

export type ExampleName = "walttia" | "pyorapaja" | "valokuvaamo";

export async function exampleText(name: ExampleName): Promise<string> {
  return readFile(new URL(`../../descriptions/${name}.yaml`, import.meta.url), "utf8");
}

/** The description in force that a text gives; throws with the findings where it is none. */
export function inForceOf(text: string, file = "test.yaml"): InForce {
  const parsed = parse(text);
  if (parsed.description === null)
    throw new Error(parsed.findings.map(({ path, code }) => `${path} ${code}`).join("; "));
  const hash = createHash("sha256").update(text).digest("hex");
  return { description: parsed.description, placeOf: parsed.placeOf, hash, file, inForceAt: new Date(0) };
}

export async function describe(name: ExampleName): Promise<InForce> {
  return inForceOf(await exampleText(name), `${name}.yaml`);
}

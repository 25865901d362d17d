// Walttia's description with one category more that goes on request while the warranty stays: free notes, as a company adds them itself.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Document, isSeq, parseDocument } from "yaml";

const WALTTIA = fileURLToPath(new URL("../descriptions/walttia.yaml", import.meta.url));
const said = (text: string) => ({ fi: text, sv: text, en: text });

/** Writes it to the path. */
export async function writeNotedDescription(path: string): Promise<void> {
  const document = parseDocument(await readFile(WALTTIA, "utf8"));
  const label = said("Muistiinpanot");
  document.setIn(
    ["categories", "notes"],
    document.createNode({
      ...{ type: "text", label, risk: "low", purposes: ["customerCare", "rightsHandling"] },
      ...{ givenBy: ["meeting", "phone"] },
    }),
  );
  document.setIn(
    ["retention", "notes"],
    document.createNode({
      ...{ register: "customers", categories: ["notes"], from: "collected", period: "P12M", basis: "contract" },
      ...{ ground: said("Palvelun sopiminen."), atEnd: "erase", onRequest: "erase" },
    }),
  );
  push(document, ["registers", "customers", "categories"]);
  // Of looking after the customer, and of answering requests.
  for (const n of [0, 4]) push(document, ["roles", "administration", "may", n, "categories"]);
  await writeFile(path, document.toString());
}

function push(document: Document, path: (string | number)[]): void {
  const list = document.getIn(path);
  if (!isSeq(list)) throw new Error(`no list at ${path.join(".")}`);
  list.add("notes");
}

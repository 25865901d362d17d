// The rules of ARCHITECTURE.md, kept by a test rather than by memory. `broken` is a function of source texts, so that a planted violation of each rule is shown to be found.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { test } from "node:test";

/** A folder may import itself and those before it. */
const LAYERS = [
  "values",
  "description",
  "policy",
  "documents",
  "keys",
  "db",
  "gate",
  "api",
  "registers",
  "actors",
  "channels",
  "intake",
  "flows",
  "retention",
  "rights",
  "versions",
  "backup",
  "wayOut",
  "proofs",
  "server",
  "cli",
];
const PURE = new Set(["values", "description", "policy", "documents"]);
/** Modules of these never import each other: what moves between them is a flow. */
const APART = new Set(["registers", "intake", "flows"]);
/** A register may know the shape of another's answers where a flow shows both; never its store. */
const src = import.meta.dirname;

type Source = { file: string; text: string };
type Import = { file: string; from: string; to: string; typeOnly: boolean };

const sources: Source[] = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|\.types\.ts$|^test\/|\.test-seam\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(src, file), "utf8") }));

function importsOf({ file, text }: Source): Import[] {
  return [
    ...text.matchAll(
      /^(?:import|export)\s+(type\s+)?[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm,
    ),
  ].map((found) => {
    const from = found[2] ?? found[3] ?? found[4] ?? "";
    const to = from.startsWith(".") ? relative(src, resolve(src, dirname(file), from)) : from;
    return { file, from, to, typeOnly: found[1] !== undefined };
  });
}

const folderOf = (file: string) => (file.includes("/") ? (file.split("/")[0] ?? "") : "");
const isLocal = ({ from }: Import) => from.startsWith(".");
const moduleOf = (file: string) => file.split("/")[1] ?? "";

/** Every broken rule in words, with its file. */
function broken(all: readonly Source[]): string[] {
  const imports = all.flatMap(importsOf);
  const wrong: string[] = [];
  const say = (rule: string, at: { file: string; to?: string }) =>
    wrong.push(`${rule}: ${at.file}${at.to ? ` -> ${at.to}` : ""}`);

  for (const one of imports) {
    const [folder, target] = [folderOf(one.file), folderOf(one.to)];
    if (isLocal(one)) {
      const inLocales = one.to.startsWith("../locales/");
      if (folder === "web") {
        const allowed =
          ["web", "values", "description"].includes(target) ||
          inLocales ||
          one.to === "api/call.ts" ||
          one.to.endsWith("contract.ts");
        if (!allowed) say("web imports contracts and pure things only", one);
      } else if (one.file.endsWith("/contract.ts")) {
        const allowed = ["values", "description"].includes(target) || one.to.endsWith("contract.ts");
        if (!allowed) say("a contract imports pure things and contracts only", one);
      } else if (one.file === "api/call.ts") {
        if (!["api", "values", "description"].includes(target))
          say("the typed client imports nothing of the server", one);
      } else if (folder !== "" && target !== "" && !one.to.startsWith("..")) {
        if (LAYERS.indexOf(target) > LAYERS.indexOf(folder)) say("a folder imports only what comes before it", one);
      }
      const together =
        one.to.split("/").length <= 2 || moduleOf(one.to) === moduleOf(one.file) || one.to.endsWith("contract.ts");
      if (APART.has(folder) && target === folder && moduleOf(one.file) !== "all.ts" && !together)
        say(`${folder} never import each other`, one);
      if (one.from.startsWith("./index") || one.from === "." || one.from === "..") say("no barrel files", one);
    }
    if (one.from === "kysely" || one.from.startsWith("kysely/")) {
      if (!/^(db|gate)\//.test(one.file) && !one.file.endsWith("/store.ts"))
        say("only db, gate and stores know Kysely", one);
    }
    if (one.from === "pg" && folder !== "db") say("only db knows the driver", one);
    if (one.from === "node:crypto" && !["keys"].includes(folder)) say("only keys knows cryptography", one);
    if (/^node:(net|http|https|tls|dgram|http2)$/.test(one.from) && !OPENS.test(one.file))
      say("only channels open connections", one);
    if (PURE.has(folder) && /^node:|^fastify|^pg$/.test(one.from)) say("pure folders touch nothing", one);
  }
  for (const { file, text } of all) {
    if (/^export default/m.test(text)) say("no default exports", { file });
    if (/\bsql(<[^>]*>)?`|\bsql\.raw\b/.test(text) && !/^(db|gate)\//.test(file))
      say("raw SQL only in db and gate", { file });
    if (/\bas any\b|: any\b|<any>/.test(text)) say("no any", { file });
    if (/createCipheriv|createDecipheriv/.test(text) && file !== "keys/primitives/aead.ts")
      say("one wrapper around the cipher", { file });
    if (/\bnew (Writing)?Grant\b/.test(text) && !file.startsWith("gate/")) say("only the gate makes grants", { file });
    if (/[äöåÄÖÅ]/.test(withoutComments(text)) && !NORDIC_LETTERS.has(file))
      say("Finnish and Swedish stand in locales only", { file });
  }
  return [...wrong, ...cycles(imports)];
}

/** The database's own socket and the command line's are on this machine; the server listens. */
const OPENS = /^(channels|db|cli|server)\//;
/** Letters as data, not words: search folds them, an alphabet names them. */
const NORDIC_LETTERS = new Set(["values/text.ts", "values/Email.ts"]);
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");

function cycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { file, to, typeOnly } of imports) if (!typeOnly) next.set(file, [...(next.get(file) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) found.push(`no cycles: ${[...path.slice(path.indexOf(file)), file].join(" -> ")}`);
    if (done.has(file) || path.includes(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

test("the house keeps its rules", () => {
  assert.ok(sources.length > 60, "found too few files for this test to mean anything");
  assert.ok(sources.flatMap(importsOf).length > 200, "found too few imports for this test to mean anything");
  assert.deepEqual(broken(sources), []);
});

test("every rule finds a planted violation", () => {
  const planted: [rule: string, file: string, text: string][] = [
    ["a folder imports only what comes before it", "policy/x.ts", 'import { openGate } from "../gate/gate.ts";'],
    [
      "web imports contracts and pure things only",
      "web/x.tsx",
      'import { findCustomer } from "../registers/customers/store.ts";',
    ],
    [
      "a contract imports pure things and contracts only",
      "rights/contract.ts",
      'import { openGate } from "../gate/gate.ts";',
    ],
    ["the typed client imports nothing of the server", "api/call.ts", 'import { openGate } from "../gate/gate.ts";'],
    [
      "registers never import each other",
      "registers/customers/x.ts",
      'import { listInvoices } from "../invoices/store.ts";',
    ],
    ["no barrel files", "rights/x.ts", 'import { x } from "./index.ts";'],
    ["only db, gate and stores know Kysely", "rights/x.ts", 'import { sql } from "kysely";'],
    ["only db knows the driver", "gate/x.ts", 'import pg from "pg";'],
    ["only keys knows cryptography", "rights/x.ts", 'import { createHash } from "node:crypto";'],
    ["only channels open connections", "rights/x.ts", 'import { request } from "node:https";'],
    ["pure folders touch nothing", "policy/x.ts", 'import { readFile } from "node:fs/promises";'],
    ["no default exports", "rights/x.ts", "export default 1;"],
    ["raw SQL only in db and gate", "rights/x.ts", "const rows = sql`select 1`;"],
    ["no any", "rights/x.ts", "const x = y as any;"],
    ["one wrapper around the cipher", "keys/x.ts", "createDecipheriv(a, b, c);"],
    ["only the gate makes grants", "rights/x.ts", "new Grant(parts);"],
    ["Finnish and Swedish stand in locales only", "rights/x.ts", 'const word = "pyyntö";'],
  ];
  for (const [rule, file, text] of planted) {
    const found = broken([...sources.filter((source) => source.file !== file), { file, text: `${text}\n` }]);
    assert.ok(
      found.some((line) => line.startsWith(`${rule}: ${file}`)),
      `${rule} was not found in ${file}`,
    );
  }
  const loop = broken([
    { file: "rights/a.ts", text: 'import { b } from "./b.ts";\n' },
    { file: "rights/b.ts", text: 'import { a } from "./a.ts";\n' },
  ]);
  assert.ok(loop.some((line) => line.startsWith("no cycles")));
});

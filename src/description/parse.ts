// Text in, description out, with the place of every element. Total: no text makes it throw, hang or grow.
import { isCollection, isMap, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";
import { Description } from "./schema.ts";

export type Place = { line: number; col: number };
export type Severity = "error" | "warning" | "note";
/** `path` is the element ("flows.mail.categories"), `facts` fill the sentence of `code` in `locales/<language>/check.json`. */
export type Finding = Place & {
  path: string;
  severity: Severity;
  code: string;
  facts: Readonly<Record<string, string | number>>;
};
export type Path = readonly (string | number)[];
export type Parsed =
  | { description: Description; placeOf: (path: Path | string) => Place; findings: readonly Finding[] }
  | { description: null; findings: readonly Finding[] };

/** Bytes of text, depth of nesting: larger input is refused before it is read. */
export const LIMITS = { bytes: 256 * 1024, depth: 32, findings: 200 } as const;

export function parse(text: string): Parsed {
  const refuse = (code: string, place: Place = { line: 1, col: 1 }, facts = {}): Parsed => ({
    description: null,
    findings: [{ ...place, path: "", severity: "error", code, facts }],
  });
  if (Buffer.byteLength(text) > LIMITS.bytes) return refuse("tooLarge", undefined, { kB: LIMITS.bytes / 1024 });
  if (tooDeep(text)) return refuse("tooDeep", undefined, { depth: LIMITS.depth });

  const lines = new LineCounter();
  // The library compares every key with every other, which 40,000 keys turn into a minute; `repeatedKeys` does it in one walk.
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    version: "1.2",
    schema: "core",
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), col: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    const findings = document.errors.slice(0, LIMITS.findings).map((error) => ({
      ...at(error.pos[0]),
      path: "",
      severity: "error" as const,
      code: `yaml.${error.code}`,
      facts: {},
    }));
    return { description: null, findings };
  }
  const alias = firstAlias(document.contents);
  if (alias !== undefined) return refuse("aliases", at(alias));
  if (!isMap(document.contents)) return refuse("notADescription");
  const repeated = repeatedKeys(document.contents);
  if (repeated.length > 0)
    return {
      description: null,
      findings: repeated.flatMap((offset) => refuse("yaml.DUPLICATE_KEY", at(offset)).findings),
    };

  const placeOf = (path: Path | string): Place => at(offsetOf(document.contents, splitPath(path)));
  const result = Description.safeParse(document.toJS({ maxAliasCount: 0 }));
  if (result.success) return { description: result.data, placeOf, findings: [] };
  const findings = result.error.issues.slice(0, LIMITS.findings).flatMap((issue): Finding[] => {
    const path = issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
    const make = (where: Path, code: string, facts: Finding["facts"]): Finding => ({
      ...placeOf(where),
      path: where.join("."),
      severity: "error",
      code,
      facts,
    });
    if (issue.code === "unrecognized_keys")
      return issue.keys
        .slice(0, LIMITS.findings)
        .map((key) => make([...path, key], "unknownKey", { key: key.slice(0, 60) }));
    return [make(path, `shape.${issue.code}`, shapeFacts(issue))];
  });
  return { description: null, findings: findings.slice(0, LIMITS.findings) };
}

type Issue = NonNullable<ReturnType<typeof Description.safeParse>["error"]>["issues"][number];
function shapeFacts(issue: Issue): Finding["facts"] {
  const key = String(issue.path.at(-1) ?? "");
  if (issue.code === "invalid_value") return { key, values: issue.values.map(String).join(", ").slice(0, 400) };
  if (issue.code === "invalid_type") return { key, expected: issue.expected };
  return { key };
}

export const splitPath = (path: Path | string): Path =>
  typeof path === "string" ? path.split(".").filter(Boolean) : path;

/** The offset of the deepest node that the path reaches; a map's key rather than its value, since that is where a person looks. */
function offsetOf(root: unknown, path: Path): number {
  let node: unknown = root;
  let offset = (root as Node | null)?.range?.[0] ?? 0;
  for (const step of path) {
    if (!isCollection(node)) break;
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = node.get(Number(step), true);
      offset = (node as Node | null)?.range?.[0] ?? offset;
    }
  }
  return offset;
}

function firstAlias(contents: Node | null): number | undefined {
  let found: number | undefined;
  visit(contents, {
    Alias: (_, node) => {
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** Offsets of keys that stand a second time in their map. */
function repeatedKeys(contents: Node): number[] {
  const found: number[] = [];
  visit(contents, {
    Map: (_, map) => {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) found.push(key.range?.[0] ?? 0);
        seen.add(name);
        if (found.length >= LIMITS.findings) return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}

/** Nesting counted on the raw text, before a parser recurses: flow brackets and block indentation, an upper bound that no honest description comes near. */
function tooDeep(text: string): boolean {
  let brackets = 0;
  const indents: number[] = [];
  for (const row of text.split("\n")) {
    const indent = row.search(/[^ ]/);
    if (indent >= 0) {
      while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
      indents.push(indent);
      const dashes = /^( *(- +)*)/.exec(row)?.[0].match(/-/g)?.length ?? 0;
      if (indents.length + dashes > LIMITS.depth) return true;
    }
    for (const sign of row) {
      if (sign === "[" || sign === "{") brackets++;
      else if (sign === "]" || sign === "}") brackets = Math.max(0, brackets - 1);
      if (brackets > LIMITS.depth) return true;
    }
  }
  return false;
}

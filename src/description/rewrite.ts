// The text of a description with other values in it: only what differs is written anew; comments, order and spelling of the rest stay as they stand.

import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, Scalar, stringify, type YAMLMap } from "yaml";
import type { Path } from "./parse.ts";
import { sameValue } from "./sameValue.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** `value` absent: the element goes. */
export type ValueChange = { path: Path; value?: Json | undefined };
type Splice = { from: number; to: number; text: string };

const OPTIONS = { version: "1.2", schema: "core", uniqueKeys: false } as const;
const WRITTEN = { lineWidth: 0, flowCollectionPadding: false } as const;

/** What a text says, as plain values; null where it is no YAML map without aliases. */
export function valuesOf(text: string): { [key: string]: Json } | null {
  const document = parseDocument(text, OPTIONS);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch {
    return null;
  }
}

/** The value at a path; undefined where there is none. */
export function valueAt(values: Json | undefined, path: Path): Json | undefined {
  let now: Json | undefined = values;
  for (const step of path) {
    if (Array.isArray(now)) now = now[Number(step)];
    else if (isObject(now) && Object.hasOwn(now, String(step))) now = now[String(step)];
    else return undefined;
  }
  return now;
}

/** The values with changes made, one after another; what leads to a new value is made too. The old ones stay as they are. */
export function withChanges(values: Json, changes: readonly ValueChange[]): Json {
  return changes.reduce<Json>((all, { path, value }) => put(all, path, value) ?? {}, values);
}

function put(into: Json | undefined, [step, ...rest]: Path, value: Json | undefined): Json | undefined {
  if (step === undefined) return value;
  if (Array.isArray(into)) {
    const at = Math.min(Number(step), into.length);
    const next = put(into[at], rest, value);
    return [...into.slice(0, at), ...(next === undefined ? [] : [next]), ...into.slice(at + 1)];
  }
  if (typeof step === "number" && into === undefined) return [put(undefined, rest, value) ?? {}];
  const key = String(step);
  const before = isObject(into) ? into : {};
  // Nothing is made only to have something taken from it.
  if (value === undefined && !Object.hasOwn(before, key)) return into;
  const next = put(Object.hasOwn(before, key) ? before[key] : undefined, rest, value);
  if (next !== undefined) return { ...before, [key]: next };
  return Object.fromEntries(Object.entries(before).filter(([each]) => each !== key));
}

/** The text that says `values`. Throws where `text` is no YAML map, or the values cannot be said in it. */
export function rewrite(text: string, values: Json): string {
  const before = valuesOf(text);
  if (before && sameValue(before, values)) return text;
  const { contents } = parseDocument(text, OPTIONS);
  if (!isMap(contents) || !before || !isObject(values)) throw new Error("not a map of YAML");
  const splices: Splice[] = [];
  inMap(text, contents, before, values, false, splices);
  // From the end; of two at one place the one that was found later, which belongs after what is within it.
  const written = splices
    .reverse()
    .sort((a, b) => b.from - a.from)
    .reduce((all, { from, to, text: put }) => all.slice(0, from) + put + all.slice(to), text);
  if (!sameValue(valuesOf(written), values)) throw new Error("the text would not say what was asked");
  return written;
}

type Values = { [key: string]: Json };
const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function inMap(text: string, map: YAMLMap, was: Values, now: Values, inFlow: boolean, out: Splice[]): void {
  const flow = inFlow || map.flow === true;
  const pairs = map.items as Pair<Node, Node | null>[];
  for (const pair of pairs) {
    const key = keyOf(pair);
    const value = now[key];
    if (!Object.hasOwn(now, key) || value === undefined) out.push(withoutPair(text, pair));
    else replace(text, pair, was[key], value, flow, out);
  }
  const last = pairs.at(-1);
  const added = Object.entries(now).filter(([key]) => !Object.hasOwn(was, key));
  if (!last || added.length === 0) return;
  const column = columnOf(text, start(last.key));
  const at = lineEnd(text, pairEnd(text, last));
  const gap = column === 0 ? "\n\n" : "\n";
  const lines = added.map(([key, value]) => `${gap}${" ".repeat(column)}${scalar(key, false)}:${after(value, column)}`);
  out.push({ from: at, to: at, text: lines.join("") });
}

/** Goes in as long as only parts differ and can be written alone; else the whole value is written anew. */
function replace(
  text: string,
  pair: Pair<Node, Node | null>,
  was: Json | undefined,
  now: Json,
  inFlow: boolean,
  out: Splice[],
): void {
  const node = pair.value;
  if (was === undefined || sameValue(was, now)) return;
  if (within(text, node, was, now, inFlow, out)) return;
  const colon = text.indexOf(":", pair.key.range?.[1] ?? 0) + 1;
  const column = columnOf(text, start(pair.key));
  const end = node ? nodeEnd(text, node) : colon;
  out.push({ from: colon, to: Math.max(end, colon), text: inFlow ? ` ${inline(now)}` : after(now, column) });
}

/** False where the value has to be written as a whole. */
function within(text: string, node: Node | null, was: Json, now: Json, inFlow: boolean, out: Splice[]): boolean {
  if (isMap(node) && isObject(was) && isObject(now)) {
    const keys = Object.keys(now);
    const kept = keys.filter((key) => Object.hasOwn(was, key)).length;
    const isFlow = inFlow || node.flow === true;
    const first = (node.items[0] as Pair<Node> | undefined)?.key;
    // The first line of an item of a list bears its dash.
    const dashed = first !== undefined && /-\s+$/.test(text.slice(lineStart(text, start(first)), start(first)));
    const loses = kept < Object.keys(was).length;
    if (kept === 0 || (isFlow && (loses || keys.length > kept)) || (dashed && loses)) return false;
    inMap(text, node, was, now, inFlow, out);
    return true;
  }
  if (!isSeq(node) || !Array.isArray(was) || !Array.isArray(now)) return false;
  const items = node.items as Node[];
  const isFlow = inFlow || node.flow === true;
  if (was.length === now.length) return sameLength(text, items, was, now, isFlow, out);
  if (isFlow || items.length === 0) return false;
  if (now.length > was.length) return longer(text, items, was, now, out);
  return shorter(text, items, was, now, out);
}

function sameLength(text: string, items: Node[], was: Json[], now: Json[], isFlow: boolean, out: Splice[]): boolean {
  for (const [n, item] of items.entries()) {
    const [before, next] = [was[n], now[n]];
    if (before === undefined || next === undefined || sameValue(before, next)) continue;
    if (within(text, item, before, next, isFlow, out)) continue;
    const written = isFlow ? inline(next) : beside(next, columnOf(text, start(item)));
    out.push({ from: start(item), to: nodeEnd(text, item), text: written });
  }
  return true;
}

function longer(text: string, items: Node[], was: Json[], now: Json[], out: Splice[]): boolean {
  const last = items.at(-1);
  if (!last || !sameValue(now.slice(0, was.length), was)) return false;
  const column = columnOf(text, start(last));
  const dash = dashColumn(text, last);
  const at = lineEnd(text, nodeEnd(text, last));
  const pad = " ".repeat(Math.max(1, column - dash - 1));
  const lines = now.slice(was.length).map((item) => `\n${" ".repeat(dash)}-${pad}${beside(item, column)}`);
  out.push({ from: at, to: at, text: lines.join("") });
  return true;
}

function shorter(text: string, items: Node[], was: Json[], now: Json[], out: Splice[]): boolean {
  if (now.length === 0) return false;
  const gone: Node[] = [];
  let next = 0;
  for (const [n, item] of items.entries()) {
    if (next < now.length && sameValue(was[n], now[next])) next++;
    else gone.push(item);
  }
  if (next < now.length) return false;
  for (const item of gone)
    out.push({ from: lineStart(text, start(item)), to: lineEnd(text, nodeEnd(text, item)) + 1, text: "" });
  return true;
}

/** The pair's lines, with the remark that stands directly above it. */
function withoutPair(text: string, pair: Pair<Node, Node | null>): Splice {
  let from = lineStart(text, start(pair.key));
  const indent = text.slice(from, start(pair.key));
  while (from > 0) {
    const above = lineStart(text, from - 1);
    if (above === 0 || !text.slice(above, from).startsWith(`${indent}#`)) break;
    from = above;
  }
  return { from, to: lineEnd(text, pairEnd(text, pair)) + 1, text: "" };
}

const keyOf = ({ key }: Pair<Node, Node | null>): string => String(isScalar(key) ? key.value : "");
const start = (node: Node | null): number => node?.range?.[0] ?? 0;
const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;
const columnOf = (text: string, at: number): number => at - lineStart(text, at);
const dashColumn = (text: string, item: Node): number => {
  const from = lineStart(text, start(item));
  return text.slice(from, start(item)).lastIndexOf("-");
};
const pairEnd = (text: string, { key, value }: Pair<Node, Node | null>): number =>
  value && (value.range?.[1] ?? 0) > 0 ? nodeEnd(text, value) : text.indexOf(":", key.range?.[1] ?? 0) + 1;

/** Where the last sign of a value stands, without what only sets it apart from the next. */
function nodeEnd(text: string, node: Node): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1) as Pair<Node, Node | null> | undefined;
    if (last) return pairEnd(text, last);
  }
  if (isSeq(node) && !node.flow) {
    const last = node.items.at(-1) as Node | undefined;
    if (last) return nodeEnd(text, last);
  }
  let end = node.range?.[1] ?? 0;
  while (end > start(node) && /\s/.test(text[end - 1] ?? "")) end--;
  return end;
}

/** The end of the line, a remark behind the value included. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

const LONGEST_LINE = 100;
const isSimple = (value: Json): boolean => typeof value !== "object" || value === null;
const fitsOneLine = (value: Json): boolean => {
  if (Array.isArray(value)) return value.every(isSimple);
  if (!isObject(value)) return true;
  return (
    Object.keys(value).length === 0 || (Object.values(value).every(isSimple) && inline(value).length <= LONGEST_LINE)
  );
};

/** What stands after the colon of a key in `column`: beside it, or in lines below. */
function after(value: Json, column: number): string {
  if (fitsOneLine(value)) return ` ${inline(value, false)}`;
  const inner = column + 2;
  return `\n${" ".repeat(inner)}${beside(value, inner)}`;
}

/** A value whose first sign stands in `column`. */
function beside(value: Json, column: number): string {
  const pad = `\n${" ".repeat(column)}`;
  if (Array.isArray(value) && !fitsOneLine(value))
    return value.map((item) => `- ${beside(item, column + 2)}`).join(pad);
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value)
      .map(([key, of]) => `${scalar(key, false)}:${after(of, column)}`)
      .join(pad);
  return inline(value, false);
}

function inline(value: Json, inFlow = true): string {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item)).join(", ")}]`;
  if (!isObject(value)) return scalar(value, inFlow);
  const pairs = Object.entries(value).map(([key, of]) => `${scalar(key, true)}: ${inline(of)}`);
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

function scalar(value: string | number | boolean | null, inFlow: boolean): string {
  const node = new Scalar(value);
  if (typeof value === "string" && /[\n\r]/.test(value)) node.type = Scalar.QUOTE_DOUBLE;
  if (!inFlow) return stringify(node, WRITTEN).trimEnd();
  const list = stringify([node], { ...WRITTEN, collectionStyle: "flow" }).trim();
  return list.slice(1, -1);
}

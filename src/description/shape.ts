// What may stand at a place of the description, for forms: made from the same shapes that `parse` checks by, so that a form cannot know less or more.
import { z } from "zod";
import type { Path } from "./parse.ts";
import type { Json } from "./rewrite.ts";
import { Description } from "./schema.ts";
import * as terms from "./terms.ts";

export type ShapeKind =
  | "group"
  | "list"
  | "record"
  | "oneOf"
  | "text"
  | "line"
  | "email"
  | "number"
  | "day"
  | "monthDay"
  | "period"
  | "yesNo"
  | "choice"
  | "choices"
  | "fixed";

/**
 * `where`: the path without ids and numbers ("flows.from.register"), by which its words are found. `words`: the closed list whose words the options are.
 * `refers`: ids of these headings are options too. `fixed`: the one value it can have.
 */
export type Shape = {
  kind: ShapeKind;
  where: readonly string[];
  required: boolean;
  mayBeUnknown: boolean;
  byDefault?: Json;
  options: readonly string[];
  words?: string;
  refers?: string;
  max?: number;
  fixed?: Json;
  children: readonly Shape[];
};

type Schema = z.core.JSONSchema.BaseSchema;
const ROOT: Schema = z.toJSONSchema(Description, { io: "input", reused: "inline" });
const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null;
const schemaOf = (value: unknown): Schema => (isSchema(value) ? value : {});

/** By the name of the field: an id there is one of this heading. */
const REFERS: Readonly<Record<string, string>> = {
  registers: "registers",
  register: "registers",
  purposes: "purposes",
  purpose: "purposes",
  restrictTo: "purposes",
  categories: "categories",
  systems: "systems",
  system: "systems",
  subjects: "subjects",
  givenBy: "sources",
  consent: "consents",
  requiresConsent: "consents",
  runBy: "processors",
  processor: "processors",
  staff: "roles",
  by: "roles",
  role: "roles",
  from: "events",
};

const LISTS: ReadonlyMap<string, string> = new Map(
  Object.entries(terms).flatMap(([name, term]): [string, string][] =>
    term instanceof z.ZodEnum ? [[term.options.join(), name]] : [],
  ),
);

/** The parts of a description in their order. */
export const headings: readonly string[] = Object.keys(ROOT.properties ?? {});

/** Elements of this part stand under ids. */
export const isRecord = (heading: string): boolean => recordOf(heading) !== undefined;
/** Where the ids are a closed list (rights). */
export const keysOf = (heading: string): readonly string[] | null =>
  textsOf(schemaOf(schemaOf(ROOT.properties?.[heading]).propertyNames).enum) ?? null;
/** The whole part may be left out. */
export const mayBeAbsent = (heading: string): boolean => !(ROOT.required ?? []).includes(heading);

/** The element that a path belongs to, as it is edited: one of the elements under ids, or a whole part. */
export const elementOf = (path: Path): Path => path.slice(0, isRecord(String(path[0])) ? 2 : 1);

/** The shape of an element; null where the language has no such place. */
export function shapeOf([heading, id]: Path): Shape | null {
  const part = ROOT.properties?.[String(heading)];
  if (part === undefined || heading === undefined) return null;
  const where = [String(heading)];
  const required = (ROOT.required ?? []).includes(String(heading));
  if (id === undefined) return shape(schemaOf(part), where, required);
  const each = recordOf(String(heading));
  return each === undefined ? null : shape(each, where, true);
}

function recordOf(heading: string): Schema | undefined {
  const { additionalProperties } = schemaOf(ROOT.properties?.[heading]);
  return typeof additionalProperties === "object" ? additionalProperties : undefined;
}

const textsOf = (values: readonly unknown[] | undefined): string[] | undefined =>
  values?.filter((value) => typeof value === "string");

function shape(schema: Schema, where: readonly string[], required: boolean): Shape {
  const all = flat(schema);
  const said = all.filter((each) => each.const !== terms.UNKNOWN);
  const plain = {
    where,
    required,
    mayBeUnknown: said.length < all.length,
    options: [],
    children: [],
    ...(schema.default !== undefined && { byDefault: JSON.parse(JSON.stringify(schema.default)) }),
  };
  const [first, ...rest] = said;
  if (rest.length > 0 && said.some(isTexts)) {
    const others = said.filter((each) => !isTexts(each) && each.type !== "string");
    const constants = said.filter((each) => each.const !== undefined && each.type === "string");
    if (others.length + constants.length === 0) return { ...plain, kind: "text" };
    const texts: Shape = { ...plain, kind: "text", required: true, mayBeUnknown: false, where: [...where, "told"] };
    return {
      ...plain,
      kind: "oneOf",
      children: [...[...others, ...constants].map((each) => variant(each, where)), texts],
    };
  }
  if (rest.length > 0 && said.every(({ type }) => type === "string")) {
    const options = said.flatMap((each) => textsOf(each.enum) ?? (typeof each.const === "string" ? [each.const] : []));
    return { ...plain, kind: "choice", ...chosen(options, where), ...refersTo(where) };
  }
  if (first === undefined || rest.length > 0)
    return { ...plain, kind: "oneOf", children: said.map((each) => variant(each, where)) };
  return { ...plain, ...one(first, where) };
}

/** One of several: named by its only or first key, or by the word that it is. */
function variant(schema: Schema, where: readonly string[]): Shape {
  const key = schema.const === undefined ? Object.keys(schema.properties ?? {})[0] : String(schema.const);
  const { kind, ...more } = shape(schema, where, true);
  // A group of one would say its name twice.
  return { ...more, kind, where: [...where, key ?? ""] };
}

function one(schema: Schema, where: readonly string[]): Partial<Shape> & Pick<Shape, "kind"> {
  if (schema.const !== undefined) return { kind: "fixed", fixed: JSON.parse(JSON.stringify(schema.const)) };
  const options = textsOf(schema.enum);
  if (options) return { kind: "choice", ...chosen(options, where) };
  if (schema.type === "boolean") return { kind: "yesNo" };
  if (schema.type === "integer" || schema.type === "number")
    return { kind: "number", ...(schema.maximum !== undefined && { max: schema.maximum }) };
  if (schema.type === "array") return list(schemaOf(schema.items), where);
  if (schema.type === "object") {
    if (typeof schema.additionalProperties === "object") return { kind: "record" };
    const required = schema.required ?? [];
    const fields = Object.entries(schema.properties ?? {});
    return {
      kind: "group",
      children: fields.map(([key, field]) => shape(schemaOf(field), [...where, key], required.includes(key))),
    };
  }
  return line(schema, where);
}

function list(items: Schema, where: readonly string[]): Partial<Shape> & Pick<Shape, "kind"> {
  const options = textsOf(items.enum);
  if (options) return { kind: "choices", ...chosen(options, where) };
  if (isId(items)) return { kind: "choices", options: [], ...refersTo(where) };
  return { kind: "list", children: [shape(items, where, true)] };
}

function line(schema: Schema, where: readonly string[]): Partial<Shape> & Pick<Shape, "kind"> {
  if (isId(schema)) return { kind: "choice", options: [], ...refersTo(where) };
  if (schema.format === "email") return { kind: "email" };
  if (schema.format === "date") return { kind: "day" };
  if (schema.pattern?.startsWith("^P")) return { kind: "period" };
  if (schema.pattern === "^\\d\\d-\\d\\d$") return { kind: "monthDay" };
  return { kind: "line", ...(schema.maxLength !== undefined && { max: schema.maxLength }) };
}

const chosen = (options: readonly string[], where: readonly string[]) => ({
  options,
  words: LISTS.get(options.join()) ?? where.at(-1) ?? "",
});
const refersTo = (where: readonly string[]) => {
  const refers = REFERS[where.at(-1) ?? ""];
  return refers === undefined ? {} : { refers };
};
const isId = ({ pattern }: Schema): boolean => pattern?.startsWith("^[a-z][A-Za-z0-9]") ?? false;
const isTexts = ({ properties = {} }: Schema): boolean =>
  "fi" in properties && "sv" in properties && "en" in properties;
const flat = (schema: Schema): Schema[] =>
  schema.anyOf ? schema.anyOf.flatMap((each) => flat(schemaOf(each))) : [schema];

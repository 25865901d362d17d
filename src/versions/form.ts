// An element of the description as a form: what may stand there, in words, and what stands there under the changes so far.
import type { z } from "zod";
import { own } from "../description/lint/issue.ts";
import type { Path } from "../description/parse.ts";
import { type Json, valueAt } from "../description/rewrite.ts";
import { elementOf, isRecord, keysOf, mayBeAbsent, type Shape, shapeOf } from "../description/shape.ts";
import type { Language } from "../values/Language.ts";
import { notFound } from "../values/problem.ts";
import type { FormNode, readForm } from "./contract.ts";
import { choiceOf, helpOf, labelOf } from "./formWords.ts";

type Values = { [key: string]: Json };
type Asked = { values: Values; path: Path; isNew: boolean; language: Language };

/** `isNew`: an element that there is none of yet, in the part that the path names. Throws `notFound` where the language has no such place. */
export function formOf({ values, path, isNew, language }: Asked): z.input<typeof readForm.response> {
  const heading = String(path[0]);
  const element = isNew ? [heading] : elementOf(path);
  const shape = shapeOf(isNew && isRecord(heading) ? [heading, "new"] : element);
  if (!shape || shape.kind === "fixed" || (element.length === 1 && isRecord(heading) && !isNew)) throw notFound();
  const value = isNew ? undefined : valueAt(values, element);
  const part = labelOf([heading], language) ?? heading;
  const there = valueAt(values, [heading]);
  const taken = isRecord(heading) && there && typeof there === "object" ? Object.keys(there) : [];
  const keys = keysOf(heading)?.filter((key) => !taken.includes(key));
  return {
    path: element.map(String),
    part,
    title: (element.length === 2 && spoken(values, value, language)) || part,
    languages: languagesOf(values),
    nodes: nodesOf(shape, values, language),
    value: value ?? null,
    taken,
    keys:
      isNew && keys ? keys.map((key) => ({ value: key, label: choiceOf("RightKind", key, language) ?? key })) : null,
    removable: !isNew && value !== undefined && (element.length === 2 || mayBeAbsent(heading)),
  };
}

/** The name that people know an element by; "" where it has none. */
export function spoken(values: Values, element: Json | undefined, language: Language): string {
  if (!element || typeof element !== "object" || Array.isArray(element)) return "";
  const label = own(element, "label") ?? own(element, "name") ?? own(element, "ground");
  if (typeof label === "string") return label;
  if (!label || typeof label !== "object" || Array.isArray(label)) return "";
  const [first = "fi"] = languagesOf(values);
  const said = own(label, language) ?? own(label, first) ?? Object.values(label)[0];
  return typeof said === "string" ? said : "";
}

const LANGUAGES = ["fi", "sv", "en"] as const;
function languagesOf(values: Values): Language[] {
  const said = own(values, "languages");
  const known = Array.isArray(said) ? said.flatMap((each) => LANGUAGES.find((one) => one === each) ?? []) : [];
  return known.length > 0 ? known : [...LANGUAGES];
}

/** The shape with its words, flat: a tree that knows no end is hard to say in a contract. */
function nodesOf(shape: Shape, values: Values, language: Language): FormNode[] {
  const nodes: FormNode[] = [];
  const add = (of: Shape): number => {
    const at = nodes.length;
    const { kind, where, required, mayBeUnknown, byDefault = null, max = null, fixed = null } = of;
    const [label = where.at(-1) ?? "", help = null] = [labelOf(where, language), helpOf(where, language)];
    const options = optionsOf(of, values, language);
    const node = { kind, key: where.at(-1) ?? "", label, help, required, mayBeUnknown, byDefault, max, fixed, options };
    nodes.push({ ...node, children: [] });
    nodes[at] = { ...node, children: of.children.map(add) };
    return at;
  };
  add(shape);
  return nodes;
}

function optionsOf({ options, words = "", refers }: Shape, values: Values, language: Language) {
  const closed = options.map((value) => ({ value, label: choiceOf(words, value, language) ?? value }));
  const there = refers === undefined ? undefined : own(values, refers);
  if (!there || typeof there !== "object" || Array.isArray(there)) return closed;
  const ids = Object.entries(there).map(([id, each]) => ({ value: id, label: spoken(values, each, language) || id }));
  return [...closed, ...ids];
}

// The picture as a small tree of SVG elements: one that is written as text for paper and shown by the web as it is.

export type Element = {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text?: string;
};

type Value = string | number | undefined;

/** Numbers are rounded to tenths: a picture is the same on every machine. */
export function element(
  tag: string,
  attrs: Readonly<Record<string, Value>>,
  children: readonly Element[] | string = [],
): Element {
  const given = Object.entries(attrs).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === "number" ? String(round(value)) : value] as const],
  );
  const own = { tag, attrs: Object.fromEntries(given) };
  return typeof children === "string" ? { ...own, children: [], text: children } : { ...own, children };
}

export const round = (number: number): number => Math.round(number * 10) / 10;

/** As text that may stand in HTML or in a file of its own. */
export function write({ tag, attrs, children, text }: Element): string {
  const given = Object.entries(attrs).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const inside = text === undefined ? children.map(write).join("") : escaped(text);
  return inside === "" ? `<${tag}${given.join("")}/>` : `<${tag}${given.join("")}>${inside}</${tag}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

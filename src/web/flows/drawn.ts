// The drawing as it came from the server, held against the few elements that a picture is made of: nothing else gets into the page.

export type Drawn = { tag: string; attrs: Readonly<Record<string, string>>; children: readonly Drawn[]; text?: string };

const TAGS = new Set(["svg", "g", "path", "rect", "text", "title", "desc"]);

/** null where it is no drawing. */
export function drawn(given: unknown): Drawn | null {
  if (!isRecord(given) || typeof given.tag !== "string" || !TAGS.has(given.tag)) return null;
  const attrs = isRecord(given.attrs) ? Object.entries(given.attrs) : [];
  const children = Array.isArray(given.children) ? given.children : [];
  return {
    tag: given.tag,
    attrs: Object.fromEntries(attrs.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []))),
    children: children.flatMap((child) => drawn(child) ?? []),
    ...(typeof given.text === "string" && { text: given.text }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** "stroke-width" is strokeWidth to React; names of data and of what is heard keep their hyphens. */
export const named = (attrs: Drawn["attrs"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attrs).map(([name, value]) => [
      /^(data|aria)-/.test(name) ? name : name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

// Plain values of a form, read and written without knowing their shape.
import type { Json } from "../../../description/rewrite.ts";
import type { FormNode } from "../../../versions/contract.ts";

export type Values = { [key: string]: Json };
export const UNKNOWN = "unknown";

export const isValues = (value: Json | undefined): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const valuesIn = (value: Json | undefined): Values => (isValues(value) ? value : {});
export const listIn = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
export const textIn = (value: Json | undefined): string => (typeof value === "string" ? value : "");
export const idsIn = (value: Json | undefined): string[] => listIn(value).filter((each) => typeof each === "string");

/** Without the key where there is nothing to say. */
export function withKey(values: Values, key: string, value: Json | undefined): Values {
  if (value !== undefined) return { ...values, [key]: value };
  return Object.fromEntries(Object.entries(values).filter(([each]) => each !== key));
}

/** What a new element begins with: only what it cannot be without. */
export function fresh(nodes: readonly FormNode[], at: number): Json | undefined {
  const node = nodes[at];
  if (!node) return undefined;
  const { kind, children, fixed, options } = node;
  if (kind === "fixed") return fixed;
  // Neither is said for anybody.
  if (kind === "yesNo") return undefined;
  if (kind === "choices" || kind === "list") return [];
  if (kind === "choice") return options[0]?.value;
  if (kind === "oneOf") return children[0] === undefined ? undefined : fresh(nodes, children[0]);
  if (kind !== "group") return kind === "number" ? 1 : undefined;
  const fields = children.flatMap((child) => {
    const field = nodes[child];
    const value = field?.required ? fresh(nodes, child) : undefined;
    return field && value !== undefined ? [[field.key, value] as const] : [];
  });
  return Object.fromEntries(fields);
}

/** Which of several shapes a value has: the one with its fixed value, else the one that knows its first key. */
export function variantOf(nodes: readonly FormNode[], children: readonly number[], value: Json | undefined): number {
  return Math.max(
    0,
    children.findIndex((at) => fits(nodes, at, value)),
  );
}

/** Also while nothing is written in it, a value is of the kind that was chosen for it. */
export const staysAs = (nodes: readonly FormNode[], at: number, value: Json | undefined): boolean =>
  (value === "" && nodes[at]?.kind !== "fixed") ||
  (isValues(value) && Object.keys(value).length === 0) ||
  fits(nodes, at, value);

function fits(nodes: readonly FormNode[], at: number, value: Json | undefined): boolean {
  const node = nodes[at];
  if (!node) return false;
  if (node.kind === "fixed") return node.fixed === value;
  if (node.kind === "group")
    return isValues(value) && node.children.some((child) => Object.hasOwn(value, nodes[child]?.key ?? ""));
  return true;
}

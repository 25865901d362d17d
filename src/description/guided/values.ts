// Plain values of a description, read and changed as copies.
import type { Path } from "../parse.ts";
import { type Json, valueAt, withChanges } from "../rewrite.ts";

export type Values = { [key: string]: Json };

export const isMap = (value: Json | undefined): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const mapIn = (value: Json | undefined): Values => (isMap(value) ? value : {});
export const listIn = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
export const idsIn = (value: Json | undefined): string[] => listIn(value).filter((each) => typeof each === "string");

export const mapAt = (values: Values, path: Path): Values => mapIn(valueAt(values, path));
export const idsAt = (values: Values, path: Path): string[] => idsIn(valueAt(values, path));

/** `value` absent: what is there goes. */
export const set = (values: Values, path: Path, value?: Json): Values => mapIn(withChanges(values, [{ path, value }]));

/** The list with the ids that are not in it yet. */
export function addTo(values: Values, path: Path, ids: readonly string[]): Values {
  const there = idsAt(values, path);
  return set(values, path, [...there, ...ids.filter((id) => !there.includes(id))]);
}

/** Every text changed by `change`, however deep. */
export function texts(value: Json, change: (text: string) => string): Json {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((each) => texts(each, change));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, texts(each, change)]));
}

/** Without the keys, however deep. */
export function without(value: Json, keys: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((each) => without(each, keys));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (keys.has(key) ? [] : [[key, without(each, keys)] as const])),
  );
}

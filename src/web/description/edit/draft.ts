// What has been changed and not yet put in force: in the memory of this page alone, so that a closed tab leaves nothing behind.
import { useSyncExternalStore } from "react";
import type { Json } from "../../../description/rewrite.ts";

/** `value` absent: the element goes. `title`: what people call it. */
export type Change = { path: string[]; value?: Json; title: string };
/** `base`: hash of the version that the changes are made on. `text`: a whole file instead. */
export type Draft = { base: string; changes: readonly Change[]; text: string | null };

const NONE: Draft = { base: "", changes: [], text: null };
let draft = NONE;
const listeners = new Set<() => void>();

function become(next: Draft): void {
  draft = next;
  for (const listener of listeners) listener();
}

export const useDraft = (): Draft =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => draft,
  );

export const isEmpty = ({ changes, text }: Draft): boolean => changes.length === 0 && text === null;

/** An element has one change: the last one. */
export function addChange(base: string, change: Change): void {
  const others = draft.base === base && draft.text === null ? draft.changes : [];
  const key = change.path.join(".");
  become({ base, changes: [...others.filter(({ path }) => path.join(".") !== key), change], text: null });
}

export const takeFile = (base: string, text: string): void => become({ base, changes: [], text });
export const takeBack = (path: readonly string[]): void =>
  become({ ...draft, changes: draft.changes.filter((each) => each.path.join(".") !== path.join(".")) });
export const dropDraft = (): void => become(NONE);
/** On top of a version that somebody else has put in force meanwhile. */
export const rebase = (base: string): void => become({ ...draft, base });

/** As the server is asked. */
export const asked = ({ base, changes, text }: Draft) =>
  text === null
    ? { base, changes: changes.map(({ path, value }) => ({ path, ...(value !== undefined && { value }) })) }
    : { base, text };

/** An id of the company's own from the name that people know it by: "Uusi lähde" → "uusiLahde", another number where it is taken. */
export function idFor(name: string, taken: readonly string[], otherwise: string): string {
  const words = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const joined = words.map((word, n) => (n === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)));
  const bare =
    joined
      .join("")
      .replace(/^[^a-z]+/, "")
      .slice(0, 34) || otherwise;
  let id = bare;
  for (let n = 2; taken.includes(id); n++) id = `${bare}${n}`;
  return id;
}

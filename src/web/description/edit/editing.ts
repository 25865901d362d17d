// Which statements can be edited here, and what opens when one is: told to the lines of the document by the page around them.
import { createContext, useContext } from "react";
import type { z } from "zod";
import type { readDescription, tryDescription } from "../../../versions/contract.ts";

export type InForceNow = z.output<typeof readDescription.response>;
export type Tried = z.output<typeof tryDescription.response>;
export type Finding = Tried["findings"][number];
export type Path = (string | number)[];
export type View = { kind: "form"; path: Path; isNew: boolean } | { kind: "trial" } | { kind: "file" };

export type Editing = { now: InForceNow; open: (view: View) => void };
export const EditingContext = createContext<Editing | null>(null);

/** null where nobody may edit, or the place is no element that stands for itself. */
export function useEditing(place: string): (() => void) | null {
  const editing = useContext(EditingContext);
  if (!editing) return null;
  const path = pathOf(place);
  const part = editing.now.parts.find(({ heading }) => heading === path[0]);
  if (!part || (part.many && path.length < 2)) return null;
  return () => editing.open({ kind: "form", path, isNew: false });
}

/** The headings of the document under which each part of the description is told, also while it is empty. */
const TOLD_UNDER: Readonly<Record<string, readonly string[]>> = {
  sources: ["sources"],
  legalBasis: ["purposes"],
  consent: ["consents", "channelPermissions"],
  systems: ["systems"],
  collected: ["subjects", "categories"],
  how: ["flows"],
  registers: ["registers"],
  controller: ["jointControllers", "languages"],
  processors: ["roles", "processors", "staff"],
  ending: ["retention", "events", "warranty", "holds", "banList", "rights"],
  safety: ["measures"],
};

/** What can be added under a heading of the document. */
export function useAdding(section: string): { add: string; open: () => void }[] {
  const editing = useContext(EditingContext);
  const headings = TOLD_UNDER[section];
  if (!editing || !headings) return [];
  return editing.now.parts.flatMap(({ heading, add, many }) => {
    if (add === null || !headings.includes(heading)) return [];
    return [{ add, open: () => editing.open({ kind: "form", path: [heading], isNew: many }) }];
  });
}

export const pathOf = (place: string): Path =>
  place.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));

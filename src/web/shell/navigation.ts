// The doors of the product; a person sees those behind which there is something they may do.
import { IconHome, IconUsers, type TablerIcon } from "@tabler/icons-react";
import type { Word } from "../words/words.tsx";

type Door = { to: string; word: Word; icon: TablerIcon; anyOf: readonly string[] };

export const doors: readonly Door[] = [
  { to: "/", word: "nav.home", icon: IconHome, anyOf: [] },
  { to: "/customers", word: "nav.customers", icon: IconUsers, anyOf: ["read customers", "collect customers"] },
];

export const doorsFor = (may: readonly string[]): readonly Door[] =>
  doors.filter(({ anyOf }) => anyOf.length === 0 || anyOf.some((act) => may.includes(act)));

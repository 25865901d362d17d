// The doors of the product; a person sees those behind which there is something they may do.
import {
  IconFileDescription,
  IconHome,
  IconHourglassLow,
  IconReceipt,
  IconTimeline,
  IconUserQuestion,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Word } from "../words/words.tsx";

type Door = { to: string; word: Word; icon: TablerIcon; anyOf: readonly string[] };

export const doors: readonly Door[] = [
  { to: "/", word: "nav.home", icon: IconHome, anyOf: [] },
  { to: "/customers", word: "nav.customers", icon: IconUsers, anyOf: ["read customers", "collect customers"] },
  { to: "/invoices", word: "nav.invoices", icon: IconReceipt, anyOf: ["read invoices"] },
  { to: "/requests", word: "nav.requests", icon: IconUserQuestion, anyOf: ["right access", "right erasure"] },
  { to: "/retention", word: "nav.retention", icon: IconHourglassLow, anyOf: ["keeps retention read"] },
  { to: "/description", word: "nav.description", icon: IconFileDescription, anyOf: ["keeps description read"] },
  { to: "/audit", word: "nav.audit", icon: IconTimeline, anyOf: ["keeps audit read"] },
  { to: "/accounts", word: "nav.accounts", icon: IconUsersGroup, anyOf: ["keeps accounts read"] },
];

export const doorsFor = (may: (act: string) => boolean): readonly Door[] =>
  doors.filter(({ anyOf }) => anyOf.length === 0 || anyOf.some(may));

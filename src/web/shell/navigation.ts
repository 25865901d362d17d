// The doors of the product; a person sees those behind which there is something they may do.
import {
  IconClipboardList,
  IconFileCertificate,
  IconFileDescription,
  IconHome,
  IconHourglassLow,
  IconKey,
  IconLifebuoy,
  IconReceipt,
  IconRoute,
  IconTimeline,
  IconUserQuestion,
  IconUsers,
  IconUsersGroup,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Word } from "../words/words.tsx";

type Door = { to: string; word: Word; icon: TablerIcon; anyOf: readonly string[] };
type Group = { word?: Word; doors: readonly Door[] };

const groups: readonly Group[] = [
  {
    doors: [
      { to: "/", word: "nav.home", icon: IconHome, anyOf: [] },
      { to: "/customers", word: "nav.customers", icon: IconUsers, anyOf: ["read customers", "collect customers"] },
      { to: "/orders", word: "nav.orders", icon: IconClipboardList, anyOf: ["read customers orders"] },
      { to: "/invoices", word: "nav.invoices", icon: IconReceipt, anyOf: ["read invoices"] },
      { to: "/requests", word: "nav.requests", icon: IconUserQuestion, anyOf: ["right access", "right erasure"] },
    ],
  },
  {
    word: "nav.privacy",
    doors: [
      { to: "/description", word: "nav.description", icon: IconFileDescription, anyOf: ["keeps description read"] },
      { to: "/flows", word: "nav.flows", icon: IconRoute, anyOf: ["keeps description read"] },
      { to: "/retention", word: "nav.retention", icon: IconHourglassLow, anyOf: ["keeps retention read"] },
      { to: "/certificates", word: "nav.certificates", icon: IconFileCertificate, anyOf: ["keeps retention read"] },
      { to: "/evidence", word: "nav.evidence", icon: IconTimeline, anyOf: ["keeps audit read"] },
    ],
  },
  {
    word: "nav.upkeep",
    doors: [
      { to: "/backups", word: "nav.backups", icon: IconLifebuoy, anyOf: ["keeps backups read"] },
      { to: "/keys", word: "nav.keys", icon: IconKey, anyOf: ["keeps keys read"] },
      { to: "/accounts", word: "nav.accounts", icon: IconUsersGroup, anyOf: ["keeps accounts read"] },
    ],
  },
];

/** Groups in which nothing is open are not there either. */
export const doorsFor = (may: (act: string) => boolean): readonly Group[] =>
  groups
    .map(({ doors, ...group }) => ({
      ...group,
      doors: doors.filter(({ anyOf }) => anyOf.length === 0 || anyOf.some(may)),
    }))
    .filter(({ doors }) => doors.length > 0);

import { Group } from "@mantine/core";
import { IconBuilding, IconUser, IconUserShare } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { CustomerPage } from "../../registers/customers/contract.ts";
import { phoneShown } from "../../values/phoneShown.ts";
import type { Column } from "../ui/DataTable.tsx";
import { VirtualTable } from "../ui/VirtualTable.tsx";
import { useWords } from "../words/words.tsx";

type Line = CustomerPage["items"][number];
const icons = { person: IconUser, organisation: IconBuilding, contactPerson: IconUserShare };

/** Columns that no row may fill for this purpose are left out. */
export function CustomerTable({ items, onEnd }: { items: readonly Line[]; onEnd?: (() => void) | undefined }) {
  const { t } = useWords();
  const name: Column<Line> = { head: t("customer.name"), width: "34%", cell: (line) => <NameCell line={line} /> };
  const optional: [keyof Line & ("phone" | "email" | "town"), Column<Line>][] = [
    [
      "phone",
      { head: t("customer.phone"), cell: ({ phone }) => phone && <span className="num">{phoneShown(phone)}</span> },
    ],
    ["email", { head: t("customer.email"), cell: ({ email }) => email }],
    ["town", { head: t("address.town"), cell: ({ town }) => town }],
  ];
  const shown = optional.filter(([key]) => items.some((line) => line[key] !== undefined)).map(([, column]) => column);
  return (
    <VirtualTable
      label={t("customers.title")}
      columns={[name, ...shown]}
      rows={items}
      keyOf={({ id }) => id}
      onEnd={onEnd}
    />
  );
}

function NameCell({ line: { id, kind, name } }: { line: Line }) {
  const { t } = useWords();
  const Icon = icons[kind];
  return (
    <Group gap={8} wrap="nowrap" align="center">
      <Icon size={16} stroke={1.6} role="img" aria-label={t(`customer.kind.${kind}`)} style={{ flex: "none" }} />
      <Link to="/customers/$id" params={{ id }}>
        {name ?? t("customer.unnamed")}
      </Link>
    </Group>
  );
}

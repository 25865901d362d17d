import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { ChosenBar } from "../ui/ChosenBar.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { SavedViews } from "../ui/SavedViews.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useChosen } from "../ui/useChosen.ts";
import { VirtualTable } from "../ui/VirtualTable.tsx";
import { useWords } from "../words/words.tsx";
import { Specimen } from "./Specimen.tsx";

type Row = { id: number; name: string; note: string; cents: number };

/** Rows that are read, and rows that open. */
export function Tables() {
  const { t, money } = useWords();
  const rows: Row[] = [
    { id: 1, name: t("backups.drills"), note: t("erasure.sureText"), cents: 123_450 },
    { id: 2, name: "x".repeat(70), note: "", cents: -1 },
  ];
  const many = Array.from({ length: 60 }, (_, id) => ({ id, name: `${id}`, note: "", cents: id }));
  const none = useChosen(rows, ({ id }) => `${id}`);
  const chosen = { ...none, rows: rows.slice(0, 1) };
  const columns: Column<Row>[] = [
    { head: t("customer.name"), cell: ({ name }) => <a href="#row">{name}</a> },
    {
      head: t("invoice.state"),
      cell: () => (
        <StateMark tone="good" icon={IconCheck}>
          {t("yes")}
        </StateMark>
      ),
    },
    { head: t("invoice.total"), align: "end", cell: ({ cents }) => money(cents) },
  ];
  const note: Column<Row> = { head: t("identity.reason"), prose: true, cell: (row) => row.note };
  return (
    <>
      <Specimen name="DataTable">
        <DataTable label="DataTable" columns={[...columns, note]} rows={rows} keyOf={({ id }) => id} />
      </Specimen>
      <Specimen name="SavedViews, something to keep">
        <SavedViews list="orders" search={{ view: "open" }} apply={() => undefined} />
      </Specimen>
      <Specimen name="SavedViews, nothing to keep">
        <SavedViews list="orders" search={{}} apply={() => undefined} />
      </Specimen>
      <Specimen name="DataTable, its rows open">
        <DataTable label="DataTable, its rows open" columns={columns} rows={rows} keyOf={({ id }) => id} opens />
      </Specimen>
      <Specimen name="VirtualTable">
        <VirtualTable label="VirtualTable" columns={columns} rows={many} keyOf={({ id }) => id} />
      </Specimen>
      <Specimen name="ChosenBar, some chosen">
        <ChosenBar chosen={chosen}>
          <Button size="compact-sm">{t("save")}</Button>
        </ChosenBar>
      </Specimen>
      <Specimen name="ChosenBar, none chosen">
        <ChosenBar chosen={none}>{null}</ChosenBar>
      </Specimen>
    </>
  );
}

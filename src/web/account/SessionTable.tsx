import { Badge, Button } from "@mantine/core";
import type { Session } from "../../registers/staff/signIn/contract.ts";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { useWords } from "../words/words.tsx";

type Props = { sessions: readonly Session[]; ending?: string | null; onEnd?: (id: string) => void };

/** Sessions of one person, the last used first. */
export function SessionTable({ sessions, ending = null, onEnd }: Props) {
  const { t, moment } = useWords();
  const columns: Column<Session>[] = [
    {
      head: t("session.device"),
      cell: ({ device, here }) => (
        <span>
          <b>{device || t("session.unknown")}</b>{" "}
          {here && (
            <Badge variant="default" tt="none" radius="sm">
              {t("session.here")}
            </Badge>
          )}
        </span>
      ),
    },
    { head: t("session.way"), cell: ({ way }) => t(`session.way.${way}`) },
    { head: t("session.seen"), cell: ({ seenAt }) => <span className="num">{moment(seenAt)}</span> },
    { head: t("session.ends"), cell: ({ endsAt }) => <span className="num">{moment(endsAt)}</span> },
  ];
  const deeds: Column<Session> = {
    head: t("account.deeds"),
    align: "end",
    cell: ({ id, here }) =>
      !here && (
        <Button size="compact-sm" variant="default" loading={ending === id} onClick={() => onEnd?.(id)}>
          {t("session.end")}
        </Button>
      ),
  };
  return (
    <DataTable
      label={t("sessions.title")}
      columns={onEnd && sessions.some(({ here }) => !here) ? [...columns, deeds] : columns}
      rows={sessions}
      keyOf={({ id }) => id}
    />
  );
}

import { Text } from "@mantine/core";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { useNotices } from "./useNotices.ts";

/** What has been told, whether it is over, and whether a letter went. */
export function NoticeHistory() {
  const { t, moment } = useWords();
  const notices = useNotices();
  if (!notices) return null;
  return (
    <Section title={t("notices.history")} id="notices">
      {notices.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("notices.none")}
        </Text>
      ) : (
        <DataTable
          label={t("notices.history")}
          rows={notices}
          keyOf={({ kind }) => kind}
          columns={[
            {
              head: t("notices.since"),
              width: "15%",
              cell: ({ since }) => <span className="num">{moment(since)}</span>,
            },
            {
              head: t("notices.what"),
              prose: true,
              width: "45%",
              cell: ({ title, text, wayOut, mendedAt }) => (
                <span>
                  <b>{title}</b>
                  <Text span size="sm" c="dimmed" display="block">
                    {text} {mendedAt === null && wayOut}
                  </Text>
                </span>
              ),
            },
            {
              head: t("notices.mended"),
              cell: ({ kind, mendedAt }) =>
                kind === "anchor" ? "" : mendedAt === null ? t("notices.open") : moment(mendedAt),
            },
            { head: t("notices.mail"), prose: true, cell: ({ mail }) => t(`notices.mail.${mail}`) },
          ]}
        />
      )}
    </Section>
  );
}

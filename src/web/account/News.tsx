import { Text } from "@mantine/core";
import { readNews } from "../../rights/staff/news/contract.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { useNewsWords } from "./newsWords.ts";

/** What was done to one's ways to sign in, by whom and when, from the log. */
export function News() {
  const { t } = useWords();
  const words = useNewsWords();
  const answer = useAsk(readNews, {});
  return (
    <Section title={t("news.section")} id="news">
      <Asked answer={answer}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("news.none")}
            </Text>
          ) : (
            <DataTable
              label={t("news.section")}
              columns={[
                { head: t("news.what"), width: "46%", cell: (line) => words(line).what },
                { head: t("news.when"), cell: (line) => words(line).when },
                { head: t("news.who"), cell: (line) => words(line).who },
              ]}
              rows={items}
              keyOf={({ id }) => id}
            />
          )
        }
      </Asked>
    </Section>
  );
}

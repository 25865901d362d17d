import { Button, Group, List, Text } from "@mantine/core";
import { IconShieldQuestion } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { readNews, seeNews } from "../../rights/staff/news/contract.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Notice } from "../ui/Notice.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { useNewsWords } from "./newsWords.ts";

const FIRST = 5;

/** What was done to one's ways to sign in before this sign-in, on every page until one says that it is all right. */
export function NewsBar() {
  const { t } = useWords();
  const words = useNewsWords();
  const { data } = useAsk(readNews, {}, { staleTime: 600_000 });
  const act = useAct(seeNews);
  const unseen = data?.items.filter((line) => line.unseen) ?? [];
  if (unseen.length === 0) return null;
  return (
    <Notice tone="attention" icon={IconShieldQuestion} title={t("news.title")}>
      <List size="sm" mb="xs">
        {unseen.slice(0, FIRST).map((line) => {
          const { what, when, who } = words(line);
          return (
            <List.Item key={line.id}>
              {what} · {when} · {who}
            </List.Item>
          );
        })}
      </List>
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex="1 1 260px">
          {t("news.text")}
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-sm"
            renderRoot={(props) => <Link {...props} to="/account" hash="news" />}
          >
            {t("news.look")}
          </Button>
          <Button size="compact-sm" loading={act.isPending} onClick={() => act.mutate({})}>
            {t("news.seen")}
          </Button>
        </Group>
      </Group>
      <ProblemAlert problem={act.error} />
    </Notice>
  );
}

import { Button, Center } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Empty } from "../ui/Empty.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";

export function NotFound() {
  const { t } = useWords();
  return (
    <Center component="main" mih="100dvh" p="md" ta="center">
      <Page title={t("notFound.title")} width="read">
        <Empty
          icon={IconMapOff}
          title={t("notFound.text")}
          action={<Button renderRoot={(props) => <Link {...props} to="/" />}>{t("notFound.home")}</Button>}
        />
      </Page>
    </Center>
  );
}

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { FindPerson } from "./FindPerson.tsx";
import { RequestList } from "./RequestList.tsx";

/** Somebody asks about their own data: what waits for an answer, and until when. */
export function RequestsPage() {
  const { t } = useWords();
  return (
    <Page
      title={t("requests.title")}
      lead={t("requests.lead")}
      actions={
        <Button
          leftSection={<IconPlus size={17} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/requests/new" />}
        >
          {t("requests.new")}
        </Button>
      }
    >
      <RequestList />
      <FindPerson />
    </Page>
  );
}

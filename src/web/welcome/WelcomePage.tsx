import { IconLinkOff } from "@tabler/icons-react";
import { useState } from "react";
import { Outside } from "../shell/Outside.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { AccountForm } from "./AccountForm.tsx";

/** The first page of a new user: the secret comes in the fragment, which no server and no log ever sees. */
export function WelcomePage() {
  const { t } = useWords();
  const [secret] = useState(takeSecret);
  return (
    <Outside>
      {secret ? (
        <Page title={t("welcome.title")} lead={t("welcome.lead")} width="read">
          <AccountForm secret={secret} />
        </Page>
      ) : (
        <Page title={t("welcome.title")} width="read">
          <Empty icon={IconLinkOff} title={t("welcome.noLink")}>
            {t("welcome.noLinkText")}
          </Empty>
        </Page>
      )}
    </Outside>
  );
}

let taken: string | null = null;

/** Reads the secret once and takes it out of the address, so that it stays in no history. */
function takeSecret(): string | null {
  const found = new URLSearchParams(window.location.hash.replace(/^#\/?/, "")).get("invitation");
  if (found) {
    taken = found;
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }
  return taken;
}

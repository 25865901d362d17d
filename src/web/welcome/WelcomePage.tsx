import { IconLinkOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { lookAtInvitation } from "../../registers/staff/contract.ts";
import { Outside } from "../shell/Outside.tsx";
import { Asked } from "../ui/Asked.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { AccountForm } from "./AccountForm.tsx";
import { NewPasswordForm } from "./NewPasswordForm.tsx";

/** Where a link leads: a new user, or one who could not get in. The secret comes in the fragment, which no server and no log ever sees. */
export function WelcomePage() {
  const { t } = useWords();
  const [secret] = useState(takeSecret);
  return (
    <Outside>
      {secret ? (
        <Begin secret={secret} />
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

function Begin({ secret }: { secret: string }) {
  const { t } = useWords();
  // Asked once: what was typed must not go when the window is looked at again and the link is spent.
  const answer = useQuery({
    queryKey: ["invitation", secret],
    queryFn: () => call(lookAtInvitation, { body: { secret } }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const login = answer.data?.login ?? null;
  return (
    <Page
      title={login === null ? t("welcome.title") : t("back.title")}
      lead={login === null ? t("welcome.lead") : t("back.lead")}
      width="read"
    >
      <Asked answer={answer}>
        {() => (login === null ? <AccountForm secret={secret} /> : <NewPasswordForm secret={secret} login={login} />)}
      </Asked>
    </Page>
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

import { Text } from "@mantine/core";
import { IconLinkOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/call.ts";
import { lookAtInvitation } from "../../registers/staff/contract.ts";
import { VisitPage } from "../demo/VisitPage.tsx";
import { Outside } from "../shell/Outside.tsx";
import { useCondition } from "../shell/useCondition.ts";
import { Asked } from "../ui/Asked.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { AccountForm } from "./AccountForm.tsx";
import { NewPasswordForm } from "./NewPasswordForm.tsx";

/** Where a link leads: a new user, one who could not get in, or a visitor of the demo. The secret comes in the fragment, which no server and no log ever sees. */
export function WelcomePage() {
  const { t } = useWords();
  const [link] = useState(takeSecret);
  if (link?.to === "visit") return <VisitPage secret={link.secret} />;
  return (
    <Outside>
      {link ? (
        <Begin secret={link.secret} />
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
  const demo = useCondition()?.demo;
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
      {login === null && demo === "offered" && (
        <Text size="sm" c="dimmed" mt="md">
          {t("demo.afterwards")}
        </Text>
      )}
    </Page>
  );
}

type Taken = { to: "invitation" | "visit"; secret: string };
let taken: Taken | null = null;

/** Reads the secret once and takes it out of the address, so that it stays in no history. */
function takeSecret(): Taken | null {
  const given = new URLSearchParams(window.location.hash.replace(/^#\/?/, ""));
  for (const to of ["invitation", "visit"] as const) {
    const secret = given.get(to);
    if (!secret) continue;
    taken = { to, secret };
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }
  return taken;
}

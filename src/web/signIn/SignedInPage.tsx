import { Center, Loader, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { call } from "../../api/call.ts";
import { finishOutside } from "../../channels/oidc/contract.ts";
import { enterAs } from "../session/me.ts";
import { PROVED, RETURNED } from "../session/proved.ts";
import { Outside } from "../shell/Outside.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** Where the company's sign-in service sends the browser back; what it says is in the address, which is emptied at once. */
export function SignedInPage() {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [answer] = useState(takeAnswer);
  const { data, error } = useQuery({
    queryKey: ["signed-in", answer],
    queryFn: () => call(finishOutside, { body: { answer } }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: false,
  });
  useEffect(() => {
    if (!data) return;
    if (data.did === "proved") {
      new BroadcastChannel(PROVED).postMessage(true);
      window.close();
      return;
    }
    if (data.did === "signedIn") new BroadcastChannel(RETURNED).postMessage(true);
    enterAs(client, data.me);
    void navigate({ to: data.did === "linked" ? "/account" : "/", replace: true });
  }, [data, client, navigate]);
  return (
    <Outside>
      <Page title={t("signIn.title")} width="read">
        {error ? (
          <Stack gap="md">
            <ProblemAlert problem={error} />
            <Link to="/">{t("signIn.back")}</Link>
          </Stack>
        ) : data?.did === "proved" ? (
          <p>{t("proof.done")}</p>
        ) : (
          <Center>
            <Loader aria-label={t("loading")} />
          </Center>
        )}
      </Page>
    </Outside>
  );
}

function takeAnswer(): string {
  const { search } = window.location;
  window.history.replaceState(window.history.state, "", window.location.pathname);
  return search;
}

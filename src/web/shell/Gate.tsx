import { Center, Loader } from "@mantine/core";
import { lazy, Suspense, useEffect } from "react";
import { MeContext, useSession } from "../session/me.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { Shell } from "./Shell.tsx";

const SignInPage = lazy(() => import("../signIn/SignInPage.tsx").then(({ SignInPage: page }) => ({ default: page })));

/** The shell for who is signed in; the sign-in page, at the same address, for who is not. */
export function Gate() {
  const { t, setLanguage } = useWords();
  const session = useSession();
  const own = session.data?.language;
  useEffect(() => {
    if (own) setLanguage(own);
  }, [own, setLanguage]);
  if (session.error?.status === 401) {
    return (
      <Suspense>
        <SignInPage />
      </Suspense>
    );
  }
  if (session.data) {
    return (
      <MeContext value={session.data}>
        <Shell />
      </MeContext>
    );
  }
  return (
    <Center component="main" mih="100dvh" p="md">
      {session.error ? (
        <ProblemAlert problem={session.error} retry={() => void session.refetch()} />
      ) : (
        <Loader aria-label={t("loading")} />
      )}
    </Center>
  );
}

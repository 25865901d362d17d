import { Center, Loader } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { leave, MeContext, useSession } from "../session/me.ts";
import { away } from "../session/proof.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { Shell } from "./Shell.tsx";
import { forgetTyped } from "./unsaved.ts";

const SignInPage = lazy(() => import("../signIn/SignInPage.tsx").then(({ SignInPage: page }) => ({ default: page })));

/** The shell for who is signed in; the sign-in page, at the same address, for who is not. A session that ends leaves the page as it is, under a dialog. */
export function Gate() {
  const { t, setLanguage } = useWords();
  const session = useSession();
  const own = session.data?.language;
  useEffect(() => {
    if (own) setLanguage(own);
  }, [own, setLanguage]);
  const gone = session.error?.status === 401;
  const { data, dataUpdatedAt } = session;
  const who = data?.id;
  const was = useRef(who);
  useEffect(() => {
    if (gone && was.current) void away.ask();
    if (gone || !who || dataUpdatedAt === 0) return;
    if (was.current && was.current !== who) {
      // Somebody else signed in, in another window: nothing of the one before is theirs.
      forgetTyped();
      leave();
    } else if (was.current) away.settle(true);
    was.current = who;
  }, [gone, who, dataUpdatedAt]);
  if (gone && !session.data) {
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

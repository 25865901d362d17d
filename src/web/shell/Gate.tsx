import { Center, Loader } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { leave, MeContext, useSession } from "../session/me.ts";
import { away } from "../session/proof.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { Shell } from "./Shell.tsx";
import { forgetTyped } from "./unsaved.ts";

const SignInPage = lazy(() => import("../signIn/SignInPage.tsx").then(({ SignInPage: page }) => ({ default: page })));

/** The shell for who is signed in; the sign-in page, at the same address, for who is not. A session that ends leaves the page as it is, under a dialog. */
export function Gate() {
  const { t, language, setLanguage } = useWords();
  const session = useSession();
  const gone = session.error?.status === 401;
  const { data, dataUpdatedAt } = session;
  const who = data?.id;
  const own = data?.language;
  const [spokenTo, setSpokenTo] = useState(own === language ? who : undefined);
  useEffect(() => {
    let current = true;
    // Nobody is shown a page in the browser's language that turns into theirs while they read.
    const speak = async () => {
      if (own) await setLanguage(own);
      if (current) setSpokenTo(who);
    };
    void speak();
    return () => {
      current = false;
    };
  }, [who, own, setLanguage]);
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
  if (gone && !data) {
    return (
      <Suspense>
        <SignInPage />
      </Suspense>
    );
  }
  if (data && spokenTo === who) {
    return (
      <MeContext value={data}>
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

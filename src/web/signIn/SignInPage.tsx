import { useQueryClient } from "@tanstack/react-query";
import { enterAs } from "../session/me.ts";
import { Outside } from "../shell/Outside.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { SignInForm } from "./SignInForm.tsx";

/** Where nobody is signed in, at whatever address they came to. */
export function SignInPage() {
  const { t } = useWords();
  const client = useQueryClient();
  return (
    <Outside>
      <Page title={t("signIn.title")} width="read">
        <SignInForm
          onSignedIn={(me) => enterAs(client, me)}
          goOutside={async (asked) => window.location.assign((await asked).url)}
        />
      </Page>
    </Outside>
  );
}

import { Loader } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { call } from "../../api/call.ts";
import { readMe } from "../../registers/staff/contract.ts";
import { visitDemo } from "../../server/demo/contract.ts";
import { enterAs } from "../session/me.ts";
import { Outside } from "../shell/Outside.tsx";
import { offerTour } from "../tour/state.ts";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** Where a link into the demo leads: in, without asking who one is. */
export function VisitPage({ secret }: { secret: string }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const begun = useRef(false);
  const { mutate, error } = useMutation({
    mutationFn: async () => {
      await call(visitDemo, { body: { secret, language } });
      return call(readMe, {});
    },
    onSuccess: async (me) => {
      enterAs(client, me);
      offerTour();
      await navigate({ to: "/", replace: true });
    },
  });
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate();
  }, [mutate]);
  return (
    <Outside>
      <Page title={t("demo.title")} lead={t("demo.visitLead")} width="read">
        {error ? <ProblemAlert problem={error} /> : <Loader aria-label={t("loading")} />}
      </Page>
    </Outside>
  );
}

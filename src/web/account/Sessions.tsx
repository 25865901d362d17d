import { Button } from "@mantine/core";
import { endMyOtherSessions, endMySession, listMySessions } from "../../registers/staff/signIn/contract.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { SessionTable } from "./SessionTable.tsx";

/** Where one is signed in; each of them, or all but this, can be ended. */
export function Sessions() {
  const { t } = useWords();
  const answer = useAsk(listMySessions, {});
  const one = useAct(endMySession);
  const others = useAct(endMyOtherSessions);
  return (
    <Asked answer={answer}>
      {({ items }) => (
        <Section
          title={t("sessions.title")}
          actions={
            items.length > 1 && (
              <Button variant="default" loading={others.isPending} onClick={() => others.mutate({})}>
                {t("sessions.endOthers")}
              </Button>
            )
          }
        >
          <ProblemAlert problem={one.error ?? others.error} />
          <SessionTable
            sessions={items}
            ending={one.isPending ? one.variables.params.id : null}
            onEnd={(id) => one.mutate({ params: { id } })}
          />
        </Section>
      )}
    </Asked>
  );
}

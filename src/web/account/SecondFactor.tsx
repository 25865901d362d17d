import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { removeSecondFactor, renewRecoveryCodes, type Ways } from "../../registers/staff/signIn/contract.ts";
import { useAct } from "../session/server.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { CodesDialog } from "./CodesDialog.tsx";
import { RemoveWay } from "./RemoveWay.tsx";
import { SetUpFactor } from "./SetUpFactor.tsx";

/** A code beside the password, and the recovery codes that stand in for the app. */
export function SecondFactor({ ways: { secondFactor } }: { ways: Ways }) {
  const { t, dayOfMoment } = useWords();
  const [doing, setDoing] = useState<"set" | "renew" | "remove" | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renewal = useAct(renewRecoveryCodes);
  const removal = useAct(removeSecondFactor);
  const close = () => setDoing(null);
  const show = ({ recoveryCodes }: { recoveryCodes: readonly string[] }) => {
    close();
    setCodes(recoveryCodes);
  };
  return (
    <Section
      title={t("factor.title")}
      actions={
        secondFactor ? (
          <>
            <Button variant="default" onClick={() => setDoing("renew")}>
              {t("factor.renew")}
            </Button>
            <Button variant="default" onClick={() => setDoing("remove")}>
              {t("remove")}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setDoing("set")}>
            {t("factor.set")}
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed" maw={620}>
        {secondFactor
          ? t("factor.since", { day: dayOfMoment(secondFactor.since), count: secondFactor.codesLeft })
          : t("factor.none")}
      </Text>
      {doing === "set" && <SetUpFactor onClose={close} onDone={show} />}
      {doing === "renew" && (
        <ReasonDialog
          opened
          onClose={close}
          title={t("factor.renew")}
          confirm={t("factor.renew")}
          busy={renewal.isPending}
          problem={renewal.error}
          onConfirm={() => renewal.mutate({}, { onSuccess: show })}
        >
          {t("factor.renewText")}
        </ReasonDialog>
      )}
      {doing === "remove" && (
        <RemoveWay
          title={t("factor.removeTitle")}
          removal={removal}
          remove={() => removal.mutate({}, { onSuccess: close })}
          onClose={close}
        />
      )}
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
    </Section>
  );
}

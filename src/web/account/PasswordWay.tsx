import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { removePassword, setPassword, type Ways } from "../../registers/staff/signIn/contract.ts";
import { useAct } from "../session/server.ts";
import { NewPasswordField, SHORTEST } from "../ui/fields/NewPasswordField.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { RemoveWay } from "./RemoveWay.tsx";

export function PasswordWay({ ways: { password, passkeys, outside } }: { ways: Ways }) {
  const { t, dayOfMoment } = useWords();
  const [doing, setDoing] = useState<"set" | "remove" | null>(null);
  const removal = useAct(removePassword);
  const close = () => setDoing(null);
  const other = passkeys.length + outside.length > 0;
  return (
    <Section
      title={t("signIn.password")}
      actions={
        <>
          <Button variant="default" onClick={() => setDoing("set")}>
            {t(password ? "password.change" : "password.set")}
          </Button>
          {password && other && (
            <Button variant="default" onClick={() => setDoing("remove")}>
              {t("remove")}
            </Button>
          )}
        </>
      }
    >
      <Text size="sm" c="dimmed" maw={620}>
        {password === null
          ? t("password.none")
          : password.changedAt === null
            ? t("password.there")
            : t("password.since", { day: dayOfMoment(password.changedAt) })}
      </Text>
      {doing === "set" && <NewPassword onClose={close} />}
      {doing === "remove" && (
        <RemoveWay
          title={t("password.removeTitle")}
          removal={removal}
          remove={() => removal.mutate({}, { onSuccess: close })}
          onClose={close}
        />
      )}
    </Section>
  );
}

function NewPassword({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const act = useAct(setPassword);
  const [draft, setDraft] = useState({ password: "", again: "" });
  const { password, again } = draft;
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t("password.newTitle")}
      confirm={t("save")}
      ready={password.length >= SHORTEST && password === again}
      busy={act.isPending}
      problem={act.error}
      onConfirm={() => act.mutate({ body: { password } }, { onSuccess: onClose })}
    >
      <Stack gap="md">
        <Text size="sm">{t("password.newText")}</Text>
        <NewPasswordField
          data-autofocus
          label={t("password.new")}
          value={password}
          onChange={(event) => setDraft({ ...draft, password: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("welcome.again")}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
          value={again}
          error={again !== "" && again !== password ? t("welcome.different") : undefined}
          onChange={(event) => setDraft({ ...draft, again: event.currentTarget.value })}
          maxLength={200}
        />
      </Stack>
    </ReasonDialog>
  );
}

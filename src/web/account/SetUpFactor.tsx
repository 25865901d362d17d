import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { confirmSecondFactor, startSecondFactor } from "../../registers/staff/signIn/contract.ts";
import { useAct } from "../session/server.ts";
import { Command } from "../ui/Command.tsx";
import { Loading } from "../ui/Loading.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Squares } from "../ui/Squares.tsx";
import { useWords } from "../words/words.tsx";

type Props = { onClose: () => void; onDone: (made: { recoveryCodes: readonly string[] }) => void };

/** The app reads a secret; its first code shows that it has it. */
export function SetUpFactor({ onClose, onDone }: Props) {
  const { t } = useWords();
  const begin = useAct(startSecondFactor);
  const confirm = useAct(confirmSecondFactor);
  const [code, setCode] = useState("");
  const begun = useRef(false);
  const { mutate } = begin;
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate({}, { onError: ({ code: why }) => why === "freshSignIn" && onClose() });
  }, [mutate, onClose]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ body: { code } }, { onSuccess: onDone });
  };
  return (
    <Modal opened onClose={onClose} title={t("factor.title")} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="md">
        <ProblemAlert problem={begin.error ?? confirm.error} />
        {begin.data ? (
          <form onSubmit={submit}>
            <Stack gap="md">
              <Text size="sm">{t("factor.scan")}</Text>
              <Squares rows={begin.data.code} label={t("factor.code")} />
              <Text size="sm">{t("factor.type")}</Text>
              <Command>{begin.data.secret.replace(/(.{4})(?=.)/g, "$1 ")}</Command>
              <TextInput
                data-autofocus
                label={t("factor.first")}
                inputMode="numeric"
                autoComplete="one-time-code"
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                maxLength={7}
                required
                withAsterisk={false}
              />
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={onClose}>
                  {t("cancel")}
                </Button>
                <Button type="submit" loading={confirm.isPending}>
                  {t("factor.take")}
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          !begin.error && <Loading rows={3} />
        )}
      </Stack>
    </Modal>
  );
}

import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconExternalLink, IconFingerprint } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { call } from "../../api/call.ts";
import { startOutsideProof } from "../../channels/oidc/contract.ts";
import { prove, provePasskey, readProof, startPasskeyProof } from "../../registers/staff/signIn/contract.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { hasPasskeys, usedPasskey } from "./passkey.ts";
import { settleProof, withProof } from "./proof.ts";
import { PROVED } from "./proved.ts";

/** Asks who one is, over whatever was being done. */
export function FreshDialog() {
  const { t } = useWords();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const offers = useQuery({ queryKey: ["proof"], queryFn: () => call(readProof, {}), staleTime: 0, gcTime: 0 });
  const done = { onSuccess: () => settleProof(true), meta: { keepsTyped: true } };
  const byPassword = useMutation({
    mutationFn: () => withProof(() => call(prove, { body: code.trim() === "" ? { password } : { password, code } })),
    ...done,
  });
  const byPasskey = useMutation({
    mutationFn: async () => {
      const credential = await usedPasskey(await withProof(() => call(startPasskeyProof, {})));
      if (credential) return call(provePasskey, { body: { credential } });
      throw new Closed();
    },
    ...done,
  });
  const outside = useMutation({
    mutationFn: async () => {
      // Opened at the press itself: a browser opens no window later.
      const opened = window.open("about:blank", "_blank", "popup,width=520,height=680");
      const { url } = await call(startOutsideProof, {});
      if (opened) opened.location.replace(url);
    },
  });
  useEffect(() => {
    const channel = new BroadcastChannel(PROVED);
    channel.onmessage = () => settleProof(true);
    return () => channel.close();
  }, []);
  const { data: has } = offers;
  const withPasskey = has?.passkey === true && hasPasskeys();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    byPassword.mutate();
  };
  const cancel = () => settleProof(false);
  const problem = byPassword.error ?? (byPasskey.error instanceof Closed ? null : byPasskey.error) ?? outside.error;
  return (
    <Modal
      // Once it is known what to ask, so that the first thing to press has the focus.
      opened={offers.isFetched}
      onClose={cancel}
      closeOnEscape={false}
      title={t("proof.title")}
      zIndex={400}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="md">
        <Text size="sm">{t("proof.text")}</Text>
        <ProblemAlert problem={problem ?? offers.error} />
        {withPasskey && (
          <Button
            data-autofocus
            leftSection={<IconFingerprint size={18} aria-hidden />}
            loading={byPasskey.isPending}
            onClick={() => byPasskey.mutate()}
          >
            {t("proof.passkey")}
          </Button>
        )}
        {has?.outside && (
          <Button
            variant="default"
            leftSection={<IconExternalLink size={17} aria-hidden />}
            loading={outside.isPending}
            onClick={() => outside.mutate()}
          >
            {t("proof.outside")}
          </Button>
        )}
        {has?.password && (
          <form onSubmit={submit}>
            <Stack gap="md">
              <PasswordInput
                {...(!withPasskey && { "data-autofocus": true })}
                label={t("signIn.password")}
                autoComplete="current-password"
                visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                required
                withAsterisk={false}
              />
              {has.code && (
                <TextInput
                  label={t("signIn.code")}
                  description={t("signIn.codeHelp")}
                  autoComplete="one-time-code"
                  value={code}
                  onChange={(event) => setCode(event.currentTarget.value)}
                  required
                  withAsterisk={false}
                />
              )}
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={cancel}>
                  {t("cancel")}
                </Button>
                <Button type="submit" loading={byPassword.isPending}>
                  {t("proof.action")}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </Modal>
  );
}

/** The browser's own dialog was closed: nothing went wrong. */
class Closed extends Error {}

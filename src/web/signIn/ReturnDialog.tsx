import { Button, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Me } from "../../registers/staff/contract.ts";
import { changeMe, leave, useMe } from "../session/me.ts";
import { away } from "../session/proof.ts";
import { RETURNED } from "../session/proved.ts";
import { forgetTyped } from "../shell/unsaved.ts";
import { useWords } from "../words/words.tsx";
import { SignInForm } from "./SignInForm.tsx";

/** Over a page whose session has ended. What was typed waits behind it, in memory and out of sight; only the same person gets back to it. */
export function ReturnDialog() {
  const { t } = useWords();
  const { id, name } = useMe();
  const client = useQueryClient();
  useEffect(() => {
    const channel = new BroadcastChannel(RETURNED);
    // Another window signed in: the session says as whom, and Gate what follows.
    channel.onmessage = () => void client.refetchQueries({ queryKey: ["me"] });
    return () => channel.close();
  }, [client]);
  const startAnew = () => {
    forgetTyped();
    leave();
  };
  const onSignedIn = (me: Me) => {
    if (me.id !== id) return startAnew();
    changeMe(client, me);
    away.settle(true);
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={t("return.title")}
      zIndex={500}
      overlayProps={{ backgroundOpacity: 1, color: "var(--ground)" }}
    >
      <Stack gap="md">
        <Text size="sm">{t("return.text", { name })}</Text>
        <SignInForm onSignedIn={onSignedIn} goOutside={openOutside} />
        <Button variant="subtle" color="gray" size="compact-sm" onClick={startAnew}>
          {t("return.anew")}
        </Button>
      </Stack>
    </Modal>
  );
}

async function openOutside(asked: Promise<{ url: string }>): Promise<void> {
  // Opened at the press itself: a browser opens no window later.
  const opened = window.open("about:blank", "_blank", "popup,width=520,height=680");
  const { url } = await asked;
  opened?.location.replace(url);
}

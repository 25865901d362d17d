import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useWords } from "../words/words.tsx";
import { ProblemAlert } from "./ProblemAlert.tsx";

type Props = {
  opened: boolean;
  onClose: () => void;
  title: string;
  children?: ReactNode;
  confirm: string;
  danger?: boolean;
  /** Asks why, at least five signs; the reason is kept with the act. */
  reasonLabel?: string;
  /** What is asked beside the reason has been answered. */
  ready?: boolean;
  busy: boolean;
  problem: Error | null;
  onConfirm: (reason: string) => void;
};

/** Asks once before an act that shows or loses something, with a reason where the law wants one. */
export function ReasonDialog({
  opened,
  onClose,
  title,
  children,
  confirm,
  danger,
  reasonLabel,
  ready = true,
  busy,
  problem,
  onConfirm,
}: Props) {
  const { t } = useWords();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const short = reasonLabel !== undefined && reason.trim().length < 5;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short && ready) onConfirm(reason.trim());
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {children && (
            <Text size="sm" component="div">
              {children}
            </Text>
          )}
          {reasonLabel !== undefined && (
            <Textarea
              data-autofocus
              label={reasonLabel}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={tried && short ? t("reason.short") : undefined}
              maxLength={400}
              autosize
              minRows={2}
              required
            />
          )}
          <ProblemAlert problem={problem} typed />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("cancel")}
            </Button>
            <Button type="submit" loading={busy} disabled={!ready} {...(danger && { color: "red" })}>
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

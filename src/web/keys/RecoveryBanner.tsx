import { Anchor, Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { readRecovery } from "../../wayOut/contract.ts";
import { useAsk } from "../session/server.ts";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";
import { RecoverySheet } from "./RecoverySheet.tsx";

const HOUR = 3_600_000;

/** Asks whoever keeps the keys for the paper until it is confirmed; nothing at all afterwards. `short`: in one line, where one does other work. */
export function RecoveryBanner({ short }: { short: boolean }) {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const { data } = useAsk(readRecovery, {}, { staleTime: HOUR });
  // Stays open over its own success, so that the person reads that it is done.
  if (!data || (data.confirmed && !opened)) return null;
  if (short)
    return (
      <p className="banner-line" role="note">
        <IconKey size={16} aria-hidden />
        {t("recovery.waits")}
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/keys" />}>
          {t("recovery.open")}
        </Anchor>
      </p>
    );
  return (
    <>
      <Notice tone="note" icon={IconKey} title={t("recovery.waits")}>
        {t("recovery.waitsText")}{" "}
        <Button variant="default" size="compact-sm" onClick={open}>
          {t("recovery.open")}
        </Button>
      </Notice>
      <Modal
        opened={opened}
        onClose={close}
        title={t("recovery.title")}
        closeButtonProps={{ "aria-label": t("close") }}
        size="lg"
      >
        <RecoverySheet />
      </Modal>
    </>
  );
}

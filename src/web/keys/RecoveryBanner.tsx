import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey } from "@tabler/icons-react";
import { readRecovery } from "../../wayOut/contract.ts";
import { useAsk } from "../session/server.ts";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";
import { RecoverySheet } from "./RecoverySheet.tsx";

const HOUR = 3_600_000;

/** Asks whoever keeps the keys for the paper until it is confirmed; nothing at all afterwards. */
export function RecoveryBanner() {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const { data } = useAsk(readRecovery, {}, { staleTime: HOUR });
  // Stays open over its own success, so that the person reads that it is done.
  if (!data || (data.confirmed && !opened)) return null;
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

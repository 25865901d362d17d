import { Button, CopyButton, Group, Portal, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCopy, IconPrinter } from "@tabler/icons-react";
import type { z } from "zod";
import type { makeOwnCardLink } from "../../rights/ownCard/contract.ts";
import { useLabels } from "../session/labels.ts";
import { Command } from "../ui/Command.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Squares } from "../ui/Squares.tsx";
import { useWords } from "../words/words.tsx";

/** At this machine's own address nobody else reaches it. */
const isOnlyHere = (url: string) => ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);

type Made = z.output<typeof makeOwnCardLink.response>;

/** The link as the customer gets it: on their phone, as text, or as a small card on paper. */
export function OwnCardMade({ made, onClose }: { made: Made; onClose: () => void }) {
  const { t, dayOfMoment } = useWords();
  const { labels } = useLabels();
  const day = dayOfMoment(made.endsAt);
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        {t("ownCard.made", { day })}
      </Text>
      {isOnlyHere(made.url) && (
        <Notice tone="attention" icon={IconAlertTriangle} title={t("ownCard.onlyHere")}>
          {t("ownCard.onlyHereText")}
        </Notice>
      )}
      <Squares rows={made.qr} label={t("ownCard.qr")} />
      <Command>{made.code}</Command>
      <Group gap="xs">
        <CopyButton value={made.url}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? t("copied") : t("ownCard.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {t("ownCard.print")}
        </Button>
        <Button onClick={onClose}>{t("close")}</Button>
      </Group>
      <Portal className="own-card-paper" reuseTargetNode={false}>
        <p>{labels?.company}</p>
        <h1>{t("ownCard.paperTitle")}</h1>
        <Squares rows={made.qr} label={t("ownCard.qr")} className="own-card-squares" />
        <p className="own-card-code">{made.code}</p>
        <p>{t("ownCard.paperText", { address: made.address, day })}</p>
      </Portal>
    </Stack>
  );
}

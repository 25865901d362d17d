import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconId } from "@tabler/icons-react";
import { useLocation } from "@tanstack/react-router";
import type { Customer } from "../../registers/customers/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { OwnCardDialog } from "./OwnCardDialog.tsx";
import { OWN_CARD } from "./ownCardPlace.ts";

/** The way to the customer's own card, given by who answers requests; nothing where the description opens no cards. */
export function OwnCard({ customer: { id, kind } }: { customer: Customer }) {
  const { t } = useWords();
  const { labels } = useLabels();
  const may = useMay();
  const asked = useLocation({ select: ({ hash }) => hash === OWN_CARD });
  const [opened, { open, close }] = useDisclosure(asked);
  const served = Object.values(labels?.sources ?? {}).some((source) => source.kind === "ownCard");
  if (!served || kind === "organisation" || !may("right access")) return null;
  return (
    <Section title={t("ownCard.title")}>
      <Text size="sm" c="dimmed" maw={620} mb="sm">
        {t("ownCard.text")}
      </Text>
      <Button variant="default" size="xs" leftSection={<IconId size={16} aria-hidden />} onClick={open}>
        {t("ownCard.give")}
      </Button>
      {opened && <OwnCardDialog customerId={id} onClose={close} />}
    </Section>
  );
}

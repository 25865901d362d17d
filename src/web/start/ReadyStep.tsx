import { Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { printDocument } from "../../proofs/contract.ts";
import { AddAccount } from "../accounts/AddAccount.tsx";
import { DemoOffer } from "../demo/DemoOffer.tsx";
import { RecoverySheet } from "../keys/RecoverySheet.tsx";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { PrintLink } from "../ui/PrintLink.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { type Progress, startOver } from "./progress.ts";

/** What is done before the first customer. */
export function ReadyStep({ progress: { done } }: { progress: Progress }) {
  const { t, language } = useWords();
  const may = useMay();
  const { labels } = useLabels();
  return (
    <Stack gap={0} className="start-ready">
      <Text mb="lg">{t("start.ready.text", { company: labels?.company ?? "", version: done ?? "" })}</Text>
      {may("keeps accounts change") && (
        <Section title={t("start.ready.people")}>
          <div className="panel">
            <Text size="sm" mb="sm">
              {t("start.ready.peopleText")}
            </Text>
            <Group gap="xs">
              <AddAccount />
              <Button variant="default" renderRoot={(props) => <Link {...props} to="/accounts" />}>
                {t("start.ready.accounts")}
              </Button>
            </Group>
          </div>
        </Section>
      )}
      {may("keeps keys change") && (
        <Section title={t("recovery.title")}>
          <div className="panel">
            <RecoverySheet />
          </div>
        </Section>
      )}
      <Section title={t("start.ready.print")}>
        <div className="panel">
          <Text size="sm" mb="sm">
            {t("start.ready.printText")}
          </Text>
          <Stack gap="xs">
            {(["dataflow", "notice"] as const).map((kind) => (
              <Group key={kind} gap="sm">
                <Text size="sm" fw={600} miw={160}>
                  {t(`description.kind.${kind}`)}
                </Text>
                <PrintLink path={printDocument.path} params={{ kind }} />
              </Group>
            ))}
          </Stack>
        </div>
      </Section>
      {may("keeps accounts change") && <DemoOffer />}
      <Group gap="xs">
        <Button renderRoot={(props) => <Link {...props} to="/" />}>{t("start.ready.home")}</Button>
        <Button variant="subtle" onClick={() => startOver(language)}>
          {t("start.ready.again")}
        </Button>
      </Group>
    </Stack>
  );
}

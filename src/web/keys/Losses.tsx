import { Text } from "@mantine/core";
import { Command } from "../ui/Command.tsx";
import { Facts } from "../ui/Facts.tsx";
import { Section } from "../ui/Section.tsx";
import { useMoreWords } from "../words/more.ts";
import { useWords } from "../words/words.tsx";

const losses = ["rootKey", "keyring", "server", "paper", "serverAndPaper"] as const;

/** What losing each thing would mean, before it is lost, in the words of the command that tries it. */
export function Losses() {
  const { t } = useWords();
  const words = useMoreWords("keys");
  return (
    <Section title={t("keys.losses")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("keys.lossesText")}
      </Text>
      {words && (
        <Facts facts={losses.map((loss) => ({ term: words(`lost.${loss}`), value: words(`lost.${loss}.then`) }))} />
      )}
      <Text size="sm" mt="md" mb={6}>
        {t("keys.rehearse")}
      </Text>
      <Command>npx tietovirta keys lost</Command>
    </Section>
  );
}

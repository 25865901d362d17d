import { Button, Group, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { exportCheckpoints, exportLog } from "../../registers/evidence/contract.ts";
import { Command } from "../ui/Command.tsx";
import { DownloadLink } from "../ui/DownloadLink.tsx";
import { Section } from "../ui/Section.tsx";
import { saveFile } from "../ui/saveFile.ts";
import { useWords } from "../words/words.tsx";
import type { Head } from "./LogPage.tsx";

/** The log as files, which anybody verifies without the program. */
export function TakeOut({ head: { checkpoint, keys } }: { head: Head }) {
  const { t } = useWords();
  if (!checkpoint) return null;
  // Of one checkpoint, so that the files belong together whatever is signed meanwhile.
  const size = `?size=${checkpoint.size}`;
  return (
    <Section title={t("log.takeOut")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("log.takeOutText")}
      </Text>
      <Group gap="xs" mb="md">
        <DownloadLink href={`${exportLog.path}${size}`} file="entries.jsonl">
          {t("log.fileEntries")}
        </DownloadLink>
        <DownloadLink href={`${exportCheckpoints.path}${size}`} file="checkpoints.txt">
          {t("log.fileCheckpoints")}
        </DownloadLink>
        <Button
          variant="default"
          leftSection={<IconDownload size={17} aria-hidden />}
          onClick={() => saveFile("key.txt", `${keys.join("\n")}\n`, "text/plain")}
        >
          {t("log.fileKey")}
        </Button>
      </Group>
      <Text size="sm" mb={6}>
        {t("evidence.outsider")}
      </Text>
      <Command>node verify.mjs FOLDER --key KEY.txt --anchor ANCHOR.txt</Command>
      <Text size="sm" c="dimmed" mt="sm">
        {t("log.docs")}
      </Text>
    </Section>
  );
}

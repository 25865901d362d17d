import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { readDescriptionText } from "../../../versions/contract.ts";
import { DownloadLink } from "../../ui/DownloadLink.tsx";
import { YamlField } from "../../ui/fields/YamlField.tsx";
import { useWords } from "../../words/words.tsx";
import { takeFile } from "./draft.ts";
import type { InForceNow, View } from "./editing.ts";

/** The same description as a file: out byte for byte, and in again by way of a trial. */
export function DescriptionFile({ now, onView }: { now: InForceNow; onView: (view: View) => void }) {
  const { t, moment } = useWords();
  const [text, setText] = useState("");
  const tryIt = () => {
    takeFile(now.hash, text);
    onView({ kind: "trial" });
  };
  return (
    <Stack gap="lg">
      <section>
        <Title order={3}>{t("draft.export")}</Title>
        <Text size="sm" mb="sm">
          {t("draft.exportText", { version: now.version, moment: moment(now.since), by: now.by ?? t("draft.program") })}
        </Text>
        <DownloadLink href={readDescriptionText.path} file={now.file}>
          {t("draft.download")}
        </DownloadLink>
      </section>
      <section>
        <Title order={3}>{t("draft.import")}</Title>
        <Text size="sm" mb="sm">
          {t("draft.importText")}
        </Text>
        <Stack gap="sm">
          <YamlField text={text} onText={setText} minRows={6} />
          <Group>
            <Button onClick={tryIt} disabled={text.trim() === ""}>
              {t("draft.review")}
            </Button>
          </Group>
        </Stack>
      </section>
    </Stack>
  );
}

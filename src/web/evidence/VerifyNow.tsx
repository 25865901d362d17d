import { Alert, Button, FileButton, Group, Text, Textarea } from "@mantine/core";
import { IconFileUpload, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { useState } from "react";
import type { z } from "zod";
import { verifyLog } from "../../registers/evidence/contract.ts";
import { useAct } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { Working } from "../ui/Working.tsx";
import { useMoreWords } from "../words/more.ts";
import { useWords } from "../words/words.tsx";

type Verdict = z.output<typeof verifyLog.response>;

/** Every hash computed anew, now; with anchors of one's own a log that was put back is seen too. */
export function VerifyNow({ entries }: { entries: number }) {
  const { t } = useWords();
  const verify = useAct(verifyLog);
  const [pasted, setPasted] = useState("");
  const [files, setFiles] = useState<readonly string[]>([]);
  const anchors = [...files, ...(pasted.trim() ? [pasted] : [])];
  const add = async (given: File[]) => setFiles(await Promise.all(given.map((file) => file.text())));
  return (
    <Section title={t("log.verify")}>
      <div className="panel">
        <Text size="sm" mb="sm">
          {t("log.verifyText")}
        </Text>
        <details className="more">
          <summary>{t("log.ownAnchors")}</summary>
          <Textarea
            label={t("log.pasted")}
            description={t("log.pastedText")}
            value={pasted}
            onChange={(event) => setPasted(event.currentTarget.value)}
            maxLength={300_000}
            autosize
            minRows={2}
            maxRows={8}
            mt="sm"
            classNames={{ input: "place" }}
          />
          <Group gap="sm" mt="sm" mb="md">
            <FileButton onChange={(given) => void add(given)} accept=".txt,text/plain" multiple>
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconFileUpload size={17} aria-hidden />}>
                  {t("log.chooseFiles")}
                </Button>
              )}
            </FileButton>
            {files.length > 0 && <Text size="sm">{t("log.files", { count: files.length })}</Text>}
          </Group>
        </details>
        <Button
          leftSection={<IconShieldCheck size={17} aria-hidden />}
          loading={verify.isPending}
          onClick={() => verify.mutate({ body: { anchors } })}
        >
          {t("log.verifyNow")}
        </Button>
        <div role="status">
          {verify.isPending && <Working>{t("log.verifying", { count: entries })}</Working>}
          {verify.isSuccess && !verify.isPending && <Result verdict={verify.data} />}
        </div>
        {verify.error && (
          <div style={{ marginTop: 16 }}>
            <ProblemAlert problem={verify.error} />
          </div>
        )}
      </div>
    </Section>
  );
}

function Result({ verdict }: { verdict: Verdict }) {
  const { t } = useWords();
  const words = useMoreWords("cli");
  const { entries, signed, dropped, checkpoints, anchors, bad } = verdict;
  if (!words) return null;
  if (bad)
    return (
      <Alert color="red" icon={<IconShieldX size={20} aria-hidden />} title={t("log.bad")} mt="md">
        <Text size="sm">{words(`log.bad.${bad.what}`, { index: bad.index, until: bad.until ?? entries })}</Text>
        <Text size="sm" mt={6}>
          {t("log.badDo")}
        </Text>
      </Alert>
    );
  return (
    <Alert
      color="spruce"
      icon={<IconShieldCheck size={20} aria-hidden />}
      title={words("log.good", { entries, checkpoints, anchors })}
      mt="md"
    >
      <Text size="sm">
        {t("log.goodMore", { signed, dropped })} {anchors === 0 && t("log.noAnchors")}
      </Text>
    </Alert>
  );
}

import { Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconDownload, IconRefresh } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import {
  confirmRecoverySheet,
  printRecoverySheet,
  type Recovery,
  readRecovery,
  renewRecoverySheet,
} from "../../wayOut/contract.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { saveFile } from "../ui/saveFile.ts";
import { useWords } from "../words/words.tsx";

/** The recovery paper from its print to its confirmation, and a new one: for whoever keeps the keys. */
export function RecoverySheet() {
  const answer = useAsk(readRecovery, {});
  return (
    <Asked answer={answer}>{(found) => (found.confirmed ? <Confirmed {...found} /> : <Waiting {...found} />)}</Asked>
  );
}

function Waiting({ asked }: Recovery) {
  const { t, language } = useWords();
  const print = useAct(printRecoverySheet);
  const confirm = useAct(confirmRecoverySheet);
  const [words, setWords] = useState<readonly string[]>([]);
  const typed = asked.map((_, n) => words[n]?.trim() ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.every((word) => word !== "")) confirm.mutate({ body: { words: typed.join(" ") } });
  };
  return (
    <Stack gap="md">
      <Text size="sm">{t("recovery.waitsText")}</Text>
      <Text size="sm">{t("recovery.explain")}</Text>
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={17} aria-hidden />}
          loading={print.isPending}
          onClick={() =>
            print.mutate(
              { body: { language } },
              { onSuccess: ({ pdf }) => saveFile(t("recovery.file"), pdfOf(pdf), "application/pdf") },
            )
          }
        >
          {t("recovery.print")}
        </Button>
      </Group>
      <ProblemAlert problem={print.error} />
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            {asked.map((number, n) => (
              <TextInput
                key={number}
                label={t("recovery.word", { number })}
                value={words[n] ?? ""}
                onChange={({ currentTarget: { value } }) =>
                  setWords(asked.map((_, m) => (m === n ? value : (words[m] ?? ""))))
                }
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={20}
                required
              />
            ))}
          </SimpleGrid>
          <ProblemAlert problem={confirm.error} typed />
          <Group justify="flex-end">
            <Button type="submit" loading={confirm.isPending} disabled={typed.includes("")}>
              {t("recovery.confirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

function Confirmed({ recipient }: Recovery) {
  const { t } = useWords();
  const renew = useAct(renewRecoverySheet);
  const [sure, setSure] = useState(false);
  return (
    <Stack gap="md">
      <Text size="sm">{t("recovery.confirmed")}</Text>
      <Text size="sm" c="dimmed">
        {t("recovery.recipient")}: <span className="place">{recipient}</span>
      </Text>
      <Group>
        <Button variant="default" leftSection={<IconRefresh size={17} aria-hidden />} onClick={() => setSure(true)}>
          {t("recovery.renew")}
        </Button>
      </Group>
      <ReasonDialog
        opened={sure}
        onClose={() => setSure(false)}
        title={t("recovery.renewSure")}
        confirm={t("recovery.renew")}
        busy={renew.isPending}
        problem={renew.error}
        onConfirm={() => renew.mutate({}, { onSuccess: () => setSure(false) })}
      >
        {t("recovery.renewText")}
      </ReasonDialog>
    </Stack>
  );
}

/** A PDF that came as base64. */
const pdfOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

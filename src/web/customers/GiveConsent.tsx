import { Blockquote, Button, Checkbox, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { giveConsent, type Permissions } from "../../registers/permissions/contract.ts";
import { languages } from "../../values/Language.ts";
import { useLabels } from "../session/labels.ts";
import { useAct } from "../session/server.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";
import { staffSources } from "./draft.ts";

type Props = { customerId: string; offered: Permissions["offered"] };

/** A consent told to the customer in its own wording, and written down when they have said yes. */
export function GiveConsent({ customerId, offered: all }: Props) {
  const { t } = useWords();
  const { labels } = useLabels();
  const [opened, { open, close }] = useDisclosure();
  const theirs = staffSources(labels);
  const offered = all.flatMap((one) => {
    const sources = one.sources.filter((source) => theirs.some(({ id }) => id === source));
    return sources.length > 0 ? [{ ...one, sources }] : [];
  });
  if (offered.length === 0) return null;
  return (
    <>
      <Button size="compact-sm" variant="light" onClick={open}>
        {t("permissions.give")}
      </Button>
      {opened && <Telling customerId={customerId} offered={offered} onClose={close} />}
    </>
  );
}

function Telling({ customerId: id, offered, onClose }: Props & { onClose: () => void }) {
  const { t, language: mine } = useWords();
  const { labels, purpose } = useLabels();
  const act = useAct(giveConsent);
  const [nth, choose] = useState(0);
  const [told, setTold] = useState(mine);
  const [from, setFrom] = useState("phone");
  const [agreed, setAgreed] = useState(false);
  const one = offered[nth];
  if (!one) return null;
  const { consent, wording, text } = one;
  const spoken = languages.filter((each) => text[each] !== undefined);
  const language = spoken.includes(told) ? told : (spoken[0] ?? "fi");
  const sources = staffSources(labels).filter(({ id: source }) => one.sources.includes(source));
  const source = (sources.find(({ id: each }) => each === from) ?? sources[0])?.id ?? "";
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t("permissions.give")}
      confirm={t("permissions.give")}
      ready={agreed && source !== ""}
      busy={act.isPending}
      problem={act.error}
      onConfirm={() =>
        act.mutate({ params: { id }, body: { consent, wording, language, source } }, { onSuccess: onClose })
      }
    >
      <Stack gap="md">
        <Text size="sm">{t("permissions.giveText")}</Text>
        {offered.length > 1 && (
          <NativeSelect
            label={t("permissions.which")}
            value={String(nth)}
            onChange={(event) => {
              choose(Number(event.currentTarget.value));
              setAgreed(false);
            }}
            data={offered.map((each, n) => ({ value: String(n), label: purpose(each.purpose) }))}
          />
        )}
        <Blockquote lang={language} p="sm" m={0}>
          {text[language]}
        </Blockquote>
        <Group grow align="flex-end">
          {spoken.length > 1 && (
            <NativeSelect
              label={t("permissions.toldIn")}
              value={language}
              onChange={(event) => setTold(spoken.find((each) => each === event.currentTarget.value) ?? language)}
              data={spoken.map((each) => ({ value: each, label: t(`language.${each}`) }))}
            />
          )}
          <NativeSelect
            label={t("permissions.howGiven")}
            value={source}
            onChange={(event) => setFrom(event.currentTarget.value)}
            data={sources.map(({ id: each, label }) => ({ value: each, label }))}
          />
        </Group>
        <Checkbox
          label={t("permissions.saidYes")}
          checked={agreed}
          onChange={(event) => setAgreed(event.currentTarget.checked)}
        />
      </Stack>
    </ReasonDialog>
  );
}

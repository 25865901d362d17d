import { Button, Checkbox, NativeSelect, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { ExtensionReason, extend, type PersonRequest } from "../../registers/requests/contract.ts";
import { useAct } from "../session/server.ts";
import { Facts } from "../ui/Facts.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { DaysLeft } from "./DaysLeft.tsx";

/** Until when the person is answered, and taking longer where the law allows. */
export function CaseDeadline({ request }: { request: PersonRequest }) {
  const { t, sentence, day } = useWords();
  const { receivedOn, channel, targetOn, dueOn, daysLeft, outcome, extensionReason, couldExtendTo, asks, replyTo } =
    request;
  const open = outcome === null;
  const facts = [
    { term: t("case.received"), value: `${day(receivedOn)}, ${sentence("rights", `request.channel.${channel}`)}` },
    ...(open && targetOn !== dueOn && extensionReason === null
      ? [{ term: t("case.target"), value: t("case.by", { day: day(targetOn) }) }]
      : []),
    {
      term: t("case.due"),
      value: (
        <span className="due">
          <span className="num">{day(dueOn)}</span> {open && <DaysLeft daysLeft={daysLeft} />}
          {extensionReason && (
            <> {t("case.extended", { reason: sentence("rights", `request.extension.${extensionReason}`) })}</>
          )}
        </span>
      ),
    },
    ...(asks ? [{ term: t("case.asks"), value: <span style={{ whiteSpace: "pre-line" }}>{asks}</span> }] : []),
    ...(replyTo ? [{ term: t("case.replyTo"), value: <span style={{ whiteSpace: "pre-line" }}>{replyTo}</span> }] : []),
  ];
  return (
    <Section
      title={t("case.deadline")}
      actions={open && couldExtendTo && daysLeft >= 0 && <Extend id={request.id} to={couldExtendTo} />}
    >
      <Facts facts={facts} />
    </Section>
  );
}

function Extend({ id, to }: { id: string; to: string }) {
  const { t, sentence, day } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const [reason, setReason] = useState<(typeof ExtensionReason.options)[number]>("complexity");
  const [told, setTold] = useState(false);
  const act = useAct(extend);
  return (
    <>
      <Button variant="subtle" size="xs" onClick={open}>
        {t("case.extend")}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("case.extend")}
        confirm={t("case.extend")}
        ready={told}
        busy={act.isPending}
        problem={act.error}
        onConfirm={() => act.mutate({ params: { id }, body: { reason, told: true } }, { onSuccess: close })}
      >
        <Stack gap="md">
          <span>{t("case.extendText", { day: day(to) })}</span>
          <NativeSelect
            data-autofocus
            label={t("case.extendReason")}
            value={reason}
            onChange={(event) =>
              setReason(ExtensionReason.options.find((one) => one === event.currentTarget.value) ?? reason)
            }
            data={ExtensionReason.options.map((value) => ({
              value,
              label: sentence("rights", `request.extension.${value}`),
            }))}
          />
          <Checkbox
            label={t("case.extendTold")}
            checked={told}
            onChange={(event) => setTold(event.currentTarget.checked)}
          />
        </Stack>
      </ReasonDialog>
    </>
  );
}

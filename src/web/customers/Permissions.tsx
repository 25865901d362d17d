import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBan, IconCheck, IconHandStop } from "@tabler/icons-react";
import {
  addObjection,
  type Permissions as Held,
  readPermissions,
  withdrawConsent,
} from "../../registers/permissions/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { Section } from "../ui/Section.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";
import { channelWords } from "./channelWords.ts";
import { GiveConsent } from "./GiveConsent.tsx";

/** What the customer has allowed and refused; changed by who answers requests, and heeded at once. Of one who is restricted no new consent is written down. */
export function Permissions({ customerId, restricted }: { customerId: string; restricted: boolean }) {
  const { t } = useWords();
  const answer = useAsk(readPermissions, { params: { id: customerId } });
  return (
    <Section title={t("permissions.title")}>
      <Asked answer={answer} rows={2}>
        {(held) => <List customerId={customerId} held={restricted ? { ...held, offered: [] } : held} />}
      </Asked>
    </Section>
  );
}

function List({ customerId, held }: { customerId: string; held: Held }) {
  const { t, day, dayOfMoment } = useWords();
  const { purpose, source } = useLabels();
  const may = useMay();
  const objections = held.objections.filter(({ liftedAt }) => liftedAt === null);
  const objectable = may("right objection") ? held.objectable : [];
  const give = (
    <Group>
      <GiveConsent customerId={customerId} offered={held.offered} />
    </Group>
  );
  if (held.consents.length + objections.length + objectable.length === 0)
    return (
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t("permissions.none")}
        </Text>
        {give}
      </Stack>
    );
  return (
    <Stack gap="xs">
      <ul className="permissions">
        {held.consents.map(({ consent, purpose: of, channels, source: by, givenAt, withdrawnAt, lastDay }) => (
          <li key={`${consent} ${givenAt}`}>
            <span>
              {purpose(of)}{" "}
              <small>
                {channelWords(t, channels)} · {t("permissions.givenOn", { day: dayOfMoment(givenAt), how: source(by) })}
                {withdrawnAt && ` · ${t("permissions.withdrawnOn", { day: dayOfMoment(withdrawnAt) })}`}
                {lastDay && ` · ${t("permissions.until", { day: day(lastDay) })}`}
              </small>
            </span>
            <Group gap="xs">
              {withdrawnAt ? (
                <StateMark tone="plain" icon={IconBan}>
                  {t("permissions.withdrawn")}
                </StateMark>
              ) : (
                <StateMark tone="good" icon={IconCheck}>
                  {t("permissions.consented")}
                </StateMark>
              )}
              {!withdrawnAt && may("right withdrawal") && (
                <Withdraw customerId={customerId} consent={consent} of={purpose(of)} />
              )}
            </Group>
          </li>
        ))}
        {objections.map(({ purpose: of, at }) => (
          <li key={`objection ${of}`}>
            <span>
              {purpose(of)} <small>{t("permissions.objectedOn", { day: dayOfMoment(at) })}</small>
            </span>
            <StateMark tone="attention" icon={IconHandStop}>
              {t("permissions.objected")}
            </StateMark>
          </li>
        ))}
        {objectable.map((of) => (
          <li key={of}>
            <span>{purpose(of)}</span>
            <ObjectTo customerId={customerId} purpose={of} of={purpose(of)} />
          </li>
        ))}
      </ul>
      {give}
    </Stack>
  );
}

function Withdraw({ customerId: id, consent, of }: { customerId: string; consent: string; of: string }) {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const act = useAct(withdrawConsent);
  return (
    <>
      <Button
        size="compact-xs"
        variant="light"
        onClick={open}
        aria-label={t("permissions.withdrawOf", { purpose: of })}
      >
        {t("permissions.withdraw")}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("permissions.withdrawOf", { purpose: of })}
        confirm={t("permissions.withdraw")}
        busy={act.isPending}
        problem={act.error}
        onConfirm={() => act.mutate({ params: { id, consent } }, { onSuccess: close })}
      >
        {t("permissions.withdrawText", { purpose: of })}
      </ReasonDialog>
    </>
  );
}

function ObjectTo({ customerId: id, purpose, of }: { customerId: string; purpose: string; of: string }) {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const act = useAct(addObjection);
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={open} aria-label={t("permissions.objectTo", { purpose: of })}>
        {t("permissions.object")}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("permissions.objectTo", { purpose: of })}
        confirm={t("permissions.object")}
        busy={act.isPending}
        problem={act.error}
        onConfirm={() => act.mutate({ params: { id }, body: { purpose } }, { onSuccess: close })}
      >
        {t("permissions.objectText", { purpose: of })}
      </ReasonDialog>
    </>
  );
}

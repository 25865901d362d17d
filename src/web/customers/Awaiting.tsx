import { Button, Group, Text } from "@mantine/core";
import { IconCheck, IconMail } from "@tabler/icons-react";
import { markAnswered } from "../../registers/customers/contract.ts";
import { useMay } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { Notice } from "../ui/Notice.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** Somebody who wrote by the form, until they have been answered. */
export function Awaiting({ customerId: id, since }: { customerId: string; since: string }) {
  const { t, day } = useWords();
  const may = useMay();
  const act = useAct(markAnswered);
  return (
    <Notice tone="note" icon={IconMail} title={t("customer.awaiting")}>
      <Text size="sm">{t("customer.awaitingText", { day: day(since) })}</Text>
      {may("change customers") && (
        <Group mt="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCheck size={15} aria-hidden />}
            loading={act.isPending}
            onClick={() => act.mutate({ params: { id } })}
          >
            {t("customer.answered")}
          </Button>
        </Group>
      )}
      <ProblemAlert problem={act.error} />
    </Notice>
  );
}

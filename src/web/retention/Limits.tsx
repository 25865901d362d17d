import { Button, Group, Text } from "@mantine/core";
import { askApproval, type Due, listApprovals } from "../../retention/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct, useAsk } from "../session/server.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

/** How many people a register may lose in a day: a wrong clock or a wrong description must not empty it in one night. */
export function Limits({ due }: { due: Due }) {
  const { t } = useWords();
  const labels = useLabels();
  const { limits } = due;
  if (limits.length === 0) return null;
  const beyond = limits.filter((one) => one.due - (one.shown ?? 0) > one.limit);
  return (
    <Section title={t("retention.limits")}>
      <Text size="sm" c="dimmed" mb="sm">
        {beyond.length > 0 ? t("retention.limitsReached") : t("retention.limitsText")}
      </Text>
      <DataTable
        label={t("retention.limits")}
        rows={limits}
        keyOf={({ register }) => register}
        columns={[
          { head: t("retention.register"), width: "40%", cell: ({ register }) => <b>{labels.register(register)}</b> },
          { head: t("retention.inRegister"), align: "end", cell: ({ people }) => people },
          { head: t("retention.due"), align: "end", cell: ({ due }) => due },
          { head: t("retention.limit"), align: "end", cell: ({ limit }) => limit },
        ]}
      />
      {due.doubt === null && <AskMore beyond={beyond} />}
    </Section>
  );
}

/** Asks another person for more, register by register; once asked, who may approve is told above. */
function AskMore({ beyond }: { beyond: Due["limits"] }) {
  const { t } = useWords();
  const may = useMay();
  const labels = useLabels();
  const { data } = useAsk(listApprovals, {});
  const ask = useAct(askApproval);
  if (!data || !may("keeps retention change")) return null;
  const open = beyond.filter(({ register }) => data.items.every((one) => one.register !== register));
  if (open.length === 0) return null;
  return (
    <>
      <Group gap="xs" mt="md">
        {open.map(({ register, due, shown = 0 }) => (
          <Button
            key={register}
            variant="default"
            loading={ask.isPending}
            onClick={() => ask.mutate({ body: { register } })}
          >
            {open.length > 1 && `${labels.register(register)}: `}
            {t("retention.approval.ask", { due: due - shown })}
          </Button>
        ))}
      </Group>
      <ProblemAlert problem={ask.error} />
    </>
  );
}

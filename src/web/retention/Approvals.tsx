import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { type Approval, approve, listApprovals } from "../../retention/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct, useAsk } from "../session/server.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

/** Who has asked to go beyond the day's limit; another person approves. */
export function Approvals() {
  const { t } = useWords();
  const labels = useLabels();
  const { data } = useAsk(listApprovals, {});
  if (!data || data.items.length === 0) return null;
  return (
    <Section title={t("retention.approvals")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("retention.approval.text")}
      </Text>
      <DataTable
        label={t("retention.approvals")}
        rows={data.items}
        keyOf={({ id }) => id}
        columns={[
          { head: t("retention.register"), width: "24%", cell: ({ register }) => <b>{labels.register(register)}</b> },
          {
            head: t("retention.approval.askedBy"),
            cell: ({ askedByName }) => askedByName ?? t("retention.approval.somebody"),
          },
          { head: t("retention.approval.people"), cell: ({ people }) => <span className="num">{people}</span> },
          { head: t("retention.approval.state"), width: "34%", cell: (row) => <State approval={row} /> },
        ]}
      />
    </Section>
  );
}

function State({ approval }: { approval: Approval }) {
  const { t, moment } = useWords();
  const may = useMay();
  const { youMay, from, validUntil, approvedByName } = approval;
  if (youMay === "done")
    return t("retention.approval.done", {
      name: approvedByName ?? t("retention.approval.somebody"),
      until: validUntil === null ? "" : moment(validUntil),
    });
  if (youMay === "later") return t("retention.approval.later", { from: from === undefined ? "" : moment(from) });
  if (youMay === "another" || !may("keeps retention change")) return t("retention.approval.another");
  return <Approve approval={approval} />;
}

function Approve({ approval: { id, register, people } }: { approval: Approval }) {
  const { t } = useWords();
  const labels = useLabels();
  const act = useAct(approve);
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button size="xs" onClick={() => setOpened(true)}>
        {t("retention.approval.approve")}
      </Button>
      <ReasonDialog
        opened={opened}
        onClose={close}
        title={t("retention.approval.sure")}
        confirm={t("retention.approval.approve")}
        danger
        busy={act.isPending}
        problem={act.error}
        onConfirm={() => act.mutate({ params: { id } }, { onSuccess: close })}
      >
        {t("retention.approval.sureText", { register: labels.register(register), people })}
      </ReasonDialog>
    </>
  );
}

import { Button, SimpleGrid, Text } from "@mantine/core";
import { IconCalendarCheck, IconCheck, IconFileCertificate } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type Due, previewRetention, runRetention } from "../../retention/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { DataTable } from "../ui/DataTable.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Figure } from "../ui/Figure.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Page } from "../ui/Page.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { Approvals } from "./Approvals.tsx";
import { ClockQuestion } from "./ClockQuestion.tsx";
import { Draws } from "./Draws.tsx";
import { DueList } from "./DueList.tsx";
import { Limits } from "./Limits.tsx";
import { PauseNotice } from "./PauseNotice.tsx";
import { RunRetention } from "./RunRetention.tsx";

/** What has come to its end by the description's periods, and would go today. */
export function RetentionPage() {
  const { t } = useWords();
  const may = useMay();
  const answer = useAsk(previewRetention, {});
  // Kept here, for the button goes away with the last person who was due, and the result must stay.
  const run = useAct(runRetention);
  const due = answer.data;
  const waits = due?.doubt != null || due?.pause != null;
  const runs = due && !waits && due.items.length > 0 && may("keeps retention change");
  return (
    <Page
      title={t("retention.title")}
      lead={t("retention.lead")}
      actions={
        <>
          <ToCertificates />
          {runs && <RunRetention due={due} run={run} />}
        </>
      }
    >
      {run.isSuccess && (
        <Notice tone="good" icon={IconCheck} title={t("retention.ran")}>
          {t("retention.erased", { count: run.data.erased })}
        </Notice>
      )}
      <Asked answer={answer}>{(found) => <Found due={found} />}</Asked>
    </Page>
  );
}

/** What has gone before, with its proof. */
function ToCertificates() {
  const { t } = useWords();
  return (
    <Button
      variant="default"
      leftSection={<IconFileCertificate size={17} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/certificates" />}
    >
      {t("certificate.title")}
    </Button>
  );
}

function Found({ due }: { due: Due }) {
  const { t, day } = useWords();
  const people = new Set(due.items.map(({ subjectId }) => subjectId)).size;
  const held = new Set(due.held.map(({ subjectId }) => subjectId)).size;
  return (
    <>
      {due.doubt && <ClockQuestion doubt={due.doubt} />}
      {due.pause && <PauseNotice pause={due.pause} />}
      <Approvals />
      <SimpleGrid cols={{ base: 1, xs: 3 }} mb={36}>
        <Figure term={t("retention.people")} value={String(people)} />
        <Figure term={t("retention.held")} value={String(held)} />
        <Figure
          term={t("retention.clock")}
          value={due.clock === "ok" ? t("retention.clockOk") : t("retention.clockWrong")}
          note={day(due.day)}
        />
      </SimpleGrid>
      {due.items.length === 0 ? (
        <Empty icon={IconCalendarCheck} title={t("retention.none")}>
          {t("retention.noneText")}
        </Empty>
      ) : (
        <>
          <Rules due={due} />
          <Section title={t("retention.list")}>
            <DueList items={due.items} />
          </Section>
        </>
      )}
      <Draws draws={due.draws} />
      <Limits due={due} />
      <Holds due={due} />
    </>
  );
}

/** Counts by register and rule. */
function Rules({ due: { items } }: { due: Due }) {
  const { t } = useWords();
  const labels = useLabels();
  const groups = Map.groupBy(items, ({ register, rule, atEnd }) => JSON.stringify([register, rule, atEnd]));
  const rows = [...groups].flatMap(([key, group]) =>
    group[0] ? [{ ...group[0], key, people: new Set(group.map(({ subjectId }) => subjectId)).size }] : [],
  );
  return (
    <Section title={t("retention.byRule")}>
      <DataTable
        label={t("retention.byRule")}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { head: t("retention.rule"), width: "46%", cell: ({ rule }) => labels.retention(rule) },
          { head: t("retention.register"), cell: ({ register }) => labels.register(register) },
          { head: t("retention.atEnd"), cell: ({ atEnd }) => t(`retention.atEnd.${atEnd}`) },
          { head: t("retention.people"), align: "end", cell: ({ people }) => people },
        ]}
      />
    </Section>
  );
}

/** What holds besides the company's own holds. */
const isOurs = (hold: string): hold is "openInvoice" | "consent" | "openOrder" =>
  hold === "openInvoice" || hold === "consent" || hold === "openOrder";

function Holds({ due: { held } }: { due: Due }) {
  const { t } = useWords();
  const labels = useLabels();
  if (held.length === 0) return null;
  const groups = [...Map.groupBy(held, ({ register, hold }) => JSON.stringify([register, hold]))];
  return (
    <Section title={t("retention.holds")}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("retention.holdsText")}
      </Text>
      <DataTable
        label={t("retention.holds")}
        rows={groups.flatMap(([key, group]) => (group[0] ? [{ ...group[0], key, people: group.length }] : []))}
        keyOf={({ key }) => key}
        columns={[
          {
            head: t("retention.hold"),
            width: "40%",
            cell: ({ hold }) => <b>{isOurs(hold) ? t(`retention.hold.${hold}`) : labels.hold(hold)}</b>,
          },
          { head: t("retention.register"), cell: ({ register }) => labels.register(register) },
          { head: t("retention.people"), align: "end", cell: ({ people }) => people },
        ]}
      />
    </Section>
  );
}

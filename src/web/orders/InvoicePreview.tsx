import { Alert, Button, Group, SimpleGrid, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconArrowRight, IconCircleCheck, IconLock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { z } from "zod";
import { invoiceOrder, invoiceOrderAgain, previewInvoice } from "../../flows/contract.ts";
import { MissingFacts } from "../invoices/MissingFacts.tsx";
import { useLabels } from "../session/labels.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Facts } from "../ui/Facts.tsx";
import { basisWord } from "../ui/OriginValue.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { Totals } from "./Totals.tsx";

type Preview = z.output<typeof previewInvoice.response>;

/** Exactly what would move to invoicing, what stays and why; then the move. */
export function InvoicePreview({ orderId }: { orderId: string }) {
  const { t } = useWords();
  const answer = useAsk(previewInvoice, { params: { id: orderId } });
  return (
    <Section title={t("flow.title")}>
      <Asked answer={answer}>
        {(preview) => (preview.invoiceId ? <Done id={preview.invoiceId} /> : <Move preview={preview} />)}
      </Asked>
    </Section>
  );
}

function Done({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <Alert color="spruce" icon={<IconCircleCheck size={20} aria-hidden />} title={t("flow.done")} role="status">
      <Button size="xs" mt={4} renderRoot={(props) => <Link {...props} to="/invoices/$id" params={{ id }} />}>
        {t("flow.openInvoice")}
      </Button>
    </Alert>
  );
}

function Move({ preview }: { preview: Preview }) {
  const { t, day } = useWords();
  const labels = useLabels();
  const { flow, moves, stays, uncertain } = preview;
  const act = useAct(uncertain ? invoiceOrderAgain : invoiceOrder);
  // It may be moved all the same, but never by a press that does not say so.
  const lacking = preview.missing.length > 0;
  const byCategory = Map.groupBy(moves, ({ category }) => category);
  return (
    <div className="panel">
      <Group gap="sm" mb="md" wrap="wrap" className="flow-ends">
        <span>{labels.system(flow.fromSystem)}</span>
        <IconArrowRight size={20} aria-hidden />
        <span>{labels.system(flow.toSystem)}</span>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <div>
          <Title order={3} mb={4}>
            {t("flow.moves")}
          </Title>
          <Facts
            facts={[...byCategory].map(([category, items]) => ({
              term: labels.category(category),
              value: items.map(({ value }) => <div key={value}>{value}</div>),
            }))}
          />
        </div>
        <div>
          <Title order={3} mb={4}>
            {t("flow.stays")}
          </Title>
          {stays.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("flow.staysNone")}
            </Text>
          ) : (
            <ul className="stays">
              {stays.map((category) => (
                <li key={category}>
                  <IconLock size={15} aria-hidden /> {labels.category(category)}
                </li>
              ))}
            </ul>
          )}
          <Text size="sm" c="dimmed" mt="xs">
            {t("flow.why", { purpose: labels.purpose(flow.purpose), basis: basisWord(t, flow.legalBasis) })}
          </Text>
          <Text size="sm" c="dimmed" mt={4}>
            {t("problem.place")} <span className="place">{flow.place}</span>
          </Text>
        </div>
      </SimpleGrid>
      {lacking && (
        <Alert color="amber" mt="lg" icon={<IconAlertTriangle size={20} aria-hidden />} title={t("flow.missing")}>
          <MissingFacts items={preview.missing} but="flow.completeFirst" />
        </Alert>
      )}
      {uncertain && (
        <Alert color="amber" mt="lg" icon={<IconAlertTriangle size={20} aria-hidden />} title={t("flow.uncertain")}>
          {t("flow.uncertainText", { number: uncertain.number, day: day(uncertain.issuedOn) })}
        </Alert>
      )}
      <Group justify="space-between" align="flex-end" mt="lg">
        <Totals {...preview} />
        <Button
          onClick={() => act.mutate({ params: { id: preview.orderId } })}
          loading={act.isPending}
          {...(lacking && { variant: "default" })}
          rightSection={<IconArrowRight size={17} aria-hidden />}
        >
          {uncertain ? t("flow.again", { number: uncertain.number }) : t(lacking ? "flow.moveIncomplete" : "flow.move")}
        </Button>
      </Group>
      <ProblemAlert problem={act.error} />
    </div>
  );
}

import { Button, Group, NativeSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { addOrder, readCustomer } from "../../registers/customers/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { OrderLineFields } from "./OrderLineFields.tsx";
import { emptyLine, isEmpty, type LineDraft, readyLine, totalsOf } from "./orderDraft.ts";
import { Totals } from "./Totals.tsx";
import { warrantyPeriods, warrantyWord } from "./warranty.ts";

/** What a customer ordered, with the total growing as it is typed. */
export function NewOrderPage() {
  const { t } = useWords();
  const { id } = useParams({ from: "/inside/customers/$id/new-order" });
  const { labels } = useLabels();
  const customer = useAsk(readCustomer, { params: { id } });
  const navigate = useNavigate();
  const act = useAct(addOrder);
  const [lines, setLines] = useState<LineDraft[]>(() => [emptyLine()]);
  const [chosen, setIncludes] = useState<boolean | null>(null);
  // A consumer is told prices with the tax in them, a business without.
  const priceIncludesVat = chosen ?? customer.data?.kind === "person";
  const [warranty, setWarranty] = useState("");
  const [tried, setTried] = useState(false);
  const totals = totalsOf(lines, priceIncludesVat);
  const usual = (period: string | null) =>
    period === null ? t("order.warrantyNone") : t("order.warrantyUsual", { period: warrantyWord(t, period) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const typed = lines.filter((line) => !isEmpty(line));
    const ready = typed.flatMap((line) => readyLine(line) ?? []);
    if (ready.length === 0 || ready.length < typed.length) return;
    const body = { customerId: id, lines: ready, priceIncludesVat, ...(warranty && { warrantyPeriod: warranty }) };
    act.mutate({ body }, { onSuccess: (order) => void navigate({ to: "/orders/$id", params: { id: order.id } }) });
  };
  const change = (next: LineDraft) => setLines(lines.map((line) => (line.key === next.key ? next : line)));
  return (
    <Page
      title={t("order.new")}
      lead={customer.data?.name ?? t("order.newLead")}
      back={{ to: "/customers/$id", params: { id }, label: t("customer.title") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <SegmentedControl
            aria-label={t("order.prices")}
            value={priceIncludesVat ? "with" : "without"}
            onChange={(value) => setIncludes(value === "with")}
            data={[
              { value: "without", label: t("order.withoutVat") },
              { value: "with", label: t("order.withVat") },
            ]}
            w="fit-content"
          />
          <Stack gap="sm">
            {lines.map((line, n) => (
              <OrderLineFields
                key={line.key}
                line={line}
                number={n + 1}
                total={totals?.lines.find(({ key }) => key === line.key)}
                priceIncludesVat={priceIncludesVat}
                tried={tried && (n === 0 || !isEmpty(line))}
                onChange={change}
                onRemove={lines.length > 1 ? () => setLines(lines.filter(({ key }) => key !== line.key)) : undefined}
              />
            ))}
            <div>
              <Button
                variant="subtle"
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => setLines([...lines, emptyLine()])}
                disabled={lines.length >= 200}
              >
                {t("order.addLine")}
              </Button>
            </div>
          </Stack>
          <Group justify="space-between" align="flex-start" gap="xl">
            <NativeSelect
              label={t("order.warranty")}
              description={t("order.warrantyHelp")}
              value={warranty}
              onChange={(event) => setWarranty(event.currentTarget.value)}
              data={[
                { value: "", label: labels ? usual(labels.warranty) : "" },
                ...warrantyPeriods.map((period) => ({ value: period, label: warrantyWord(t, period) })),
              ]}
              maw={300}
            />
            {totals && totals.lines.length > 0 && <Totals {...totals} />}
          </Group>
          {totals && totals.lines.length > 0 && (
            <Text size="sm" c="dimmed">
              {t("order.ratesToday")}
            </Text>
          )}
          <ProblemAlert problem={act.error} typed />
          <Group>
            <Button type="submit" loading={act.isPending || customer.isLoading}>
              {t("order.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

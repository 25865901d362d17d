import { Group, Text } from "@mantine/core";
import { readWhy } from "../../registers/staff/why/contract.ts";
import { listCertificates } from "../../rights/certificates/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { WhyNot } from "./WhyNot.tsx";

/**
 * On a card: which of the register's data is not open to the reader's role or purpose, whether or not there is any of it on this card. Who may read
 * certificates of erasure is told what has been erased: closed and gone are not the same.
 */
export function ClosedValues({ subject }: { subject: string }) {
  const { t, dayOfMoment } = useWords();
  const may = useMay();
  const { category } = useLabels();
  const { data } = useAsk(readWhy, { query: { act: "read customers" } }, { staleTime: 300_000 });
  const of = { query: { subject } };
  const certificates = useAsk(listCertificates, of, { enabled: may("keeps retention read") }).data?.items ?? [];
  const { categories: closed = [], register } = data?.items[0] ?? {};
  // A certificate over several registers does not say from which of them each category went.
  const gone = (id: string) =>
    certificates.find(
      ({ registers, categories }) => registers.every((one) => one === register) && categories.includes(id),
    );
  if (closed.length === 0) return null;
  return (
    <Group gap={4} mt="xs">
      <Text size="sm" c="dimmed">
        {t("why.closedValues")}
      </Text>
      {closed.map(({ category: id }) => {
        const erased = gone(id);
        return (
          <Group key={id} gap={0} wrap="nowrap">
            <Text size="sm">
              {category(id)}
              {erased && ` (${t("why.erasedOn", { day: dayOfMoment(erased.rowsGoneAt) })})`}
            </Text>
            <WhyNot act={`read customers ${id}`} about={category(id)} />
          </Group>
        );
      })}
    </Group>
  );
}

import { Button, Group, Text } from "@mantine/core";
import { IconCheck, IconDownload, IconHourglassLow, IconPrinter } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type CertificateLine, printCertificate, readCertificate } from "../../rights/certificates/contract.ts";
import { useEventWords } from "../evidence/eventWords.ts";
import { SubjectId } from "../retention/DueList.tsx";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";

/** When, whose, what, whether the log has signed it, and until when sealed copies remain. */
export function CertificateTable({ items }: { items: readonly CertificateLine[] }) {
  const { t, moment, day } = useWords();
  const labels = useLabels();
  const { registerName } = useEventWords();
  return (
    <DataTable
      label={t("certificate.title")}
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t("certificate.at"),
          width: "13%",
          cell: ({ rowsGoneAt }) => <span className="num">{moment(rowsGoneAt)}</span>,
        },
        { head: t("certificate.whose"), cell: ({ subjectId }) => <Whose id={subjectId} /> },
        {
          head: t("certificate.what"),
          prose: true,
          width: "28%",
          cell: ({ registers, categories }) => (
            <span>
              <b>{registers.map(registerName).join(", ")}</b>
              <Text span size="sm" c="dimmed" display="block">
                {labels.categories(categories)}
              </Text>
            </span>
          ),
        },
        { head: t("certificate.state"), prose: true, cell: ({ proven }) => <State proven={proven} /> },
        {
          head: t("certificate.copies"),
          cell: ({ copiesGoneBy }) => (copiesGoneBy ? day(copiesGoneBy) : t("certificate.copiesNone")),
        },
        { head: t("certificate.deeds"), prose: true, cell: ({ id }) => <Deeds id={id} /> },
      ]}
    />
  );
}

/** What was done with the data of the one who is gone still stands in the log. */
function Whose({ id }: { id: string }) {
  const may = useMay();
  if (!may("keeps audit read")) return <SubjectId id={id} />;
  return (
    <Link to="/evidence" search={{ subject: id }}>
      <SubjectId id={id} />
    </Link>
  );
}

function State({ proven }: { proven: boolean }) {
  const { t } = useWords();
  const Icon = proven ? IconCheck : IconHourglassLow;
  return (
    <span>
      <StateMark tone={proven ? "good" : "plain"} icon={Icon}>
        {t(proven ? "certificate.proven" : "certificate.waiting")}
      </StateMark>
      {!proven && (
        <Text span size="sm" c="dimmed" display="block" mt={2}>
          {t("certificate.waitingText")}
        </Text>
      )}
    </span>
  );
}

function Deeds({ id }: { id: string }) {
  const { t, language } = useWords();
  const at = (path: string) => `/api${path.replace(":id", id)}`;
  return (
    <Group gap={6}>
      <Button
        component="a"
        size="xs"
        variant="default"
        href={`${at(printCertificate.path)}?language=${language}`}
        target="_blank"
        rel="noopener"
        leftSection={<IconPrinter size={15} aria-hidden />}
      >
        {t("certificate.open")}
      </Button>
      <Button
        component="a"
        size="xs"
        variant="default"
        href={at(readCertificate.path)}
        download="certificate.json"
        leftSection={<IconDownload size={15} aria-hidden />}
      >
        JSON
      </Button>
    </Group>
  );
}

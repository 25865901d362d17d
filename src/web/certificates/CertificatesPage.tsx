import { Button, Group, Text } from "@mantine/core";
import { IconFileCertificate, IconX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { call } from "../../api/call.ts";
import { listCertificates } from "../../rights/certificates/contract.ts";
import { usePurpose } from "../session/purpose.ts";
import { Command } from "../ui/Command.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { CertificateTable } from "./CertificateTable.tsx";

const route = getRouteApi("/inside/certificates");

/** What has been erased, each with a certificate that outlives the data. */
export function CertificatesPage() {
  const { t } = useWords();
  const { subject } = route.useSearch();
  const found = useCertificates(subject);
  const items = found.data?.pages.flatMap((page) => page.items);
  return (
    <Page title={t("certificate.title")} lead={t("certificate.lead")}>
      {subject && (
        <Group mb="md">
          <Button
            variant="light"
            rightSection={<IconX size={16} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/certificates" />}
          >
            {t("certificate.onlyOne", { id: subject.slice(-6) })}
          </Button>
        </Group>
      )}
      <ProblemAlert problem={found.error} retry={() => void found.refetch()} />
      {!items && !found.error && <Loading />}
      {items?.length === 0 && (
        <Empty icon={IconFileCertificate} title={t("certificate.none")}>
          {t("certificate.noneText")}
        </Empty>
      )}
      {items && items.length > 0 && <CertificateTable items={items} />}
      {found.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void found.fetchNextPage()} loading={found.isFetchingNextPage}>
          {t("audit.older")}
        </Button>
      )}
      {items && items.length > 0 && (
        <div style={{ marginTop: 36 }}>
          <Section title={t("certificate.check")}>
            <Text size="sm" mb="sm">
              {t("certificate.checkText")}
            </Text>
            <Command>node verify.mjs --certificate certificate.json --key key.txt</Command>
          </Section>
        </div>
      )}
    </Page>
  );
}

function useCertificates(subject: string | undefined) {
  const purpose = usePurpose();
  return useInfiniteQuery({
    queryKey: ["certificates", subject ?? null, purpose ?? null],
    queryFn: ({ pageParam, signal }) =>
      call(
        listCertificates,
        { query: { ...(subject && { subject }), ...(pageParam && { before: pageParam }) } },
        { purpose, signal },
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

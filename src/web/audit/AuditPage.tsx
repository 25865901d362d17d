import { Button, Group, SegmentedControl } from "@mantine/core";
import { IconRefresh, IconTimeline, IconUser, IconX } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMay } from "../session/me.ts";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { AuditTable } from "./AuditTable.tsx";
import { decisions } from "./search.ts";
import { useAuditEvents } from "./useAuditEvents.ts";

const route = getRouteApi("/inside/audit");

/** What has been done and refused, newest first. */
export function AuditPage() {
  const { t } = useWords();
  const may = useMay();
  const { subject, decision } = route.useSearch();
  const navigate = route.useNavigate();
  const log = useAuditEvents({ subject, decision });
  const events = log.data?.pages.flatMap(({ items }) => items);
  const choose = (next: string) => {
    const chosen = decisions.find((each) => each === next);
    void navigate({ search: { ...(subject && { subject }), ...(chosen && { decision: chosen }) }, replace: true });
  };
  const again = (
    <Button
      variant="default"
      leftSection={<IconRefresh size={17} aria-hidden />}
      onClick={() => void log.refetch()}
      loading={log.isRefetching}
    >
      {t("audit.refresh")}
    </Button>
  );
  return (
    <Page title={t("audit.title")} lead={t("audit.lead")} actions={again}>
      <Group mb="md" gap="sm">
        <SegmentedControl
          aria-label={t("audit.decision")}
          value={decision ?? "all"}
          onChange={choose}
          data={["all" as const, ...decisions].map((each) => ({ value: each, label: t(`audit.show.${each}`) }))}
        />
        {subject && (
          <Button
            variant="light"
            rightSection={<IconX size={16} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/audit" search={decision ? { decision } : {}} />}
          >
            {t("audit.onlyOne", { id: subject.slice(-6) })}
          </Button>
        )}
        {subject && may("read customers") && (
          <Button
            variant="subtle"
            leftSection={<IconUser size={17} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/customers/$id" params={{ id: subject }} />}
          >
            {t("audit.toCard")}
          </Button>
        )}
      </Group>
      <ProblemAlert problem={log.error} retry={() => void log.refetch()} />
      {!events && !log.error && <Loading rows={10} />}
      {events?.length === 0 && (
        <Empty icon={IconTimeline} title={t("audit.none")}>
          {t("audit.noneText")}
        </Empty>
      )}
      {events && events.length > 0 && <AuditTable events={events} />}
      {log.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void log.fetchNextPage()} loading={log.isFetchingNextPage}>
          {t("audit.older")}
        </Button>
      )}
    </Page>
  );
}

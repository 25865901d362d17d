import { Button, Group, SegmentedControl, Switch } from "@mantine/core";
import { IconRefresh, IconTimeline } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { SavedViews } from "../ui/SavedViews.tsx";
import { useWords } from "../words/words.tsx";
import { EventTable } from "./EventTable.tsx";
import { EvidenceTabs } from "./EvidenceTabs.tsx";
import { Filters } from "./Filters.tsx";
import { OneSubject } from "./OneSubject.tsx";
import { decisions, type EventSearch, eventSearch, present } from "./search.ts";
import { useEvents } from "./useEvents.ts";

const route = getRouteApi("/inside/evidence");

/** What has been done and refused, newest first. */
export function EvidencePage() {
  const { t } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const log = useEvents(search);
  const events = log.data?.pages.flatMap(({ items }) => items);
  const choose = (next: { [K in keyof EventSearch]: EventSearch[K] | undefined }) =>
    void navigate({ search: present({ ...search, ...next }), replace: true });
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
      <EvidenceTabs />
      {search.subject && <OneSubject id={search.subject} onLeave={() => choose({ subject: undefined })} />}
      <Group mb="md" gap="sm" align="flex-start">
        <SegmentedControl
          aria-label={t("audit.decision")}
          value={search.decision ?? "all"}
          onChange={(next) => choose({ decision: decisions.find((each) => each === next) })}
          data={["all" as const, ...decisions].map((each) => ({ value: each, label: t(`audit.show.${each}`) }))}
        />
        {search.subject === undefined && search.actor === undefined && (
          <Switch
            label={t("audit.own")}
            checked={search.own === "shown"}
            onChange={(event) => choose({ own: event.currentTarget.checked ? "shown" : undefined })}
            py={8}
          />
        )}
        <SavedViews
          list="events"
          search={search}
          apply={(filter) => void navigate({ search: eventSearch(filter), replace: true })}
        />
        <Filters search={search} events={events ?? []} onChange={choose} />
      </Group>
      <ProblemAlert problem={log.error} retry={() => void log.refetch()} />
      {!events && !log.error && <Loading rows={10} />}
      {events?.length === 0 && (
        <Empty icon={IconTimeline} title={t("audit.none")}>
          {t("audit.noneText")}
        </Empty>
      )}
      {events && events.length > 0 && <EventTable events={events} />}
      {log.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void log.fetchNextPage()} loading={log.isFetchingNextPage}>
          {t("audit.older")}
        </Button>
      )}
    </Page>
  );
}

import { SegmentedControl } from "@mantine/core";
import { IconCircleCheck, IconMailOpened } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { listRequests, type RequestLine } from "../../registers/requests/contract.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { DataTable } from "../ui/DataTable.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Section } from "../ui/Section.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";
import { DaysLeft } from "./DaysLeft.tsx";

type View = "open" | "closed";

/** What people have asked: open ones by the days left. */
export function RequestList() {
  const { t } = useWords();
  const [view, setView] = useState<View>("open");
  const answer = useAsk(listRequests, { query: { view } }, { keepPrevious: true });
  return (
    <Section
      title={t(view === "open" ? "requests.open" : "requests.closed")}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t("requests.view")}
          value={view}
          onChange={(next) => setView(next === "closed" ? "closed" : "open")}
          data={[
            { value: "open", label: t("requests.viewOpen") },
            { value: "closed", label: t("requests.viewClosed") },
          ]}
        />
      }
    >
      <Asked answer={answer} rows={4}>
        {({ items }) =>
          items.length > 0 ? (
            <Table items={items} label={t(view === "open" ? "requests.open" : "requests.closed")} />
          ) : (
            <Empty icon={IconMailOpened} title={t(view === "open" ? "requests.noneOpen" : "requests.noneClosed")}>
              {t("requests.noneOpenText")}
            </Empty>
          )
        }
      </Asked>
    </Section>
  );
}

function Table({ items, label }: { items: readonly RequestLine[]; label: string }) {
  const { t, sentence, day, dayOfMoment } = useWords();
  return (
    <DataTable
      label={label}
      opens
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t("requests.asker"),
          width: "24%",
          cell: ({ id, name }) => (
            <Link to="/requests/case/$id" params={{ id }}>
              {name ?? t("requests.nameGone")}
            </Link>
          ),
        },
        { head: t("requests.what"), prose: true, cell: ({ right }) => t(`right.${right}`) },
        {
          head: t("requests.due"),
          width: "30%",
          cell: ({ dueOn, daysLeft, outcome }) => (
            <span className="due">
              <span className="num">{day(dueOn)}</span> {outcome === null && <DaysLeft daysLeft={daysLeft} />}
            </span>
          ),
        },
        {
          head: t("requests.state"),
          width: "22%",
          cell: ({ state, tasksOpen, closedAt }) => (
            <span>
              {closedAt ? (
                <StateMark tone="good" icon={IconCircleCheck}>
                  {`${sentence("rights", `request.state.${state}`)} ${dayOfMoment(closedAt)}`}
                </StateMark>
              ) : (
                sentence("rights", `request.state.${state}`)
              )}
              {tasksOpen > 0 && !closedAt && ` · ${t("requests.placesLeft", { count: tasksOpen })}`}
            </span>
          ),
        },
      ]}
    />
  );
}

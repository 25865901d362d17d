import { Anchor, Text } from "@mantine/core";
import { IconCheck, IconHandStop } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { AuditEvent } from "../../registers/evidence/contract.ts";
import { useLabels } from "../session/labels.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";
import { useEventWords } from "./eventWords.ts";

const route = getRouteApi("/inside/evidence");

/** One row an act: when, who, what, whose and for what; a refusal with its reason and the line that decided. */
export function EventTable({ events }: { events: readonly AuditEvent[] }) {
  const { t, moment } = useWords();
  const labels = useLabels();
  const { what, who, why, purposeWord, seen } = useEventWords();
  const search = route.useSearch();
  return (
    <DataTable
      label={t("audit.title")}
      rows={events}
      keyOf={({ id }) => id}
      opens
      columns={[
        {
          head: t("audit.at"),
          width: "13%",
          cell: ({ id, at }) => (
            <Link to="/evidence/$id" params={{ id: String(id) }} search={search} className="num">
              {moment(at)}
            </Link>
          ),
        },
        {
          head: t("audit.who"),
          width: "17%",
          cell: (event) => (
            <span>
              {who(event)}
              {event.roles.length > 0 && (
                <Text span size="sm" c="dimmed" display="block" className="unbroken">
                  {event.roles.map(labels.role).join(", ")}
                </Text>
              )}
            </span>
          ),
        },
        {
          head: t("audit.what"),
          prose: true,
          width: "30%",
          cell: (event) => (
            <span>
              {what(event)}
              {seen(event).length > 0 && (
                <Text span size="sm" c="dimmed" display="block">
                  {labels.categories(seen(event))}
                </Text>
              )}
              <Subjects event={event} besides={search.subject} />
            </span>
          ),
        },
        { head: t("audit.purpose"), cell: ({ purpose }) => (purpose ? purposeWord(purpose) : "") },
        {
          head: t("audit.decision"),
          prose: true,
          width: "24%",
          cell: (event) => (
            <span>
              <Decision of={event.decision} />
              {event.decision === "refused" && (
                <Text span size="sm" display="block" mt={4}>
                  {why(event)}
                </Text>
              )}
              <span className="place" style={{ display: "block" }}>
                {event.place}
              </span>
            </span>
          ),
        },
      ]}
    />
  );
}

const shownSubjects = 3;

/** Follows a person through the log; their card is one more step away. */
function Subjects({ event, besides }: { event: AuditEvent; besides: string | undefined }) {
  const { t } = useWords();
  const { register } = event;
  const subjects = event.subjects.filter((id) => id !== besides);
  // An account is not a person of the register: it has a page of its own.
  if (subjects.length === 0 || register === "staff") return null;
  return (
    <Text span size="sm" display="block">
      {subjects.slice(0, shownSubjects).map((id) => (
        <Anchor
          key={id}
          size="sm"
          mr={8}
          className="num"
          renderRoot={(props) => <Link {...props} to="/evidence" search={{ subject: id }} />}
        >
          {t("audit.follow")} <span className="place">…{id.slice(-6)}</span>
        </Anchor>
      ))}
      {subjects.length > shownSubjects && t("audit.moreSubjects", { count: subjects.length - shownSubjects })}
    </Text>
  );
}

export function Decision({ of }: { of: AuditEvent["decision"] }) {
  const { t } = useWords();
  const refused = of === "refused";
  const Icon = refused ? IconHandStop : IconCheck;
  return (
    <StateMark tone={refused ? "attention" : "plain"} icon={Icon}>
      {t(`audit.decision.${of}`)}
    </StateMark>
  );
}

import { Alert, Anchor, Button, Group, Text } from "@mantine/core";
import { IconFingerprint, IconTimelineEventX } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type AuditEvent, listAuditEvents, proveEvent } from "../../registers/evidence/contract.ts";
import { useSubjectName } from "../requests/useSubjectName.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useDownload } from "../session/useDownload.ts";
import { Asked } from "../ui/Asked.tsx";
import { Command } from "../ui/Command.tsx";
import { Empty } from "../ui/Empty.tsx";
import { type Fact, Facts } from "../ui/Facts.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { Decision } from "./EventTable.tsx";
import { useEventWords } from "./eventWords.ts";

const route = getRouteApi("/inside/evidence/$id");

/** One act: all that the log says of it, why it was allowed or refused, and the proof that it stands there. */
export function EventPage() {
  const { t } = useWords();
  const id = Number(route.useParams().id);
  const search = route.useSearch();
  // The newest of those before the next number is the one of this number.
  const answer = useAsk(listAuditEvents, { query: { before: id + 1, limit: 1 } }, { staleTime: 300_000 });
  return (
    <Page
      title={t("event.title", { id: String(id) })}
      width="read"
      back={{ to: "/evidence", search, label: t("event.back") }}
      lead={t("event.lead")}
    >
      <Asked answer={answer}>
        {({ items: [event] }) =>
          event?.id === id ? (
            <Found event={event} />
          ) : (
            <Empty icon={IconTimelineEventX} title={t("event.none")}>
              {t("event.noneText")}
            </Empty>
          )
        }
      </Asked>
    </Page>
  );
}

function Found({ event }: { event: AuditEvent }) {
  const { t, moment } = useWords();
  const labels = useLabels();
  const words = useEventWords();
  const { at, actor, roles, verb, register, purpose, flow, right, channel, version, subjects } = event;
  const deed = words.isDeed(event);
  const fact = (term: string, value: string | null): Fact[] => (value ? [{ term, value }] : []);
  return (
    <>
      <Section title={t("event.what")}>
        <Facts
          facts={[
            { term: t("audit.at"), value: <span className="num">{moment(at)}</span> },
            ...fact(
              t("audit.who"),
              [words.who(event), actor.startsWith("system:") ? actor : roles.map(labels.role).join(", ")]
                .filter(Boolean)
                .join(" – "),
            ),
            { term: t("audit.what"), value: words.isTold(event) ? words.what(event) : words.verbWord(verb) },
            ...fact(t("evidence.register"), deed ? null : words.registerName(register)),
            ...fact(t("event.categories"), labels.categories(words.seen(event))),
            ...(subjects.length > 0 && register !== "staff"
              ? [{ term: t("event.subjects"), value: <Subjects ids={subjects} /> }]
              : []),
            ...fact(t("audit.purpose"), purpose && words.purposeWord(purpose)),
            ...fact(t("evidence.flow"), flow && labels.flow(flow)),
            ...fact(t("event.right"), deed ? null : right && words.rightWord(right)),
            // What came without a flow names there the source it came by.
            ...(flow
              ? fact(t("event.channel"), channel && t("event.channelName", { channel }))
              : fact(t("evidence.source"), channel && labels.source(channel))),
          ]}
        />
      </Section>
      <Section title={t("event.why")}>
        <Why event={event} version={version} />
      </Section>
      <Section title={t("event.proof")}>
        <Proof id={event.id} />
      </Section>
    </>
  );
}

function Why({ event, version }: { event: AuditEvent; version: string }) {
  const { t } = useWords();
  const may = useMay();
  const { why, isDeed } = useEventWords();
  return (
    <Facts
      facts={[
        {
          term: t("audit.decision"),
          value: (
            <>
              <Decision of={event.decision} />
              {event.decision === "refused" && (
                <Text size="sm" mt={4}>
                  {why(event)}
                </Text>
              )}
            </>
          ),
        },
        ...(isDeed(event) ? [] : [{ term: t("event.place"), value: <span className="place">{event.place}</span> }]),
        {
          term: t("event.version"),
          value: may("keeps description read") ? (
            <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/description" />}>
              {version}
            </Anchor>
          ) : (
            version
          ),
        },
      ]}
    />
  );
}

const NAMED = 3;

/** Names are asked for a few only: each look at a name is an act of its own and stands in the log. */
function Subjects({ ids }: { ids: readonly string[] }) {
  return ids.map((id, n) => <div key={id}>{n < NAMED ? <Named id={id} /> : <History id={id} />}</div>);
}

function Named({ id }: { id: string }) {
  return <History id={id} name={useSubjectName(id)} />;
}

const History = ({ id, name }: { id: string; name?: string }) => (
  <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/evidence" search={{ subject: id }} />}>
    {name} <span className="place">…{id.slice(-6)}</span>
  </Anchor>
);

function Proof({ id }: { id: number }) {
  const { t } = useWords();
  const proof = useDownload(proveEvent, "proof.json");
  const unsigned = proof.error?.status === 404;
  return (
    <>
      <Text size="sm" mb="sm">
        {t("event.proofText")}
      </Text>
      <Group mb="md">
        <Button
          variant="default"
          leftSection={<IconFingerprint size={17} aria-hidden />}
          loading={proof.isPending}
          onClick={() => proof.mutate({ params: { id } })}
        >
          {t("event.proofDownload")}
        </Button>
      </Group>
      {unsigned ? (
        <Alert role="status" color="amber" mb="md">
          {t("event.proofWaits")}
        </Alert>
      ) : (
        <ProblemAlert problem={proof.error} />
      )}
      <Text size="sm" c="dimmed" mb={6}>
        {t("evidence.outsider")}
      </Text>
      <Command>node verify.mjs --proof proof.json --key key.txt</Command>
    </>
  );
}

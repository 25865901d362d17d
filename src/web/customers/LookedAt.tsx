import { Anchor, Button } from "@mantine/core";
import { IconEyeSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type AuditEvent, listAuditEvents } from "../../registers/evidence/contract.ts";
import { readLookedAt } from "../../rights/contract.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { useEventWords } from "../evidence/eventWords.ts";
import { useActorName } from "../session/actorName.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords, type Word } from "../words/words.tsx";

type Line = {
  day: string;
  role: string;
  who?: string;
  purpose: string;
  verb: string;
  categories: string[];
  times: number;
};

/** Who has looked at this customer: asked for on purpose, because asking is a look too. */
export function LookedAt({ customerId }: { customerId: string }) {
  const { t } = useWords();
  const may = useMay();
  const [opened, setOpened] = useState(false);
  const byName = may("keeps audit read");
  return (
    <Section title={t("lookedAt.title")}>
      {opened ? (
        byName ? (
          <WithNames customerId={customerId} />
        ) : (
          <ByRoles customerId={customerId} />
        )
      ) : (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconEyeSearch size={16} aria-hidden />}
          onClick={() => setOpened(true)}
        >
          {t("lookedAt.show")}
        </Button>
      )}
    </Section>
  );
}

function ByRoles({ customerId: id }: { customerId: string }) {
  const { t } = useWords();
  const { role } = useLabels();
  const answer = useAsk(readLookedAt, { params: { id } });
  const named = (one: { role: string; system: boolean; own: boolean }) =>
    one.own
      ? t("audit.actor.subject")
      : one.system
        ? t("audit.actor.system")
        : one.role.split(", ").map(role).join(", ");
  return (
    <Asked answer={answer} rows={3}>
      {({ items }) => <Lines lines={items.map((one) => ({ ...one, role: named(one) }))} />}
    </Asked>
  );
}

function WithNames({ customerId: subject }: { customerId: string }) {
  const { t } = useWords();
  const { role } = useLabels();
  const actor = useActorName();
  const answer = useAsk(listAuditEvents, { query: { subject, decision: "allowed", limit: 200 } });
  const lines = (items: readonly AuditEvent[]): Line[] =>
    gathered(
      items.map(({ at, roles, actor: by, actorName, purpose, verb, categories }) => ({
        ...{ day: dayInHelsinki(new Date(at)), role: roles.map(role).join(", "), who: actor(by, actorName) },
        ...{ purpose: purpose ?? "", verb, categories, times: 1 },
      })),
    );
  return (
    <Asked answer={answer} rows={3}>
      {({ items }) => (
        <>
          <Lines lines={lines(items)} />
          <Anchor
            size="sm"
            mt="sm"
            display="inline-block"
            renderRoot={(props) => <Link {...props} to="/evidence" search={{ subject }} />}
          >
            {t("lookedAt.all")}
          </Anchor>
        </>
      )}
    </Asked>
  );
}

/** What one person did on one day for one purpose is one line. */
function gathered(lines: readonly Line[]): Line[] {
  const same = Map.groupBy(lines, ({ day, role, who, purpose, verb }) => [day, role, who, purpose, verb].join("|"));
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return { ...first, categories: [...new Set(group.flatMap((one) => one.categories))], times: group.length };
  });
}

const verbs = ["collect", "read", "change", "disclose", "erase"] as const;

function Lines({ lines }: { lines: readonly Line[] }) {
  const { t, day } = useWords();
  const { categories } = useLabels();
  const { purposeWord } = useEventWords();
  const verb = (of: string): string => {
    const known = verbs.find((one) => one === of);
    return known ? t(`audit.verb.${known}` satisfies Word) : of;
  };
  const named = lines.some(({ who }) => who !== undefined);
  const columns: Column<Line & { key: number }>[] = [
    { head: t("lookedAt.day"), cell: (one) => <span className="num">{day(one.day)}</span> },
    ...(named ? [{ head: t("lookedAt.who"), cell: (one: Line) => one.who }] : []),
    { head: t("lookedAt.role"), cell: (one) => one.role },
    {
      head: t("lookedAt.what"),
      cell: (one) => (one.times > 1 ? `${verb(one.verb)} ×\u00a0${one.times}` : verb(one.verb)),
    },
    { head: t("lookedAt.purpose"), cell: (one) => (one.purpose ? purposeWord(one.purpose) : "") },
    { head: t("lookedAt.categories"), prose: true, cell: (one) => categories(one.categories) },
  ];
  return (
    <DataTable
      label={t("lookedAt.title")}
      columns={columns}
      rows={lines.map((line, key) => ({ ...line, key }))}
      keyOf={({ key }) => key}
    />
  );
}

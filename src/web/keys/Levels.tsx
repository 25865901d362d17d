import { Text } from "@mantine/core";
import { IconCheck, IconClockExclamation } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { KeysState, Level } from "../../server/keys/contract.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { useMay } from "../session/me.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { Section } from "../ui/Section.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";
import { Rotate } from "./Rotate.tsx";

const levels = ["root", "epoch", "persons", "search", "signing"] as const;
type Name = (typeof levels)[number];
type Row = { name: Name; since: string | null; version?: number; dueOn?: string | null; deed: ReactNode };

/** One row a level, from the one that opens all to those that open least. */
export function Levels({ keys }: { keys: KeysState }) {
  const { t, count, dayOfMoment } = useWords();
  const may = useMay()("keeps keys change");
  const row = (name: "epoch" | "search" | "signing", { since, version, dueOn }: Level): Row => ({
    name,
    since,
    version,
    dueOn,
    deed: may ? <Rotate level={name} /> : null,
  });
  const typed = (name: "root" | "persons") => <span className="place">npx tietovirta keys rotate {name}</span>;
  const oldest = keys.registers.flatMap(({ oldest }) => oldest ?? []).toSorted()[0] ?? null;
  const rows: readonly Row[] = [
    { name: "root", since: keys.root.since, deed: typed("root") },
    row("epoch", keys.epoch),
    { name: "persons", since: oldest, deed: typed("persons") },
    row("search", keys.search),
    row("signing", keys.signing),
  ];
  return (
    <Section title={t("keys.levels")}>
      <DataTable
        label={t("keys.levels")}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          {
            head: t("keys.level"),
            prose: true,
            width: "42%",
            cell: ({ name, version }) => (
              <span>
                <b>{t(`keys.level.${name}`)}</b>
                {version !== undefined && (
                  <Text span size="sm" c="dimmed">
                    {" "}
                    · {t("keys.version", { version })}
                  </Text>
                )}
                <Text span size="sm" c="dimmed" display="block">
                  {t(`keys.opens.${name}`)}
                </Text>
              </span>
            ),
          },
          {
            head: t("keys.since"),
            cell: ({ name, since }) =>
              name === "persons" && keys.keys === 0
                ? t("keys.none")
                : t("keys.sinceDay", { day: since ? dayOfMoment(since) : t("keys.sinceUnknown"), of: name }),
          },
          {
            head: t("keys.due"),
            prose: true,
            width: "20%",
            cell: ({ name, dueOn }) =>
              dueOn === undefined ? (
                <Text span size="sm">
                  {t(`keys.due.${name === "root" ? "root" : "persons"}`, { limit: count(keys.usesLimit) })}
                </Text>
              ) : (
                <DueOn day={dueOn} />
              ),
          },
          { head: t("keys.rotation"), prose: true, cell: ({ deed }) => deed },
        ]}
      />
    </Section>
  );
}

function DueOn({ day: dueOn }: { day: string | null }) {
  const { t, day } = useWords();
  const due = dueOn === null || dueOn <= dayInHelsinki(new Date());
  const Icon = due ? IconClockExclamation : IconCheck;
  return (
    <StateMark tone={due ? "attention" : "plain"} icon={Icon}>
      {due ? t("keys.dueNow") : t("keys.dueOn", { day: day(dueOn) })}
    </StateMark>
  );
}

import { Alert, Button, Text } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { RightKind } from "../../description/terms.ts";
import type { AccessPackage } from "../../rights/contract.ts";
import { useEventWords } from "../evidence/eventWords.ts";
import { useLabels } from "../session/labels.ts";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Facts } from "../ui/Facts.tsx";
import { basisWord } from "../ui/OriginValue.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { useWhen } from "./HeldTable.tsx";

/** What GDPR Art. 15(1)(a)–(h) asks beside the data itself, and what a person still has to look through by hand. */
export function Beside({ held }: { held: AccessPackage }) {
  const { t } = useWords();
  const when = useWhen();
  const labels = useLabels();
  const { recipients, permissions, lookThrough, purposes, rights } = held;
  return (
    <>
      {lookThrough.length > 0 && (
        <Section title={t("access.byHand")}>
          <Alert color="amber" icon={<IconEye size={20} aria-hidden />} mb="sm">
            {t("access.byHandText")}
          </Alert>
          <Rows
            label={t("access.byHand")}
            rows={lookThrough}
            columns={[
              { head: t("access.system"), width: "50%", cell: ({ label }) => <b>{label}</b> },
              { head: t("access.register"), cell: ({ register }) => labels.register(register) },
            ]}
          />
        </Section>
      )}
      <Section title={t("access.recipients")}>
        <Rows
          label={t("access.recipients")}
          rows={recipients}
          none={t("access.recipientsNone")}
          columns={[
            { head: t("access.to"), width: "26%", cell: ({ to }) => <b>{labels.register(to)}</b> },
            { head: t("access.flow"), cell: ({ flow }) => labels.flow(flow) },
            { head: t("access.categories"), prose: true, cell: ({ categories }) => labels.categories(categories) },
            { head: t("access.last"), cell: ({ last }) => <span className="num">{when(last)}</span> },
            { head: t("access.times"), align: "end", cell: ({ times }) => times },
          ]}
        />
      </Section>
      <LookedAt held={held} />
      {permissions.length > 0 && (
        <Section title={t("access.permissions")}>
          <Rows
            label={t("access.permissions")}
            rows={permissions}
            columns={[
              {
                head: t("access.permission"),
                width: "40%",
                cell: ({ kind, what }) => <Permission kind={kind} what={what} />,
              },
              { head: t("access.from"), cell: ({ at }) => <span className="num">{when(at)}</span> },
              {
                head: t("access.ended"),
                cell: ({ ended }) => (ended ? <span className="num">{when(ended)}</span> : "–"),
              },
            ]}
          />
        </Section>
      )}
      <Section title={t("access.purposes")}>
        <Rows
          label={t("access.purposes")}
          rows={purposes}
          none={t("access.purposesNone")}
          columns={[
            { head: t("access.purpose"), width: "50%", cell: ({ label }) => <b>{label}</b> },
            { head: t("origin.basis"), prose: true, cell: ({ basis }) => basisWord(t, basis) },
          ]}
        />
      </Section>
      {rights.length > 0 && (
        <Section title={t("access.rights")}>
          <Facts facts={rights.map(({ right, how }) => ({ term: rightWord(t, right), value: how }))} />
        </Section>
      )}
    </>
  );
}

const firstShown = 10;

/** Dates, roles and purposes, not the names of employees (CJEU C-579/21). */
function LookedAt({ held: { lookedAt } }: { held: AccessPackage }) {
  const { t } = useWords();
  const when = useWhen();
  const labels = useLabels();
  const { purposeWord } = useEventWords();
  const [all, setAll] = useState(false);
  const shown = all ? lookedAt : lookedAt.slice(0, firstShown);
  return (
    <Section title={t("access.lookedAt")}>
      <Rows
        label={t("access.lookedAt")}
        rows={shown}
        none={t("access.lookedAtNone")}
        columns={[
          { head: t("access.at"), width: "16%", cell: ({ at }) => <span className="num">{when(at)}</span> },
          {
            head: t("access.role"),
            width: "16%",
            cell: ({ role }) => (role === "system" ? t("audit.actor.system") : labels.role(role)),
          },
          { head: t("access.whatFor"), width: "24%", cell: ({ purpose }) => purposeWord(purpose) },
          { head: t("access.categories"), prose: true, cell: ({ categories }) => labels.categories(categories) },
        ]}
      />
      {shown.length < lookedAt.length && (
        <Button variant="default" size="xs" mt="sm" onClick={() => setAll(true)}>
          {t("access.showAll", { count: lookedAt.length })}
        </Button>
      )}
    </Section>
  );
}

function Permission({ kind, what }: { kind: string; what: string }): ReactNode {
  const { t } = useWords();
  const labels = useLabels();
  const known = (["consent", "objection", "restriction", "hold"] as const).find((each) => each === kind);
  return (
    <span>
      <b>{known ? t(`permission.${known}`) : kind}</b> {labels.purpose(what)}
    </span>
  );
}

type RowsProps<Row> = { label: string; rows: readonly Row[]; columns: readonly Column<Row>[]; none?: string };

function Rows<Row>({ label, rows, columns, none }: RowsProps<Row>) {
  if (rows.length === 0) return none ? <Text c="dimmed">{none}</Text> : null;
  return (
    <DataTable
      label={label}
      rows={rows.map((row, place) => ({ row, place }))}
      keyOf={({ place }) => place}
      columns={columns.map(
        ({ cell, ...column }): Column<{ row: Row; place: number }> => ({ ...column, cell: ({ row }) => cell(row) }),
      )}
    />
  );
}

/** A right of GDPR Art. 13–22 in words. */
function rightWord(t: ReturnType<typeof useWords>["t"], right: string): string {
  const found = RightKind.options.find((each) => each === right);
  return found ? t(`right.${found}`) : right;
}

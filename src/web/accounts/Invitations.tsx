import { Button } from "@mantine/core";
import { type Invitation, listInvitations, withdrawInvitation } from "../../registers/staff/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

/** Links that were given and not used yet: whoever has one can still make an account. Nothing is shown where there is none. */
export function Invitations({ may }: { may: boolean }) {
  const { t, moment } = useWords();
  const labels = useLabels();
  const answer = useAsk(listInvitations, {});
  const act = useAct(withdrawInvitation);
  const columns: Column<Invitation>[] = [
    {
      head: t("account.roles"),
      cell: ({ roles, back }) =>
        back === null ? (
          <span className="unbroken">{roles.map(labels.role).join(", ")}</span>
        ) : (
          t("invitation.back", { name: back })
        ),
    },
    { head: t("invitation.by"), cell: ({ createdBy }) => createdBy },
    { head: t("invitation.ends"), cell: ({ endsAt }) => <span className="num">{moment(endsAt)}</span> },
  ];
  const deeds: Column<Invitation> = {
    head: t("account.deeds"),
    align: "end",
    cell: ({ id, endsAt }) => (
      <Button
        size="compact-sm"
        variant="default"
        loading={act.isPending && act.variables.params.id === id}
        aria-label={t("invitation.withdrawOf", { moment: moment(endsAt) })}
        onClick={() => act.mutate({ params: { id } })}
      >
        {t("invitation.withdraw")}
      </Button>
    ),
  };
  return (
    <Asked answer={answer}>
      {({ items }) =>
        items.length > 0 && (
          <Section title={t("invitations.title")}>
            <ProblemAlert problem={act.error} />
            <DataTable
              label={t("invitations.title")}
              columns={may ? [...columns, deeds] : columns}
              rows={items}
              keyOf={({ id }) => id}
            />
          </Section>
        )
      }
    </Asked>
  );
}

import { Badge, Button, Group, Text } from "@mantine/core";
import { IconCheck, IconUserOff, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { type Account, listAccounts } from "../../registers/staff/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay, useMe } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { type Column, DataTable } from "../ui/DataTable.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { AddAccount } from "./AddAccount.tsx";
import { ChangeRoles } from "./ChangeRoles.tsx";
import { CloseAccount } from "./CloseAccount.tsx";
import { Invitations } from "./Invitations.tsx";
import { SignInOf } from "./SignInOf.tsx";

type Change = { account: Account; what: "roles" | "open" | "signIn" };

/** Who uses the register, and in which roles; the description says what each role may. */
export function AccountsPage() {
  const { t, day, dayOfMoment } = useWords();
  const { id: me } = useMe();
  const labels = useLabels();
  const may = useMay()("keeps accounts change");
  const answer = useAsk(listAccounts, {});
  const [change, setChange] = useState<Change | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const columns: Column<Account>[] = [
    {
      head: t("account.name"),
      width: "24%",
      cell: ({ id, name }) => (
        <span className="unbroken">
          <b>{name}</b>{" "}
          {id === me && (
            <Badge variant="default" tt="none" radius="sm">
              {t("account.you")}
            </Badge>
          )}
        </span>
      ),
    },
    { head: t("account.login"), width: "24%", cell: ({ login }) => login },
    {
      head: t("account.roles"),
      cell: ({ roles }) => (
        <span className="unbroken">{roles.map(labels.role).join(", ") || t("account.noRoles")}</span>
      ),
    },
    { head: t("account.since"), cell: ({ createdAt }) => <span className="num">{dayOfMoment(createdAt)}</span> },
    {
      head: t("account.state"),
      cell: ({ disabledAt, endsOn, waitForLastDay }) =>
        disabledAt ? (
          <Badge variant="light" color="gray" radius="sm" tt="none" leftSection={<IconUserOff size={13} aria-hidden />}>
            {t("account.closedOn", { day: dayOfMoment(disabledAt) })}
          </Badge>
        ) : (
          <>
            <span style={{ whiteSpace: "nowrap" }}>
              {endsOn ? t("account.inUseUntil", { day: day(endsOn) }) : t("account.inUse")}
            </span>
            {waitForLastDay.length > 0 && (
              <Text size="sm" c="var(--mantine-color-amber-text)">
                {t("account.waitsForLastDay", { roles: waitForLastDay.map(labels.role).join(", ") })}
              </Text>
            )}
          </>
        ),
    },
  ];
  const deeds: Column<Account> = {
    head: t("account.deeds"),
    align: "end",
    cell: (account) => (
      <Group gap={6} justify="flex-end">
        {!account.disabledAt && (
          <Button size="compact-sm" variant="default" onClick={() => open({ account, what: "roles" })}>
            {t("account.changeRoles")}
          </Button>
        )}
        {!account.disabledAt && (
          <Button size="compact-sm" variant="default" onClick={() => open({ account, what: "signIn" })}>
            {t("account.signIn")}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => open({ account, what: "open" })}>
          {account.disabledAt ? t("account.reopen") : t("account.close")}
        </Button>
      </Group>
    ),
  };
  const done = () => setChange(null);
  const open = (next: Change) => {
    setSaved(null);
    setChange(next);
  };
  return (
    <Page title={t("accounts.title")} lead={t("accounts.lead")} actions={may && <AddAccount />}>
      {saved !== null && (
        <Notice tone="good" icon={IconCheck}>
          {t("account.saved", { name: saved })}
        </Notice>
      )}
      <Asked answer={answer}>
        {({ items }) =>
          items.length > 0 ? (
            <DataTable
              label={t("accounts.title")}
              columns={may ? [...columns, deeds] : columns}
              rows={items}
              keyOf={({ id }) => id}
            />
          ) : (
            <Empty icon={IconUsersGroup} title={t("accounts.none")}>
              {t("accounts.noneText")}
            </Empty>
          )
        }
      </Asked>
      <Invitations may={may} />
      {change?.what === "roles" && (
        <ChangeRoles
          account={change.account}
          onClose={done}
          onSaved={() => {
            done();
            setSaved(change.account.name);
          }}
        />
      )}
      {change?.what === "signIn" && <SignInOf account={change.account} onClose={done} />}
      {change?.what === "open" && <CloseAccount account={change.account} onClose={done} />}
    </Page>
  );
}

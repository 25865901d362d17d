import { ActionIcon, Alert, Button, Group, Modal, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { useClipboard, useDisclosure } from "@mantine/hooks";
import { IconCheck, IconCopy, IconLink, IconUserPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { addAccount } from "../../registers/staff/contract.ts";
import type { Day } from "../../values/Day.ts";
import { useAct } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { LastDay } from "./LastDay.tsx";
import { RolesField } from "./RolesField.tsx";

/** Chooses the roles of a new person and gives a link that works once; name and password are theirs to write. */
export function AddAccount() {
  const { t } = useWords();
  const [opened, { open, close }] = useDisclosure();
  const [roles, setRoles] = useState<string[]>([]);
  const [endsOn, setEndsOn] = useState<Day | null>(null);
  const [tried, setTried] = useState(false);
  const act = useAct(addAccount);
  const begin = () => {
    setRoles([]);
    setEndsOn(null);
    setTried(false);
    act.reset();
    open();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (roles.length > 0) act.mutate({ body: { roles, ...(endsOn !== null && { endsOn }) } });
  };
  return (
    <>
      <Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={begin}>
        {t("account.add")}
      </Button>
      <Modal opened={opened} onClose={close} title={t("account.add")} closeButtonProps={{ "aria-label": t("close") }}>
        {act.isSuccess ? (
          <Made {...act.data} onClose={close} />
        ) : (
          <form onSubmit={submit} noValidate>
            <Stack gap="md">
              <Text size="sm">{t("account.addText")}</Text>
              <RolesField
                value={roles}
                onChange={setRoles}
                error={tried && roles.length === 0 ? t("account.chooseRole") : undefined}
              />
              <LastDay value={endsOn} onChange={setEndsOn} />
              <ProblemAlert problem={act.error} typed />
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={close}>
                  {t("cancel")}
                </Button>
                <Button type="submit" loading={act.isPending}>
                  {t("account.makeLink")}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
    </>
  );
}

function Made({ link, endsAt, onClose }: { link: string; endsAt: string; onClose: () => void }) {
  const { t, moment } = useWords();
  const { copy, copied } = useClipboard({ timeout: 3000 });
  return (
    <Stack gap="md">
      <Alert color="spruce" icon={<IconLink size={20} aria-hidden />} title={t("account.linkMade")}>
        {t("account.linkText", { moment: moment(endsAt) })}
      </Alert>
      <TextInput
        label={t("account.link")}
        value={link}
        readOnly
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
        rightSection={
          <Tooltip label={copied ? t("account.copied") : t("account.copy")}>
            <ActionIcon variant="subtle" aria-label={t("account.copy")} onClick={() => copy(link)}>
              {copied ? <IconCheck size={17} aria-hidden /> : <IconCopy size={17} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        }
      />
      <Text size="sm" role="status">
        {copied ? t("account.copied") : ""}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("close")}</Button>
      </Group>
    </Stack>
  );
}

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { addAccount } from "../../registers/staff/contract.ts";
import type { Day } from "../../values/Day.ts";
import { useAct } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { LastDay } from "./LastDay.tsx";
import { LinkMade } from "./LinkMade.tsx";
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
          <LinkMade {...act.data} onClose={close} />
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

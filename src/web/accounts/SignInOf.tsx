import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type Account, giveWayBack } from "../../registers/staff/contract.ts";
import {
  endAccountSessions,
  readAccountSignIn,
  removeAccountSecondFactor,
} from "../../registers/staff/signIn/contract.ts";
import { SessionTable } from "../account/SessionTable.tsx";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Facts } from "../ui/Facts.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { LinkMade } from "./LinkMade.tsx";

/** Where a colleague is signed in and how they can sign in: for a lost phone, or one who cannot get in. */
export function SignInOf({ account: { id, name }, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useWords();
  const answer = useAsk(readAccountSignIn, { params: { id } });
  const end = useAct(endAccountSessions);
  const remove = useAct(removeAccountSecondFactor);
  const back = useAct(giveWayBack);
  const yes = (there: boolean) => t(there ? "yes" : "no");
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t("account.signInOf", { name })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Asked answer={answer}>
        {back.data
          ? () => <LinkMade {...back.data} onClose={onClose} />
          : ({ items, password, passkeys, secondFactor, outside }) => (
              <Stack gap="md">
                <ProblemAlert problem={end.error ?? remove.error ?? back.error} />
                <Facts
                  facts={[
                    { term: t("passkeys.title"), value: passkeys },
                    { term: t("signIn.password"), value: yes(password) },
                    { term: t("factor.title"), value: yes(secondFactor) },
                    { term: t("outside.title"), value: outside },
                  ]}
                />
                {items.length > 0 ? <SessionTable sessions={items} /> : <p>{t("account.notSignedIn")}</p>}
                <Text size="sm" c="dimmed">
                  {t("account.backText")}
                </Text>
                <Group justify="flex-end" gap="xs">
                  <Button variant="default" loading={back.isPending} onClick={() => back.mutate({ params: { id } })}>
                    {t("account.giveBack")}
                  </Button>
                  {secondFactor && (
                    <Button
                      variant="default"
                      loading={remove.isPending}
                      onClick={() => remove.mutate({ params: { id } })}
                    >
                      {t("account.removeFactor")}
                    </Button>
                  )}
                  {items.length > 0 && (
                    <Button color="red" loading={end.isPending} onClick={() => end.mutate({ params: { id } })}>
                      {t("account.endSessions")}
                    </Button>
                  )}
                </Group>
              </Stack>
            )}
      </Asked>
    </Modal>
  );
}

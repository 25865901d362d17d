import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Identity, makeOwnCardLink } from "../../rights/ownCard/contract.ts";
import { useAct } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { OwnCardLinks } from "./OwnCardLinks.tsx";
import { OwnCardMade } from "./OwnCardMade.tsx";

/** Makes a link, once it has been said how it was made sure who gets it; shows it this once. */
export function OwnCardDialog({ customerId: id, onClose }: { customerId: string; onClose: () => void }) {
  const { t } = useWords();
  const act = useAct(makeOwnCardLink);
  const [identity, setIdentity] = useState<Identity | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A password asked for stands over this dialog, and would be under it.
    if (identity)
      act.mutate(
        { params: { id }, body: { identity } },
        { onError: ({ code }) => code === "freshSignIn" && onClose() },
      );
  };
  return (
    <Modal opened onClose={onClose} title={t("ownCard.give")} closeButtonProps={{ "aria-label": t("close") }}>
      {act.data ? (
        <OwnCardMade made={act.data} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack gap="md">
            <Radio.Group
              label={t("ownCard.identity")}
              value={identity}
              onChange={(value) => setIdentity(Identity.options.find((one) => one === value) ?? null)}
            >
              <Stack gap="xs" mt="xs">
                {Identity.options.map((one) => (
                  <Radio key={one} value={one} label={t(`ownCard.identity.${one}`)} />
                ))}
              </Stack>
            </Radio.Group>
            <ProblemAlert problem={act.error} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("cancel")}
              </Button>
              <Button type="submit" loading={act.isPending} disabled={identity === null}>
                {t("ownCard.make")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      <Text size="sm" fw={600} mt="lg">
        {t("ownCard.links")}
      </Text>
      <OwnCardLinks customerId={id} />
    </Modal>
  );
}

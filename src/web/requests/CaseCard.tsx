import { Button, Group, Stack, Text } from "@mantine/core";
import { IconLock, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { readCustomer } from "../../registers/customers/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useRightsPurpose } from "../session/me.ts";
import { lendPurpose, usePurpose } from "../session/purpose.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";

/** The way to the person's card, after the other ways, in a purpose in which it opens: who is restricted looks lost in any other. */
export function CaseCard({ customerId, children }: { customerId: string; children: ReactNode }) {
  const { t } = useWords();
  const labels = useLabels();
  const answering = useRightsPurpose();
  const chosen = usePurpose();
  const { data, error } = useAsk(
    readCustomer,
    { params: { id: customerId } },
    { staleTime: 300_000, purpose: answering },
  );
  const restricted = data?.restricted;
  const opens = !restricted || chosen === answering || (chosen !== undefined && restricted.purposes.includes(chosen));
  const turn = opens ? undefined : answering;
  return (
    <>
      {restricted && (
        <Stack gap={2}>
          <Text size="sm" fw={600}>
            <IconLock size={17} aria-hidden style={{ verticalAlign: "-3px", marginRight: 6 }} />
            {t("customer.restricted")}
          </Text>
          <Text size="sm">
            {turn === undefined
              ? t("customer.restrictedText", { purposes: restricted.purposes.map(labels.purpose).join(", ") })
              : t("case.restrictedCard", {
                  purposes: restricted.purposes.map(labels.purpose).join(", "),
                  purpose: labels.purpose(turn),
                })}
          </Text>
        </Stack>
      )}
      {error?.status === 404 && <Text size="sm">{t("case.cardHidden")}</Text>}
      <Group gap="xs">
        {children}
        {data && (
          <Button
            variant="default"
            leftSection={<IconUser size={17} aria-hidden />}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/customers/$id"
                params={{ id: customerId }}
                onClick={() => turn !== undefined && lendPurpose(turn, `/customers/${customerId}`)}
              />
            )}
          >
            {t("case.openCard")}
          </Button>
        )}
      </Group>
    </>
  );
}

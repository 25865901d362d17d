import { Button, Group, Stack, Text } from "@mantine/core";
import { IconLock, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLabels } from "../session/labels.ts";
import { lendPurpose } from "../session/purpose.ts";
import { useWords } from "../words/words.tsx";
import { useCaseCard } from "./useCaseCard.ts";

type Props = { customerId: string; of: string; children: ReactNode };

/** The way to the person's card, after the other ways, in a purpose in which it opens: who is restricted looks lost in any other. */
export function CaseCard({ customerId, of, children }: Props) {
  const { t } = useWords();
  const labels = useLabels();
  const { data, error, turn } = useCaseCard(customerId);
  const restricted = data?.restricted;
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
                search={{ of }}
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

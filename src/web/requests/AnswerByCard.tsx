import { Button, Group, Text } from "@mantine/core";
import { IconId } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { PersonRequest } from "../../registers/requests/contract.ts";
import { OWN_CARD } from "../customers/ownCardPlace.ts";
import { useLabels } from "../session/labels.ts";
import { useMay, useRightsPurpose } from "../session/me.ts";
import { lendPurpose } from "../session/purpose.ts";
import { useWords } from "../words/words.tsx";
import { useCaseCard } from "./useCaseCard.ts";

/** A request that came by mail: the person's own card is the safe way to answer, and the way there leads back. */
export function AnswerByCard({ request: { id, right, channel, customerId } }: { request: PersonRequest }) {
  const { t } = useWords();
  const { labels } = useLabels();
  const may = useMay();
  const answering = useRightsPurpose();
  const gives = (right === "access" || right === "portability") && may("right access");
  const opensCards = Object.values(labels?.sources ?? {}).some(({ kind }) => kind === "ownCard");
  const fits = channel === "email" && customerId !== null && gives && opensCards;
  const seesCards = answering !== undefined || may("read customers");
  const { data, turn } = useCaseCard(customerId ?? "", fits && seesCards);
  if (!fits || data?.kind === "organisation") return null;
  return (
    <>
      <Text size="sm">{t("case.answerByCard")}</Text>
      {data && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconId size={17} aria-hidden />}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/customers/$id"
                params={{ id: customerId }}
                search={{ of: id }}
                hash={OWN_CARD}
                onClick={() => turn !== undefined && lendPurpose(turn, `/customers/${customerId}`)}
              />
            )}
          >
            {t("ownCard.give")}
          </Button>
        </Group>
      )}
    </>
  );
}

import { Button, Text } from "@mantine/core";
import { type OwnCardLink, readOwnCardLinks, revokeOwnCardLink } from "../../rights/ownCard/contract.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** Links that were given, the newest first; one that nobody has used can be taken back. */
export function OwnCardLinks({ customerId: id }: { customerId: string }) {
  const { t, dayOfMoment } = useWords();
  const answer = useAsk(readOwnCardLinks, { params: { id } });
  const act = useAct(revokeOwnCardLink);
  const state = ({ state: of, endsAt, usedAt }: OwnCardLink): string =>
    t(`ownCard.state.${of}`, { day: dayOfMoment(of === "used" ? (usedAt ?? endsAt) : endsAt) });
  return (
    <Asked answer={answer} rows={1}>
      {({ items }) => (
        <>
          <ProblemAlert problem={act.error} />
          {items.length === 0 && (
            <Text size="sm" c="dimmed">
              {t("ownCard.noLinks")}
            </Text>
          )}
          <ul className="permissions">
            {items.slice(0, 5).map((link) => (
              <li key={link.id}>
                <span>
                  {t(`ownCard.identity.${link.identity}`)}{" "}
                  <small>
                    {dayOfMoment(link.madeAt)} · {state(link)}
                  </small>
                </span>
                {link.state === "open" && (
                  <Button
                    size="compact-xs"
                    variant="light"
                    loading={act.isPending}
                    onClick={() => act.mutate({ params: { id, link: link.id } })}
                  >
                    {t("ownCard.revoke")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Asked>
  );
}

import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { putDescription } from "../../../versions/contract.ts";
import { useAct } from "../../session/server.ts";
import { Notice } from "../../ui/Notice.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { useWords } from "../../words/words.tsx";
import type { asked } from "./draft.ts";
import type { Tried } from "./editing.ts";

type Props = {
  tried: Tried;
  body: ReturnType<typeof asked> & { language: "fi" | "sv" | "en"; version?: string };
  /** The version that took force. */
  onDone: (version: string) => void;
  onTaking: (taking: boolean) => void;
  /** What else can be done. */
  children?: ReactNode;
};

/** The numbers are said back one by one; nothing is endangered by a habit of pressing. */
export function TakeForce({ tried, body, onDone, onTaking, children }: Props) {
  const { t } = useWords();
  const [agreed, setAgreed] = useState<readonly string[]>([]);
  const act = useAct(putDescription);
  const { dangers, isPossible, version } = tried;
  const keyOf = ({ what, register }: Tried["dangers"][number]) => `${what} ${register}`;
  const ready = isPossible && dangers.every((danger) => agreed.includes(keyOf(danger)));
  const takeForce = () => {
    const said = dangers.map(({ what, register, people }) => ({ what, register, people }));
    onTaking(true);
    act.mutateAsync({ body: { ...body, agreed: said } }).then(
      ({ version: next }) => onDone(next),
      () => onTaking(false),
    );
  };
  return (
    <Stack gap="md" className="foot">
      {isPossible && dangers.length > 0 && (
        <Notice tone="attention" icon={IconAlertTriangle} title={t("draft.dangers")}>
          <Checkbox.Group value={[...agreed]} onChange={setAgreed}>
            <Stack gap="xs">
              {dangers.map((danger) => (
                <Checkbox
                  key={keyOf(danger)}
                  value={keyOf(danger)}
                  label={t("draft.agree", { what: danger.sentence })}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </Notice>
      )}
      <ProblemAlert problem={act.error} typed />
      <Group gap="xs">
        <Button onClick={takeForce} disabled={!ready} loading={act.isPending}>
          {isPossible ? t("draft.takeForceAs", { version }) : t("draft.takeForce")}
        </Button>
        {children}
      </Group>
    </Stack>
  );
}

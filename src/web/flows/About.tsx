import { Anchor, CloseButton, Group, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { PicturePart } from "../../proofs/picture/contract.ts";
import type { Day } from "../../values/Day.ts";
import { type EventSearch, present } from "../evidence/search.ts";
import { useMay } from "../session/me.ts";
import { useWords } from "../words/words.tsx";
import type { Side } from "./Picture.tsx";

type Props = { part: PicturePart; days: { from: Day; to: Day }; side: Side; onClose: (() => void) | null };

/** What one thing of the picture is, where that is said, and the way to what happened. */
export function About({ part, days, side, onClose }: Props) {
  const { t } = useWords();
  const may = useMay();
  const { kind, title, says, at, asked, seen } = part;
  const mayLook = may("keeps audit read") && asked !== null && seen !== null;
  const search = (more: EventSearch): EventSearch => present({ ...asked, ...days, own: "shown", ...more });
  return (
    <section className="flow-about" data-side={side} aria-label={title} aria-live="polite">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <div>
          <Text size="xs" c="dimmed" fw={600}>
            {t(`flows.kind.${kind}`)}
          </Text>
          <Title order={2} size="h3">
            {title}
          </Title>
        </div>
        {onClose && <CloseButton aria-label={t("flows.close")} onClick={onClose} />}
      </Group>
      {says.map((sentence) => (
        <Text key={sentence} size="sm" mt={6}>
          {sentence}
        </Text>
      ))}
      <Text className="place" mt={8} c="dimmed">
        {at}
      </Text>
      {mayLook && (
        <Group gap="md" mt={10}>
          <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/evidence" search={search({})} />}>
            {t("flows.events")}
          </Anchor>
          {seen.refused > 0 && (
            <Anchor
              size="sm"
              renderRoot={(props) => <Link {...props} to="/evidence" search={search({ decision: "refused" })} />}
            >
              {t("flows.whyNot", { count: seen.refused })}
            </Anchor>
          )}
        </Group>
      )}
    </section>
  );
}

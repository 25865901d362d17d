import { Group, Text } from "@mantine/core";
import { IconCheck, IconClock, IconHandStop, IconInfoCircle, IconX } from "@tabler/icons-react";
import { Notice } from "../ui/Notice.tsx";
import { Outcome } from "../ui/Outcome.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";
import { Specimen } from "./Specimen.tsx";

const tones = [
  ["good", IconCheck],
  ["attention", IconHandStop],
  ["trouble", IconX],
] as const;
const marks = [...tones, ["plain", IconClock], ["told", IconInfoCircle]] as const;
const outcomes = [
  "erased",
  "restricted",
  "kept",
  "anonymised",
  "proven",
  "failed",
  "notYet",
  "nothing",
  "task",
] as const;
const deeds = ["erased", "restricted", "anonymised"] as const;

/** Words that say where something stands. */
export function Marks() {
  const { t } = useWords();
  return (
    <>
      <Specimen name="StateMark">
        <Group gap="xs">
          {marks.map(([tone, icon]) => (
            <StateMark key={tone} tone={tone} icon={icon}>
              {tone}
            </StateMark>
          ))}
        </Group>
      </Specimen>
      <Specimen name="StateMark, a long word where there is no room">
        <div style={{ width: 150 }}>
          <StateMark tone="attention" icon={IconClock}>
            {t("backups.drills")}
          </StateMark>
        </div>
      </Specimen>
      <Specimen name="Outcome">
        <Group gap="xs">
          {outcomes.map((of) => (
            <Outcome key={of} of={of} />
          ))}
        </Group>
      </Specimen>
      <Specimen name="Outcome done">
        <Group gap="xs">
          {deeds.map((of) => (
            <Outcome key={of} of={of} done />
          ))}
        </Group>
      </Specimen>
      <Specimen name="Notice">
        {tones.map(([tone, icon]) => (
          <Notice key={tone} tone={tone} icon={icon} title={t("problem.lostTitle")}>
            {t("problem.typedKept")}
          </Notice>
        ))}
        <Notice tone="note" icon={IconInfoCircle}>
          <Text size="sm">{t("erasure.sureText")}</Text>
        </Notice>
      </Specimen>
    </>
  );
}

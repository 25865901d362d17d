import { Radio, Stack } from "@mantine/core";
import { ErasureGround } from "../../description/terms.ts";
import { useWords } from "../words/words.tsx";

type Props = { value: ErasureGround | null; onChange: (ground: ErasureGround) => void };

/** Why the person asks (GDPR Art. 17(1)), each with a sentence of what it means. */
export function GroundChoice({ value, onChange }: Props) {
  const { t } = useWords();
  return (
    <Radio.Group
      aria-label={t("erasure.ground")}
      value={value ?? ""}
      onChange={(next) => {
        const ground = ErasureGround.safeParse(next);
        if (ground.success) onChange(ground.data);
      }}
    >
      <Stack gap="md">
        {ErasureGround.options.map((ground) => (
          <Radio
            key={ground}
            value={ground}
            label={t(`ground17.${ground}`)}
            description={t(`ground17.${ground}.means`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

import { Checkbox, Stack } from "@mantine/core";
import { useLabels } from "../session/labels.ts";
import { useWords } from "../words/words.tsx";

type Props = { value: readonly string[]; onChange: (roles: string[]) => void; error?: string | undefined };

/** The description's roles, in its order and its words. */
export function RolesField({ value, onChange, error }: Props) {
  const { t } = useWords();
  const { labels } = useLabels();
  return (
    <Checkbox.Group label={t("account.roles")} value={[...value]} onChange={onChange} error={error}>
      <Stack gap="xs" my="xs">
        {Object.entries(labels?.roles ?? {}).map(([id, label]) => (
          <Checkbox key={id} value={id} label={label} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

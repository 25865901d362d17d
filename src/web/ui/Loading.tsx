import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useWords } from "../words/words.tsx";

/** The shape of what is coming. */
export function Loading({ rows = 6, height = 22 }: { rows?: number; height?: number }) {
  const { t } = useWords();
  return (
    <Stack gap="sm" aria-busy>
      <VisuallyHidden role="status">{t("loading")}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have nothing but their place
        <Skeleton key={row} height={height} width={`${100 - ((row * 13) % 40)}%`} />
      ))}
    </Stack>
  );
}

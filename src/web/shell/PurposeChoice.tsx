import { NativeSelect } from "@mantine/core";
import { useMe } from "../session/me.ts";
import { choosePurpose, usePurpose } from "../session/purpose.ts";
import { useWords } from "../words/words.tsx";

/** What for one handles data just now; every call says it, and only what that purpose needs is answered. */
export function PurposeChoice() {
  const { t } = useWords();
  const { purposes } = useMe();
  const purpose = usePurpose();
  if (purposes.length === 0) return null;
  return (
    <NativeSelect
      aria-label={t("purpose.label")}
      title={t("purpose.help")}
      size="xs"
      w={250}
      maw="100%"
      variant="filled"
      value={purpose ?? ""}
      onChange={(event) => choosePurpose(event.currentTarget.value || undefined)}
      data={[{ value: "", label: t("purpose.byTask") }, ...purposes.map(({ id, label }) => ({ value: id, label }))]}
    />
  );
}

import { useMe } from "../session/me.ts";
import { choosePurpose, usePurpose } from "../session/purpose.ts";
import { useWords } from "../words/words.tsx";
import { Choice } from "./Choice.tsx";

/** What for one handles data just now; every call says it, and only what that purpose needs is answered. */
export function PurposeChoice() {
  const { t } = useWords();
  const { purposes } = useMe();
  const purpose = usePurpose();
  if (purposes.length === 0) return null;
  return (
    <Choice
      label={t("purpose.label")}
      seen
      help={t("purpose.help")}
      value={purpose ?? ""}
      choose={(id) => choosePurpose(id || undefined)}
      options={[{ value: "", label: t("purpose.byTask") }, ...purposes.map(({ id, label }) => ({ value: id, label }))]}
    />
  );
}

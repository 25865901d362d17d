import { List } from "@mantine/core";
import { useWords } from "../words/words.tsx";

type Props = { consents: readonly string[]; word: "erasure.consentEnds" | "erasure.consentEnded" };

/** Of a consent the table tells that its proof is kept; that no letters come any more is what the person asks. */
export function ConsentsEnding({ consents, word }: Props) {
  const { t } = useWords();
  if (consents.length === 0) return null;
  return (
    <List spacing="xs" mb="sm" aria-label={t("erasure.consents")}>
      {consents.map((consent) => (
        <List.Item key={consent}>{t(word, { consent })}</List.Item>
      ))}
    </List>
  );
}

import { Button, FileButton, Group, Textarea } from "@mantine/core";
import { useWords } from "../../words/words.tsx";

type Props = { text: string; onText: (text: string) => void; minRows: number };

/** A whole description: pasted, or from a file. */
export function YamlField({ text, onText, minRows }: Props) {
  const { t } = useWords();
  return (
    <>
      <Group>
        <FileButton accept=".yaml,.yml,text/plain" onChange={(file) => void file?.text().then(onText)}>
          {(props) => (
            <Button variant="default" {...props}>
              {t("draft.choose.file")}
            </Button>
          )}
        </FileButton>
      </Group>
      <Textarea
        label={t("draft.text")}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        autosize
        minRows={minRows}
        maxRows={18}
        spellCheck={false}
        styles={{
          input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "var(--mantine-font-size-xs)" },
        }}
      />
    </>
  );
}

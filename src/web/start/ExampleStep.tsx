import { Button, Group, Radio, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { localeOf } from "../../values/Language.ts";
import { YamlField } from "../ui/fields/YamlField.tsx";
import { useWords } from "../words/words.tsx";
import { change, type Progress } from "./progress.ts";
import type { Began } from "./useTried.ts";

type Props = {
  progress: Progress;
  examples: Began["examples"];
  onBack: () => void;
  onNext: (isText: boolean) => void;
};

/** The nearest example in two sentences each, or the company's own text. */
export function ExampleStep({ progress, examples, onBack, onNext }: Props) {
  const { t, language } = useWords();
  const [tried, setTried] = useState(false);
  const names = new Intl.DisplayNames([localeOf(language)], { type: "language" });
  const { example, text, isText, languages } = progress;
  const chosen = isText ? "text" : (example ?? "");
  const choose = (value: string) => {
    const found = examples.find(({ id }) => id === value);
    change(found ? { example: found.id, isText: false } : { isText: true });
  };
  const go = () => {
    setTried(true);
    if (isText ? text.trim() !== "" : example !== null) onNext(isText);
  };
  return (
    <Stack gap="lg">
      <Radio.Group
        label={t("start.example.title")}
        value={chosen}
        onChange={choose}
        error={tried && chosen === "" ? t("start.example.missing") : undefined}
      >
        <div className="start-examples">
          {examples.map(({ id, languages: spoken }) => {
            const speaks = languages.every((each) => spoken.includes(each));
            const named = spoken.map((each) => names.of(each) ?? each).join(", ");
            return (
              <Radio.Card
                key={id}
                value={id}
                disabled={!speaks}
                className="start-example"
                aria-labelledby={`example-${id}`}
                aria-describedby={`example-${id}-text`}
              >
                <Group gap="xs" mb={6} wrap="nowrap">
                  <Radio.Indicator disabled={!speaks} />
                  <Text fw={600} id={`example-${id}`} component="span">
                    {t(`start.example.${id}`)}
                  </Text>
                </Group>
                <Text size="sm" id={`example-${id}-text`} component="span">
                  {t(`start.example.${id}.text`)}
                </Text>
                <Text size="xs" c="dimmed" mt={8} component="span" display="block">
                  {t("start.example.speaks", { languages: named })}
                  {!speaks && ` ${t("start.example.cannot")}`}
                </Text>
              </Radio.Card>
            );
          })}
          <Radio.Card
            value="text"
            className="start-example"
            aria-labelledby="example-text"
            aria-describedby="example-text-text"
          >
            <Group gap="xs" mb={6} wrap="nowrap">
              <Radio.Indicator />
              <Text fw={600} id="example-text" component="span">
                {t("start.own.title")}
              </Text>
            </Group>
            <Text size="sm" id="example-text-text" component="span">
              {t("start.own.text")}
            </Text>
          </Radio.Card>
        </div>
      </Radio.Group>
      {isText && <OwnText text={text} onText={(next) => change({ text: next })} />}
      <Group gap="xs">
        <Button variant="default" onClick={onBack}>
          {t("start.back")}
        </Button>
        <Button onClick={go} disabled={isText && text.trim() === ""}>
          {t("start.next")}
        </Button>
      </Group>
    </Stack>
  );
}

/** A whole description: pasted, or from a file. */
export function OwnText({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useWords();
  return (
    <section aria-label={t("start.own.title")}>
      <Title order={3} mb="xs">
        {t("start.own.title")}
      </Title>
      <Stack gap="sm">
        <YamlField text={text} onText={onText} minRows={8} />
      </Stack>
    </section>
  );
}

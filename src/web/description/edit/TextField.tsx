import { Fieldset, Stack, Textarea } from "@mantine/core";
import type { Json } from "../../../description/rewrite.ts";
import type { Language } from "../../../values/Language.ts";
import { useWords } from "../../words/words.tsx";
import { isValues, textIn, withKey } from "./values.ts";

type Props = {
  label: string;
  description: string | null;
  error: string | undefined;
  required: boolean;
  languages: readonly Language[];
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
};

/** Words for people, in each of the company's languages; one line alone is in the first of them. */
export function TextField({ label, description, error, required, languages, value, onChange }: Props) {
  const { t } = useWords();
  const [first = "fi", ...others] = languages;
  const texts = isValues(value) ? value : value === undefined ? {} : { [first]: textIn(value) };
  const change = (language: Language, text: string) => {
    const next = withKey(texts, language, text === "" ? undefined : text);
    const said = Object.keys(next);
    if (said.length === 0) onChange(undefined);
    // What was one line stays one line until another language is written.
    else if (!isValues(value) && said.length === 1 && said[0] === first && (others.length === 0 || value !== undefined))
      onChange(textIn(next[first]));
    else onChange(next);
  };
  const field = (language: Language, name: string, more = {}) => (
    <Textarea
      key={language}
      label={name}
      lang={language}
      autosize
      minRows={1}
      maxRows={10}
      value={textIn(texts[language])}
      onChange={(event) => change(language, event.currentTarget.value)}
      {...more}
    />
  );
  if (others.length === 0) return field(first, label, { description, error, required });
  return (
    <Fieldset legend={label}>
      {description && <p className="help">{description}</p>}
      <Stack gap={6}>
        {languages.map((language) =>
          field(language, t(`language.${language}`), language === first ? { required, error } : {}),
        )}
      </Stack>
    </Fieldset>
  );
}

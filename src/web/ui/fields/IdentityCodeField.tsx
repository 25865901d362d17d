import { NativeSelect, Stack, TextInput } from "@mantine/core";
import { dayInHelsinki } from "../../../values/Day.ts";
import { checkPersonalIdentityCode } from "../../../values/PersonalIdentityCode.ts";
import { useLabels } from "../../session/labels.ts";
import { useWords } from "../../words/words.tsx";
import { groundWord } from "../OriginValue.tsx";

export type IdentityCodeDraft = { code: string; ground: string };

type Props = { value: IdentityCodeDraft; onChange: (value: IdentityCodeDraft) => void; tried: boolean };

/** A personal identity code with its ground of section 29 of the Data Protection Act: one is not asked without the other. */
export function IdentityCodeField({ value, onChange, tried }: Props) {
  const { t } = useWords();
  const { labels } = useLabels();
  const grounds = labels?.categories.personalIdentityCode?.grounds ?? [];
  const typed = value.code.trim() !== "";
  const wrong = typed && !checkPersonalIdentityCode(value.code, { today: dayInHelsinki(new Date()) }).ok;
  return (
    <Stack gap="sm" className="never-printed">
      <TextInput
        label={t("field.identityCode")}
        description={t("field.identityCodeHelp")}
        value={value.code}
        onChange={(event) => onChange({ ...value, code: event.currentTarget.value })}
        error={wrong && (tried || value.code.trim().length >= 11) ? t("field.identityCodeWrong") : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={20}
      />
      {typed && (
        <NativeSelect
          label={t("field.ground29")}
          value={value.ground}
          onChange={(event) => onChange({ ...value, ground: event.currentTarget.value })}
          error={tried && value.ground === "" ? t("field.required") : undefined}
          data={[
            { value: "", label: t("field.choose") },
            ...grounds.map((each) => ({ value: each, label: groundWord(t, each) })),
          ]}
          required
        />
      )}
    </Stack>
  );
}

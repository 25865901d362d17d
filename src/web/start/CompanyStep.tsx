import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { isLanguage, languages } from "../../values/Language.ts";
import { useWords } from "../words/words.tsx";
import { change, faultOfId, isCompany, type Progress } from "./progress.ts";

/** What the company is called, its number, and the languages it tells in. */
export function CompanyStep({ progress, onNext }: { progress: Progress; onNext: () => void }) {
  const { t } = useWords();
  const [tried, setTried] = useState(false);
  const { name, businessId, hasNoId } = progress;
  const fault = hasNoId ? null : faultOfId(businessId);
  // A number that is written whole and wrong is told at once, one that is half written only when somebody would go on.
  const told = fault !== null && (tried || fault === "start.businessId.wrong");
  const submit = () => {
    setTried(true);
    if (isCompany(progress)) onNext();
  };
  const onEnter = ({ key }: KeyboardEvent) => {
    if (key === "Enter") submit();
  };
  const setLanguages = (chosen: readonly string[]) => {
    const next = chosen.filter(isLanguage);
    change({
      languages: [
        ...progress.languages.filter((each) => next.includes(each)),
        ...next.filter((each) => !progress.languages.includes(each)),
      ],
    });
  };
  const [first] = progress.languages;
  return (
    <Stack gap="md" className="start-narrow">
      <TextInput
        label={t("start.name")}
        value={name}
        maxLength={200}
        required
        autoComplete="organization"
        error={tried && name.trim() === "" ? t("start.name.missing") : undefined}
        onKeyDown={onEnter}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t("start.businessId")}
        placeholder="1234567-1"
        value={hasNoId ? "" : businessId}
        disabled={hasNoId}
        maxLength={20}
        required={!hasNoId}
        autoComplete="off"
        error={told && fault ? t(fault) : undefined}
        onKeyDown={onEnter}
        onChange={(event) => change({ businessId: event.currentTarget.value })}
      />
      <Checkbox
        label={t("start.businessId.none")}
        checked={hasNoId}
        onChange={(event) => change({ hasNoId: event.currentTarget.checked })}
      />
      <Checkbox.Group
        label={t("start.languages")}
        value={[...progress.languages]}
        onChange={setLanguages}
        error={progress.languages.length === 0 ? t("start.languages.missing") : undefined}
      >
        <Group gap="lg" mt={6}>
          {languages.map((each) => (
            <Checkbox key={each} value={each} label={t(`language.${each}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      {progress.languages.length > 1 && (
        <NativeSelect
          label={t("start.languages.first")}
          value={first ?? ""}
          data={progress.languages.map((each) => ({ value: each, label: t(`language.${each}`) }))}
          onChange={({ currentTarget: { value } }) =>
            isLanguage(value) && change({ languages: [value, ...progress.languages.filter((each) => each !== value)] })
          }
        />
      )}
      <Group>
        <Button onClick={submit}>{t("start.next")}</Button>
      </Group>
    </Stack>
  );
}

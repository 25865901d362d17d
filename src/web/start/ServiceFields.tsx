import { NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import type { Service } from "../../description/guided/answers.ts";
import type { Question, ServiceId, Where } from "../../description/guided/questions.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { useWords, type Word } from "../words/words.tsx";
import { answer } from "./progress.ts";

type Props = { question: Extract<Question, { kind: "service" }>; value: Service };

/** Who runs something, where, and under which agreement. */
export function ServiceFields({ question: { id, where, named }, value }: Props) {
  const { t } = useWords();
  const put = (next: Partial<Service>) => answer(id, { ...value, ...next });
  const hosted = ["finland", "eea", "outside"].includes(value.where);
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t("start.where")}
        value={value.where}
        data={where.map((each) => ({ value: each, label: t(wordOf(each, id)) }))}
        onChange={({ currentTarget }) => {
          const chosen = where.find((each) => each === currentTarget.value);
          if (chosen) put({ where: chosen });
        }}
      />
      {named && value.where !== "none" && value.where !== "unknown" && (
        <TextInput
          label={t("start.program")}
          value={value.program ?? ""}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => put({ program: event.currentTarget.value })}
        />
      )}
      {hosted && (
        <>
          <TextInput
            label={t(id === "accountant" ? "start.provider.accountant" : "start.provider")}
            value={value.provider ?? ""}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => put({ provider: event.currentTarget.value })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NativeSelect
              label={t("start.agreement")}
              value={value.agreement}
              data={AGREEMENTS.map((each) => ({ value: each, label: t(`start.agreement.${each}`) }))}
              onChange={({ currentTarget }) => {
                const chosen = AGREEMENTS.find((each) => each === currentTarget.value);
                if (chosen) put({ agreement: chosen });
              }}
            />
            {value.agreement === "made" && (
              <DayField
                label={t("start.agreementDay")}
                value={value.agreementDay ?? null}
                onChange={(day) => put({ agreementDay: day ?? undefined })}
              />
            )}
          </SimpleGrid>
        </>
      )}
      {value.where === "outside" && (
        <NativeSelect
          label={t("start.safeguard")}
          value={value.safeguard ?? "none"}
          data={["none" as const, ...SAFEGUARDS].map((each) => ({ value: each, label: t(`start.safeguard.${each}`) }))}
          onChange={({ currentTarget }) => put({ safeguard: SAFEGUARDS.find((each) => each === currentTarget.value) })}
        />
      )}
    </Stack>
  );
}

const AGREEMENTS = ["made", "none", "unknown"] as const;
const SAFEGUARDS = ["clauses", "adequacy"] as const;

/** What one has of one's own is told for each thing in its own words. */
function wordOf(where: Where, id: ServiceId): Word {
  if (where === "own") return `start.where.own.${id}`;
  if (where === "none") return id === "mail" ? "start.where.none.mail" : "start.where.none.invoicing";
  if (where === "unknown" && id === "copies") return "start.where.unknown.copies";
  return `start.where.${where}`;
}

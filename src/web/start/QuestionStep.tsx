import { Checkbox, NativeSelect, Radio, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import type { AllAnswers } from "../../description/guided/answers.ts";
import { type Question, questions, type Step } from "../../description/guided/questions.ts";
import { useWords } from "../words/words.tsx";
import { answer, isAddress, type Progress } from "./progress.ts";
import { ServiceFields } from "./ServiceFields.tsx";
import type { Began } from "./useTried.ts";

type Props = { step: Step; progress: Progress; examples: Began["examples"] };

/** The questions of one step; each says why it is asked and begins with what the example does. */
export function QuestionStep({ step, progress, examples }: Props) {
  const { t } = useWords();
  const defaults = examples.find(({ id }) => id === progress.example)?.defaults;
  if (!defaults) return null;
  const all: AllAnswers = { ...defaults, ...progress.answers };
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t("start.defaults")}
      </Text>
      {questions
        .filter((question) => question.step === step)
        .map((question) => (
          <fieldset key={question.id} className="panel start-question" id={`q-${question.id}`}>
            <legend>{t(`start.q.${question.id}`)}</legend>
            <Text size="sm" c="dimmed" mb="sm">
              {t(`start.q.${question.id}.why`)}
            </Text>
            <Fields question={question} all={all} />
          </fieldset>
        ))}
    </Stack>
  );
}

function Fields({ question, all }: { question: Question; all: AllAnswers }) {
  const { kind } = question;
  if (kind === "service") return <ServiceFields question={question} value={all[question.id]} />;
  if (kind === "person") return <PersonFields id={question.id} value={all[question.id]} />;
  if (kind === "contact") return <ContactFields value={all.contact} />;
  if (kind === "yesNo") return <YesNo id={question.id} value={all[question.id]} />;
  if (kind === "choices") return <Grounds options={question.options} value={all.identityCode} />;
  return <Length question={question} value={all[question.id]} />;
}

function PersonFields({ id, value }: { id: "responsible" | "deputy"; value: AllAnswers["responsible"] }) {
  const { t } = useWords();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput
        label={t("start.person.name")}
        value={value.name ?? ""}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => answer(id, { ...value, name: event.currentTarget.value })}
      />
      <EmailInput value={value.email} onChange={(email) => answer(id, { ...value, email })} />
    </SimpleGrid>
  );
}

function EmailInput({ value = "", onChange }: { value: string | undefined; onChange: (email: string) => void }) {
  const { t } = useWords();
  const wrong = value.includes("@") && !isAddress(value) && /@.+\../.test(value);
  return (
    <TextInput
      label={t("start.person.email")}
      type="email"
      value={value}
      maxLength={200}
      autoComplete="off"
      error={wrong ? t("welcome.loginWrong") : undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

const CONTACT = ["phone", "street", "postalCode", "town"] as const;

function ContactFields({ value }: { value: AllAnswers["contact"] }) {
  const { t } = useWords();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <EmailInput value={value.email} onChange={(email) => answer("contact", { ...value, email })} />
      {CONTACT.map((key) => (
        <TextInput
          key={key}
          label={t(`start.contact.${key}`)}
          value={value[key] ?? ""}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => answer("contact", { ...value, [key]: event.currentTarget.value })}
        />
      ))}
    </SimpleGrid>
  );
}

function YesNo({ id, value }: { id: "raffles" | "newsletter"; value: boolean }) {
  const { t } = useWords();
  return (
    <Radio.Group
      aria-label={t(`start.q.${id}`)}
      value={value ? "yes" : "no"}
      onChange={(chosen) => answer(id, chosen === "yes")}
    >
      <Stack gap="xs">
        <Radio value="yes" label={t("start.yes")} />
        <Radio value="no" label={t("start.no")} />
      </Stack>
    </Radio.Group>
  );
}

type Ground = AllAnswers["identityCode"][number];

function Grounds({ options, value }: { options: readonly Ground[]; value: readonly Ground[] }) {
  const { t } = useWords();
  return (
    <Checkbox.Group
      aria-label={t("start.q.identityCode")}
      value={[...value]}
      onChange={(chosen) =>
        answer(
          "identityCode",
          options.filter((each) => chosen.includes(each)),
        )
      }
    >
      <Stack gap="xs">
        {options.map((each) => (
          <Checkbox key={each} value={each} label={t(`start.q.identityCode.${each}`)} />
        ))}
        <Text size="sm">{t("start.q.identityCode.none")}</Text>
      </Stack>
    </Checkbox.Group>
  );
}

type LengthProps = { question: Extract<Question, { kind: "period" }>; value: string };

function Length({ question: { id, options, mayBeUnknown }, value }: LengthProps) {
  const { t } = useWords();
  const told = (period: string) => {
    const count = Number(period.slice(1, -1));
    return t(period.endsWith("Y") ? "start.years" : "start.months", { count });
  };
  const known = options.includes(value) || value === "unknown" ? options : [value, ...options];
  return (
    <NativeSelect
      aria-label={t(`start.q.${id}`)}
      className="start-narrow"
      value={value}
      data={[
        ...known.map((each) => ({ value: each, label: told(each) })),
        ...(mayBeUnknown ? [{ value: "unknown", label: t("start.where.unknown") }] : []),
      ]}
      onChange={(event) => answer(id, event.currentTarget.value)}
    />
  );
}
